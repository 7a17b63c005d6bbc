"""The fixtures of the tab Caja, and somebody who decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.desk import Desk
from tests.support.books import open_charges, pay
from tests.support.town import Town
from tests.ui.cash.conftest import (
    desk,
    make_station,
    session,
    sit_down,
    station,
    town,
)

__all__ = ["desk", "make_station", "session", "station", "town"]


@pytest.fixture
def manager(town: Town, tmp_path: Path) -> Iterator[Desk]:
    made = sit_down(town, "gerente", tmp_path / "gerente")
    yield made
    made.close()


@pytest.fixture
def receipt(town: Town, desk: Desk, session: SessionRow) -> int:
    """A receipt of $318.40 in Rosa's open session."""
    account = town.account_ids()[0]
    paid = pay(
        desk.signed_in.database,
        session.session_id,
        account,
        open_charges(town, account)[:1],
        "cash",
    )
    return int(paid["receipt_id"])
