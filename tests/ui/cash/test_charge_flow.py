from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.allocation import allocate
from tehuacan_comercial.domain.cash import OpenSessionCommand, charge_command, new_command_id
from tehuacan_comercial.domain.refusals import ResultUnknown, ServerUnreachable
from tehuacan_comercial.domain.tendering import Tender, TenderKind, settle
from tehuacan_comercial.services.cash import CashService, ChargeResult, PaymentRow
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.cash.partial_sheet import PartialSheet
from tehuacan_comercial.ui.cash.tender_sheet import TenderSheet
from tehuacan_comercial.ui.theme.theme import Mode, theme
from tests.support.town import Town
from tests.ui.cash.conftest import Station, on_sheet, open_account, payments, press

RETURN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def pay(desk: Desk, account: int, amount: str, session: int) -> ChargeResult:
    """A charge from another screen, straight through the service."""
    pesos = Decimal(amount)
    spread = allocate(desk.cash.debt(account).items, pesos)
    settled = settle(pesos, [Tender(TenderKind.CASH, pesos)])
    return desk.cash.charge(
        charge_command(new_command_id(), session, account, spread.parts, settled)
    )


def rested(qtbot: QtBot, station: Station) -> None:
    qtbot.waitUntil(lambda: not station.tab.loader.loading)


def test_exact_cash_is_scan_f12_enter_enter(qtbot: QtBot, station: Station, town: Town) -> None:
    station.search.setFocus()
    QTest.keyClicks(station.search, "10-00001-0")
    press(station, RETURN)
    on_sheet(TenderSheet, lambda sheet: press(sheet, RETURN, RETURN))
    QTest.keyClick(station, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: bool(payments(town)))
    qtbot.waitUntil(lambda: bool(station.printer.sheets))
    applied, _advance, rounding = payments(town)[0]
    assert applied == station.cards[0].debt + Decimal(str(rounding))
    assert station.focusWidget() is station.search
    assert station.search.selectedText() == "10-00001-0"
    assert station.printer.sheets == ["Recibo C1-000001"]
    assert station.tab.collect.charged.note.text() == "Recibo C1-000001"
    qtbot.waitUntil(lambda: station.cards[-1].debt == 0)
    assert not station.actions_table["cash.charge"].isEnabled()


