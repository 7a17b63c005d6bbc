"""The server falls under the manager's window; afterwards the figures are the books' again."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.domain.refusals import TroubleRefusal
from tehuacan_comercial.services.changes import EVERYTHING
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tests.support.books import open_charges, open_session, pay
from tests.support.server import TestServer
from tests.support.town import PASSWORD, build_town


def test_a_fall_is_told_and_the_next_look_is_right(
    own_server: TestServer, own_database: str, tmp_path: Path
) -> None:
    town = build_town(own_server, own_database)

    def login(user: str, secret: str) -> str:
        return own_server.login_url(own_database, user, secret)

    desk = Desk(
        sign_in(login, "gerente", PASSWORD, "E1", FailedTries(tmp_path / "tries.json")), tmp_path
    )
    rosa = town.sign_in("rosa")
    session = open_session(rosa, "C1")
    paid = Decimal(0)
    for account in town.account_ids():
        part = open_charges(town, account)[:1]
        pay(rosa, session, account, part, "cash")
        paid += part[0][1]
        assert desk.dashboard.look().taken == paid
        own_server.cluster.stop("immediate")
        with pytest.raises(TroubleRefusal):
            desk.dashboard.look()
        own_server.cluster.start()
        board = desk.dashboard.look(EVERYTHING)
        assert board.taken == paid
        assert board.tills[0].cash == Decimal("500.00") + paid
    desk.close()
    town.close()
