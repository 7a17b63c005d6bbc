"""Relevos: given with cash and proofs, answered item by item by whoever receives."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.cash import OpenSessionCommand, new_command_id
from tehuacan_comercial.domain.handovers import HandoverCommand, Proof
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.custody.give_sheet import GiveSheet
from tehuacan_comercial.ui.custody.receive_sheet import ReceiveSheet
from tehuacan_comercial.ui.prompts import ConfirmSheet, TextSheet
from tests.support.books import open_charges, pay
from tests.support.town import Town
from tests.ui.cash.conftest import Station, on_sheet, sit_down
from tests.ui.custody.conftest import HUNDRED, type_pieces
from tests.ui.custody.test_deliveries import deliveries


@pytest.fixture
def lupe(town: Town, tmp_path: Path) -> Iterator[Desk]:
    made = sit_down(town, "lupe", tmp_path / "lupe")
    made.cash.open_session(OpenSessionCommand(new_command_id(), "C2", {HUNDRED: 5}))
    yield made
    made.close()


@pytest.fixture
def by_card(town: Town, desk: Desk, session: SessionRow) -> None:
    """A card slip of $318.40 in Rosa's drawer."""
    account = town.account_ids()[0]
    charges = open_charges(town, account)[:1]
    pay(desk.signed_in.database, session.session_id, account, charges, "card")


def states(town: Town) -> list[tuple[object, ...]]:
    with town.admin() as connection:
        return connection.execute(
            "SELECT tender, amount, state FROM handover_item ORDER BY line"
        ).fetchall()


@pytest.mark.usefixtures("by_card")
def test_cash_and_a_slip_are_given_together(
    qtbot: QtBot, station: Station, lupe: Desk, town: Town
) -> None:
    assert lupe.cash.session() is not None
    page = deliveries(qtbot, station)
    seen: list[bool] = []

    def give(sheet: GiveSheet) -> None:
        sheet.submit()
        seen.append(sheet.problem.isVisible())
        type_pieces(sheet.grid, "Billetes de $100", "2")
        sheet.proofs.check_where(lambda _row: True)
        sheet.submit()
        sheet.submit()  # a second press while it is under way

    on_sheet(GiveSheet, give)
    page.handovers.give.click()
    qtbot.waitUntil(lambda: len(page.handovers.table.model.all_rows()) == 2)
    assert seen == [True]
    assert states(town) == [
        ("cash", Decimal("200.00"), "in_transit"),
        ("card", Decimal("318.40"), "in_transit"),
    ]
    assert not page.handovers.accept.isEnabled(), "who gives does not receive"


def test_who_receives_answers_item_by_item(
    qtbot: QtBot, station: Station, lupe: Desk, session: SessionRow, town: Town
) -> None:
    """The slip goes back, the cash is counted and stays."""
    other = lupe.cash.session()
    assert other is not None
    account = town.account_ids()[0]
    paid = pay(
        lupe.signed_in.database, other.session_id, account, open_charges(town, account)[:1], "card"
    )
    lupe.handovers.send(
        HandoverCommand(
            new_command_id(),
            other.session_id,
            session.session_id,
            {HUNDRED: 1},
            (Proof(int(paid["payment_id"]), 1),),
        )
    )
    page = deliveries(qtbot, station)
    card = page.handovers
    qtbot.waitUntil(lambda: card.accept.isEnabled())

    def count(sheet: ReceiveSheet) -> None:
        type_pieces(sheet.grid, "Billetes de $100", "1")
        sheet.accept_delivery()

    on_sheet(ReceiveSheet, count)
    card.accept.click()
    qtbot.waitUntil(lambda: states(town)[0][2] == "accepted")
    qtbot.waitUntil(lambda: (row := card.table.current()) is not None and row.tender == "card")

    def why(sheet: TextSheet) -> None:
        sheet._edit.setText("El voucher no trae firma")
        sheet._finish()

    on_sheet(TextSheet, why)
    card.send_back.click()
    qtbot.waitUntil(lambda: states(town)[1][2] == "rejected")
    qtbot.waitUntil(lambda: not card.accept.isEnabled())


def test_a_proof_is_received_when_it_is_in_ones_hand(
    qtbot: QtBot, station: Station, lupe: Desk, session: SessionRow, town: Town
) -> None:
    other = lupe.cash.session()
    assert other is not None
    account = town.account_ids()[0]
    paid = pay(
        lupe.signed_in.database, other.session_id, account, open_charges(town, account)[:1], "card"
    )
    proof = Proof(int(paid["payment_id"]), 1)
    lupe.handovers.send(
        HandoverCommand(new_command_id(), other.session_id, session.session_id, {}, (proof,))
    )
    card = deliveries(qtbot, station).handovers
    qtbot.waitUntil(lambda: card.accept.isEnabled())
    came = on_sheet(ConfirmSheet, lambda sheet: sheet.accept())
    card.accept.click()
    qtbot.waitUntil(lambda: states(town)[0][2] == "accepted")
    assert len(came) == 1


def test_with_nobody_to_receive_no_sheet_opens(qtbot: QtBot, station: Station) -> None:
    card = deliveries(qtbot, station).handovers
    qtbot.waitUntil(lambda: card.give.isEnabled())
    came = on_sheet(GiveSheet, lambda sheet: sheet.reject(), tries=40)
    card.give.click()
    qtbot.wait(400)
    assert not came


def test_one_takes_back_an_item_that_nobody_answered(
    qtbot: QtBot, station: Station, lupe: Desk, desk: Desk, session: SessionRow, town: Town
) -> None:
    other = lupe.cash.session()
    assert other is not None
    desk.handovers.send(
        HandoverCommand(new_command_id(), session.session_id, other.session_id, {HUNDRED: 1}, ())
    )
    card = deliveries(qtbot, station).handovers
    qtbot.waitUntil(lambda: card.back.isEnabled())
    assert not card.send_back.isEnabled()

    def why(sheet: TextSheet) -> None:
        sheet._edit.setText("Lupe ya se fue")
        sheet._finish()

    on_sheet(TextSheet, why)
    card.back.click()
    qtbot.waitUntil(lambda: not card.back.isEnabled())
    assert states(town) == [("cash", Decimal("100.00"), "withdrawn")]