def test_an_account_is_read_beside_a_session_that_is_known(
    qtbot: QtBot, station: Station, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, real = [], CashService.receipts

    def receipts(self: CashService, session_id: int) -> tuple[PaymentRow, ...]:
        asked.append(session_id)
        return real(self, session_id)

    rested(qtbot, station)
    monkeypatch.setattr(CashService, "receipts", receipts)
    one, two, *_ = town.account_ids()
    open_account(qtbot, station, one)
    assert not asked
    session = station.tab.loader.view.session
    assert session is not None
    changes = Changes(sessions=frozenset({session.session_id}), topics=frozenset({"session"}))
    station.bus.committed(changes)
    rested(qtbot, station)
    assert len(asked) == 1, "what changes is announced, and read whole"
    station.tab.hide()
    station.bus.committed(changes)
    open_account(qtbot, station, two)
    assert len(asked) == 2, "what was announced out of sight is not forgotten"


def test_a_sheet_is_built_ahead_and_serves_one_sale(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    open_account(qtbot, station, town.account_ids()[0])
    qtbot.waitUntil(lambda: bool(station.findChildren(TenderSheet)))
    (ready,) = station.findChildren(TenderSheet)
    assert not ready.isVisible()
    came = on_sheet(TenderSheet, lambda sheet: press(sheet, ESCAPE))
    station.trigger("cash.charge")
    assert came == [ready]
    qtbot.waitUntil(lambda: station.findChildren(TenderSheet) not in ([], [ready]))
    came = on_sheet(TenderSheet, lambda sheet: press(sheet, ESCAPE))
    station.trigger("cash.charge")
    assert len(came) == 1
    assert came != [ready]
    assert not payments(town)


def test_a_sheet_of_the_letters_of_before_is_not_used(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    open_account(qtbot, station, town.account_ids()[0])
    qtbot.waitUntil(lambda: bool(station.findChildren(TenderSheet)))
    (ready,) = station.findChildren(TenderSheet)
    theme().choose(Mode.LIGHT, 115)
    came = on_sheet(TenderSheet, lambda sheet: press(sheet, ESCAPE))
    try:
        station.trigger("cash.charge")
    finally:
        theme().choose(Mode.LIGHT, 100)
    assert len(came) == 1
    assert came != [ready]


def test_a_double_press_posts_once(qtbot: QtBot, station: Station, town: Town) -> None:
    open_account(qtbot, station, town.account_ids()[0])

    def twice(sheet: TenderSheet) -> None:
        press(sheet, RETURN)
        QTest.mouseClick(sheet.register, Qt.MouseButton.LeftButton)
        QTest.mouseClick(sheet.register, Qt.MouseButton.LeftButton)
        press(sheet, RETURN, RETURN, ESCAPE)
        assert sheet.isVisible(), "it cannot be left while the charge is under way"

    on_sheet(TenderSheet, twice)
    station.trigger("cash.charge")
    rested(qtbot, station)
    assert len(payments(town)) == 1


def test_escape_leaves_everything_as_it_was(qtbot: QtBot, station: Station, town: Town) -> None:
    open_account(qtbot, station, town.account_ids()[0])
    chosen = station.tab.selection()
    came = on_sheet(TenderSheet, lambda sheet: press(sheet, ESCAPE))
    station.trigger("cash.charge")
    assert came
    assert payments(town) == []
    assert station.tab.selection() == chosen
    assert station.focusWidget() is station.search


def test_a_part_payment_shows_its_allocation_first(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    open_account(qtbot, station, town.account_ids()[0])

    def amount(sheet: PartialSheet) -> None:
        assert not sheet.go.isEnabled()
        QTest.keyClicks(sheet.amount, "350")
        assert sheet.plan.lines[0].paid == sheet.plan.lines[0].owed
        on_sheet(TenderSheet, lambda tender: press(tender, RETURN, RETURN))
        press(sheet, RETURN)

    on_sheet(PartialSheet, amount)
    station.trigger("cash.partial")
    assert payments(town) == [(Decimal("350.00"), 0, 0)]
    rested(qtbot, station)
    assert station.tab.selection() == frozenset(), "the rest is not charged by habit"


def test_more_than_the_debt_becomes_a_credit_balance(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    open_account(qtbot, station, town.account_ids()[0])
    owed = station.cards[-1].debt

    def amount(sheet: PartialSheet) -> None:
        QTest.keyClicks(sheet.amount, "1000")
        assert "saldo a favor" in sheet.sentence.text()
        on_sheet(TenderSheet, lambda tender: press(tender, RETURN, RETURN))
        press(sheet, RETURN)

    on_sheet(PartialSheet, amount)
    station.trigger("cash.partial")
    assert payments(town) == [(Decimal("1000.00"), Decimal(1000) - owed, 0)]
    qtbot.waitUntil(lambda: station.cards[-1].credit == Decimal(1000) - owed)


def test_cash_and_card_together(qtbot: QtBot, station: Station, town: Town) -> None:
    open_account(qtbot, station, town.account_ids()[0])
    owed = station.cards[-1].debt

    def both(sheet: TenderSheet) -> None:
        QTest.keyClicks(sheet.entry.amount, "500")
        assert not sheet.register.isEnabled()
        QTest.keyClick(sheet, Qt.Key.Key_F3)
        press(sheet, RETURN)
        assert sheet.focusWidget() is sheet.entry.reference
        QTest.keyClicks(sheet.entry.reference, "06")
        press(sheet, Qt.Key.Key_Tab)
        assert "de 4 a 12" in sheet.entry.reference_field.message.text()
        sheet.entry.reference.setFocus()
        QTest.keyClicks(sheet.entry.reference, "4512")
        press(sheet, RETURN, RETURN)

    on_sheet(TenderSheet, both)
    station.trigger("cash.charge")
    assert payments(town) == [(owed, 0, 0)]
    with town.admin() as connection:
        rows = connection.execute(
            "SELECT kind, applied, reference FROM payment_tender ORDER BY line"
        ).fetchall()
    assert rows == [("card", owed - 500, "064512"), ("cash", Decimal("500.00"), "")]


def test_without_paper_nothing_is_printed(qtbot: QtBot, station: Station, town: Town) -> None:
    open_account(qtbot, station, town.account_ids()[0])

    def silent(sheet: TenderSheet) -> None:
        sheet.side.choose_form("")
        assert sheet.register.text() == "Registrar"
        press(sheet, RETURN, RETURN)

    on_sheet(TenderSheet, silent)
    station.trigger("cash.charge")
    rested(qtbot, station)
    assert len(payments(town)) == 1
    assert station.tray.jobs() == ()


def test_a_refusal_is_told_inside_and_nothing_typed_is_lost(
    qtbot: QtBot, station: Station, town: Town, other_desk: Desk
) -> None:
    account = town.account_ids()[0]
    open_account(qtbot, station, account)
    till = other_desk.cash.open_session(OpenSessionCommand(new_command_id(), "C2"))

    def charge(sheet: TenderSheet) -> None:
        pay(other_desk, account, "392.27", till.session_id)
        QTest.keyClicks(sheet.entry.amount, "1000")
        press(sheet, RETURN, RETURN)
        qtbot.waitUntil(lambda: sheet.notice is not None)
        assert sheet.notice is not None
        assert "Otra caja cobró antes" in sheet.notice.title.text()
        assert sheet.entry.amount.value() == 1000
        assert sheet.entry.isEnabled()
        press(sheet, ESCAPE)

    on_sheet(TenderSheet, charge)
    station.trigger("cash.charge")
    assert len(payments(town)) == 1


def test_another_stations_payment_is_told_and_the_choice_follows(
    qtbot: QtBot, station: Station, town: Town, other_desk: Desk
) -> None:
    account = town.account_ids()[0]
    open_account(qtbot, station, account)
    before = station.tab.selection()
    till = other_desk.cash.open_session(OpenSessionCommand(new_command_id(), "C2"))
    station.bus.committed(pay(other_desk, account, "392.27", till.session_id).changes)
    qtbot.waitUntil(lambda: bool(station.shown_notices()))
    assert "Otra caja cobró parte" in station.shown_notices()[0].title.text()
    assert station.tab.selection() < before


class Deaf:
    """The database whose first answers to a payment get lost, after or before the commit."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch, *, posts: bool) -> None:
        real = desk.signed_in.database.call
        self.lost = 4
        self.asked: list[object] = []
        monkeypatch.setattr(desk.cash, "_pauses", (0.0, 0.0, 0.0))

        def call(name: str, payload: dict[str, object], **more: object) -> object:
            if name != "post_payment":
                return real(name, payload, **more)  # type: ignore[arg-type]
            self.asked.append(payload["command_id"])
            if posts or self.lost <= 0:
                answer = real(name, payload, **more)  # type: ignore[arg-type]
            self.lost -= 1
            if self.lost == 3:
                raise ResultUnknown(str(payload["command_id"]))
            if self.lost >= 0:
                raise ServerUnreachable("cable")
            return answer

        monkeypatch.setattr(desk.signed_in.database, "call", call)


@pytest.mark.parametrize("posts", [True, False])
def test_a_lost_answer_is_asked_again_with_the_same_uuid(
    qtbot: QtBot,
    station: Station,
    town: Town,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    posts: bool,
) -> None:
    open_account(qtbot, station, town.account_ids()[0])
    deaf = Deaf(desk, monkeypatch, posts=posts)

    def charge(sheet: TenderSheet) -> None:
        press(sheet, RETURN, RETURN)
        qtbot.waitUntil(lambda: sheet.notice is not None)
        assert sheet.notice is not None
        assert sheet.register.text() == "Preguntar de nuevo"
        assert "aún no se sabe" in sheet.notice.text.text()
        assert not sheet.entry.isEnabled()
        press(sheet, ESCAPE)
        assert sheet.isVisible()
        press(sheet, RETURN)

    on_sheet(TenderSheet, charge)
    station.trigger("cash.charge")
    qtbot.waitUntil(lambda: bool(station.printer.sheets))
    assert len(set(deaf.asked)) == 1
    assert len(payments(town)) == 1
    assert desk.cash.lost_charges() == ()


def test_a_charge_in_doubt_can_be_left_pending_and_is_settled_later(
    qtbot: QtBot, station: Station, town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_account(qtbot, station, town.account_ids()[0])
    Deaf(desk, monkeypatch, posts=True)

    def charge(sheet: TenderSheet) -> None:
        press(sheet, RETURN, RETURN)
        qtbot.waitUntil(lambda: sheet.later.isVisible() and sheet.later.isEnabled())
        QTest.mouseClick(sheet.later, Qt.MouseButton.LeftButton)

    on_sheet(TenderSheet, charge)
    station.trigger("cash.charge")
    assert "espera respuesta" in station.shown_notices()[0].title.text()
    station.press_notice("Preguntar de nuevo")
    qtbot.waitUntil(lambda: any("sí quedó" in text for text in station.notice_titles()))
    assert len(payments(town)) == 1
