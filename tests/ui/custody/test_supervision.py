"""Supervisión: who counts, receives, relieves and verifies; never with one's own money."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.assets import resource
from tehuacan_comercial.domain.cash import (
    CloseSessionCommand,
    OpenSessionCommand,
    new_command_id,
)
from tehuacan_comercial.domain.custody import CountCommand
from tehuacan_comercial.domain.handovers import HandoverCommand
from tehuacan_comercial.domain.shortages import ReceiveShortageCommand, Repaid, SettlementWay
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.custody_on_the_spot import receive_shortage_on_the_spot
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.custody.count_sheet import CountSheet
from tehuacan_comercial.ui.custody.counted_sheet import CountedSheet
from tehuacan_comercial.ui.custody.debts_sheet import DebtsSheet, debt_pill
from tehuacan_comercial.ui.custody.receive_sheet import ReceiveSheet
from tehuacan_comercial.ui.custody.supervision_acts import SupervisionPaths
from tehuacan_comercial.ui.custody.supervision_page import ACTS, SupervisionPage
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.prompts import RefusalSheet, TextSheet
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import NoticeStrip
from tests.support.town import PASSWORD, Town
from tests.ui.cash.conftest import FakePrinter, on_sheet, press, sit_down
from tests.ui.custody.conftest import HUNDRED, send, type_pieces

RETURN = Qt.Key.Key_Return
Open = Callable[[Desk], SupervisionPage]


@pytest.fixture
def reopened() -> list[int]:
    """Sessions whose reopening was asked for."""
    return []


@pytest.fixture
def differences() -> list[int]:
    """Sessions for whose difference permission was asked for."""
    return []


@pytest.fixture
def waivers() -> list[int]:
    """Sessions whose debt was asked to be condoned."""
    return []


@pytest.fixture
def printers() -> dict[int, FakePrinter]:
    """The printer of each page."""
    return {}


@pytest.fixture
def open_page(
    qtbot: QtBot,
    tasks: Tasks,
    settings: QSettings,
    failures: list[Exception],
    printers: dict[int, FakePrinter],
    reopened: list[int],
    differences: list[int],
    waivers: list[int],
    town: Town,
    tmp_path: Path,
) -> Open:
    def repay(user: str, password: str, command: ReceiveShortageCommand) -> Repaid:
        tries = FailedTries(tmp_path / "tries.json")
        return receive_shortage_on_the_spot(town.login, (user, password), "E1", tries, command)

    paths = SupervisionPaths(reopened.append, differences.append, waivers.append, repay)

    def make(desk: Desk) -> SupervisionPage:
        printer = FakePrinter()
        tray = PrintTray(tasks, {printer.name: printer})
        forms = dict.fromkeys(("80mm", "half-letter", "letter"), printer.name)
        page = SupervisionPage(
            desk,
            tasks,
            Bus(),
            Paper(desk.receipts, tasks, tray, NoticeStrip(), forms),
            settings,
            paths,
        )
        printers[id(page)] = printer
        qtbot.addWidget(page)
        page.resize(1240, 620)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.view is not None)
        assert not failures
        return page

    return make


def close(desk: Desk, session: SessionRow, hundreds: int) -> None:
    desk.cash.begin_count(session.session_id)
    desk.cash.close_session(
        CloseSessionCommand(new_command_id(), session.session_id, {HUNDRED: hundreds}, {}, "")
    )


def asked(town: Town, query: str) -> list[tuple[object, ...]]:
    with town.admin() as connection:
        return connection.execute(query.encode()).fetchall()


def count_hundreds(hundreds: str) -> Callable[[CountSheet], None]:
    def count(sheet: CountSheet) -> None:
        type_pieces(sheet.grid, "Billetes de $100", hundreds)
        sheet.note.setFocus()
        press(sheet, RETURN)
        sheet.submit()  # a second press while it is under way

    return count


def test_a_surprise_count_is_blind_until_it_is_signed(
    qtbot: QtBot, open_page: Open, elena: Desk, session: SessionRow, town: Town
) -> None:
    page = open_page(elena)
    assert page.allowed().surprise
    seen: list[str] = []

    def figures(sheet: CountedSheet) -> None:
        seen.append(sheet.verdict.title.text())
        seen.extend(str(line.difference) for line in sheet.table.model.all_rows())
        sheet.reject()

    def count(sheet: CountSheet) -> None:
        told = " ".join(label.text() for label in sheet.findChildren(type(sheet.title)))
        assert "$500.00" not in told, "nothing tells what is expected"
        on_sheet(CountedSheet, figures)
        count_hundreds("4")(sheet)

    on_sheet(CountSheet, count)
    page.sessions.setFocus()
    QTest.keyClick(page.sessions.grid, RETURN)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [
        "Hay un faltante de $100.00 frente a lo esperado.",
        "-100.00",
        "0.00",
        "0.00",
        "0.00",
    ]
    assert asked(town, "SELECT count(*) FROM cash_count WHERE kind = 'surprise'") == [(1,)]
    assert session.state == "open"


def test_a_delivery_is_received_from_the_list(
    qtbot: QtBot, open_page: Open, elena: Desk, desk: Desk, session: SessionRow, town: Town
) -> None:
    send(desk, session, 2)
    page = open_page(elena)

    def receive(sheet: ReceiveSheet) -> None:
        assert not sheet.user.isVisible()
        type_pieces(sheet.grid, "Billetes de $100", "2")
        sheet.note.setFocus()
        press(sheet, RETURN)

    on_sheet(ReceiveSheet, receive)
    page.receive_button.click()
    qtbot.waitUntil(lambda: bool(page.view and not page.view.in_transit))
    assert asked(town, "SELECT state, decided_by FROM withdrawal") == [("accepted", "elena")]
    assert not page.receive_button.isEnabled()


def test_an_item_whose_receiver_does_not_come_is_sent_back(
    qtbot: QtBot, open_page: Open, elena: Desk, desk: Desk, session: SessionRow, town: Town
) -> None:
    lupe = sit_down(town, "lupe", elena.home.parent / "lupe")
    other = lupe.cash.open_session(OpenSessionCommand(new_command_id(), "C2", {HUNDRED: 5}))
    order = HandoverCommand(new_command_id(), session.session_id, other.session_id, {HUNDRED: 2})
    desk.handovers.send(order)
    send(desk, session, 1)
    page = open_page(elena)
    assert page.view is not None
    assert [row.drawers for row in page.view.in_transit] == [
        "Caja 1 → Caja 2",
        "Caja 1 → jefatura",
    ]
    page.deliveries.select(page.view.in_transit[0].key)
    assert page.receive_button.text().replace("&", "") == "Rechazar el renglón…"

    def why(sheet: TextSheet) -> None:
        sheet._edit.setText("Lupe salió")
        press(sheet, RETURN)

    on_sheet(TextSheet, why)
    page.receive_button.click()
    qtbot.waitUntil(lambda: bool(page.view and len(page.view.in_transit) == 1))
    assert asked(town, "SELECT state, decided_by FROM handover_item") == [("rejected", "elena")]
    assert page.receive_button.text().replace("&", "") == "Recibir o rechazar…"
    lupe.close()


def test_an_absent_cashiers_session_is_taken_counted_and_closed(
    qtbot: QtBot, open_page: Open, manager: Desk, session: SessionRow, town: Town
) -> None:
    page = open_page(manager)

    def why(sheet: TextSheet) -> None:
        sheet._edit.setText("Salió enferma a mediodía")
        press(sheet, RETURN)

    on_sheet(TextSheet, why)
    page.buttons["take_over"].click()
    qtbot.waitUntil(lambda: page.allowed().close)
    assert not page.allowed().surprise, "what one holds somebody else counts"
    assert page.allowed().main == "close"
    seen: list[str] = []

    def figures(sheet: CountedSheet) -> None:
        seen.append(sheet.title.text())
        sheet.reject()

    def count(sheet: CountSheet) -> None:
        on_sheet(CountedSheet, figures)
        count_hundreds("5")(sheet)

    on_sheet(CountSheet, count)
    page.do("close")
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["Corte ZC1-000001"]
    found = asked(town, "SELECT closed_by FROM cash_closing")
    assert found == [("gerente",)]
    qtbot.waitUntil(lambda: not page.allowed().close)
    assert page.allowed().to_verify == (), "who closed does not verify"
    assert session.session_id


def test_a_relieved_drawer_beyond_the_tolerance_is_counted_twice_and_waits(
    qtbot: QtBot, open_page: Open, manager: Desk, session: SessionRow, town: Town,
    differences: list[int],
) -> None:  # fmt: skip
    with town.admin() as connection:
        connection.execute(
            "INSERT INTO office_setting (rule_set_id, key, value)"
            " SELECT id, 'closing_tolerance', '\"50.00\"' FROM rule_set WHERE kind = 'office'"
        )
    manager.custody.take_over(session.session_id, "Salió enferma a mediodía")
    page = open_page(manager)
    qtbot.waitUntil(lambda: page.allowed().close)

    def second(sheet: CountSheet) -> None:
        assert sheet.grid.total() == 0, "the second count looks at nothing of the first"
        on_sheet(RefusalSheet, lambda refusal: refusal.accept())
        type_pieces(sheet.grid, "Billetes de $100", "4")
        sheet.submit()

    def first(sheet: CountSheet) -> None:
        def again(refusal: RefusalSheet) -> None:
            QTimer.singleShot(0, lambda: second(sheet))
            refusal.reject()

        on_sheet(RefusalSheet, again)
        count_hundreds("4")(sheet)

    on_sheet(CountSheet, first)
    page.do("close")
    qtbot.waitUntil(lambda: bool(differences))
    assert differences == [session.session_id]
    assert asked(town, "SELECT count(*) FROM cash_count WHERE kind = 'closing'") == [(2,)]


def test_checked_closings_are_verified_one_after_the_other(
    qtbot: QtBot, open_page: Open, elena: Desk, desk: Desk, session: SessionRow, town: Town
) -> None:
    close(desk, session, 5)
    again = desk.cash.open_session(OpenSessionCommand(new_command_id(), "C1", {HUNDRED: 5}))
    close(desk, again, 5)
    page = open_page(elena)
    page.sessions.check_where(lambda row: row.state == "closed")
    assert page.buttons["verify"].text().replace("&", "") == "Verificar 2…"
    titles: list[str] = []

    def second(sheet: CountSheet) -> None:
        titles.append(sheet.title.text())
        on_sheet(CountedSheet, lambda shown: shown.accept())
        count_hundreds("5")(sheet)

    def figures(sheet: CountedSheet) -> None:
        first = sheet.table.model.all_rows()[0]
        titles.append(f"{first.expected} {first.declared} {first.counted}")
        on_sheet(CountSheet, second)
        sheet.accept()

    def count(sheet: CountSheet) -> None:
        titles.append(sheet.title.text())
        on_sheet(CountedSheet, figures)
        count_hundreds("4")(sheet)

    on_sheet(CountSheet, count)
    page.buttons["verify"].click()
    qtbot.waitUntil(lambda: bool(page.view and all(r.state == "verified"
                                                   for r in page.view.sessions)))  # fmt: skip
    assert titles == [
        "Verificar el corte de Caja 1 (1 de 2)",
        "500.00 500.00 400.00",
        "Verificar el corte de Caja 1 (2 de 2)",
    ]
    found = asked(town, "SELECT verified_by, note FROM session_verification ORDER BY id")
    assert [row[0] for row in found] == ["elena", "elena"]
    assert page.sessions.model.all_rows()[0].state == "verified", "of today it stays in sight"


def test_a_shortage_is_put_back_and_the_list_says_so(
    qtbot: QtBot, open_page: Open, elena: Desk, manager: Desk, desk: Desk,
    session: SessionRow, town: Town,
) -> None:  # fmt: skip
    close(desk, session, 4)
    manager.custody.verify(CountCommand(new_command_id(), session.session_id, {HUNDRED: 4}, {}))
    page = open_page(elena)
    told: list[str] = []

    def record(sheet: DebtsSheet) -> None:
        assert sheet.amount.value() == Decimal(100)
        sheet.submit()
        told.append(sheet.paper_field.message.text())
        sheet.amount.set_value(Decimal("100.01"))
        sheet.reference.setText("FICHA-1")
        sheet.submit()
        told.append(sheet.amount_field.message.text())
        sheet.amount.set_value(Decimal(60))
        sheet.submit()
        sheet.submit()  # a second press while it is under way
        qtbot.waitUntil(lambda: sheet.amount.value() == Decimal(40))
        told.append(debt_pill(sheet.table.model.all_rows()[0]).text)
        sheet.way.setCurrentIndex(1)
        sheet.reference.setText("OFICIO 7")
        sheet.submit()
        qtbot.waitUntil(lambda: not sheet.table.model.all_rows()[0].pending)
        assert not sheet.go.isEnabled()
        told.append(debt_pill(sheet.table.model.all_rows()[0]).text)
        sheet.reject()

    on_sheet(DebtsSheet, record)
    page.debts_button.click()
    qtbot.waitUntil(lambda: len(told) == 4, timeout=15_000)
    assert told == [
        "Escriba la ficha del banco o el oficio de nómina.",
        "Solo faltan $100.00.",
        "Saldado en parte",
        "Saldado",
    ]
    rows = asked(town, "SELECT amount, way, settled_by FROM shortage_settlement ORDER BY id")
    assert rows == [(60, "bank", "elena"), (40, "payroll", "elena")]


def short(desk: Desk, manager: Desk, session: SessionRow) -> None:
    """Rosa's drawer is a hundred pesos short, and somebody verified it."""
    close(desk, session, 4)
    manager.custody.verify(CountCommand(new_command_id(), session.session_id, {HUNDRED: 4}, {}))


def test_cash_is_put_back_into_the_drawer_of_who_signs_for_it(
    qtbot: QtBot, open_page: Open, elena: Desk, manager: Desk, desk: Desk,
    session: SessionRow, town: Town, printers: dict[int, FakePrinter],
) -> None:  # fmt: skip
    short(desk, manager, session)
    lupe = sit_down(town, "lupe", elena.home.parent / "lupe")
    lupe.cash.open_session(OpenSessionCommand(new_command_id(), "C2", {HUNDRED: 5}))
    own = desk.cash.open_session(OpenSessionCommand(new_command_id(), "C1", {HUNDRED: 5}))
    page = open_page(elena)
    told: list[str] = []

    def record(sheet: DebtsSheet) -> None:
        sheet.way.setCurrentIndex(sheet.way.findData(SettlementWay.CASH))
        told.extend(sheet.drawer.itemText(at) for at in range(sheet.drawer.count()))
        assert sheet.drawer.findData(own.session_id) < 0, "not into their own drawer"
        assert not sheet.paper_field.isVisible()
        sheet.submit()
        told.append(sheet.password_field.message.text())
        sheet.password.setText("otra cosa")
        sheet.submit()
        qtbot.waitUntil(lambda: sheet.password_field.message.text().startswith("El servidor"))
        sheet.password.setText(PASSWORD)
        sheet.submit()
        sheet.submit()  # a second press while it is under way
        qtbot.waitUntil(lambda: not sheet.table.model.all_rows()[0].pending)
        assert sheet.password.text() == ""
        told.append(sheet.table.model.all_rows()[0].how)
        sheet.reject()

    on_sheet(DebtsSheet, record)
    page.debts_button.click()
    qtbot.waitUntil(lambda: len(told) == 3, timeout=15_000)
    assert told == [
        "C2 · Lupe Núñez Peña",
        "La escribe quien recibe el dinero en su caja.",
        "RF-000001",
    ]
    rows = asked(town, "SELECT amount, way, settled_by, folio FROM shortage_settlement")
    assert rows == [(100, "cash", "lupe", "RF-000001")]
    printer = printers[id(page)]
    qtbot.waitUntil(lambda: printer.sheets == ["Reposición de faltante RF-000001"])
    lupe.close()


def test_without_another_open_drawer_nobody_receives_cash(
    qtbot: QtBot, open_page: Open, elena: Desk, manager: Desk, desk: Desk, session: SessionRow
) -> None:
    short(desk, manager, session)
    page = open_page(elena)
    told: list[str] = []

    def record(sheet: DebtsSheet) -> None:
        sheet.way.setCurrentIndex(sheet.way.findData(SettlementWay.CASH))
        sheet.submit()
        told.append(sheet.drawer_field.message.text())
        sheet.reject()

    on_sheet(DebtsSheet, record)
    page.debts_button.click()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told == ["No hay una caja abierta de otra persona que reciba el efectivo."]


def test_who_may_not_record_asks_for_a_waiver_and_nobody_of_their_own(
    qtbot: QtBot, open_page: Open, elena: Desk, manager: Desk, desk: Desk, session: SessionRow,
    waivers: list[int],
) -> None:  # fmt: skip
    short(desk, manager, session)
    page = open_page(elena)

    def ask(sheet: DebtsSheet) -> None:
        assert sheet.condone.isEnabled()
        sheet.condone.click()
        assert not sheet.isVisible()

    on_sheet(DebtsSheet, ask)
    page.debts_button.click()
    qtbot.waitUntil(lambda: waivers == [session.session_id])
    mine = elena.cash.open_session(OpenSessionCommand(new_command_id(), "C2", {HUNDRED: 5}))
    close(elena, mine, 4)
    manager.custody.verify(CountCommand(new_command_id(), mine.session_id, {HUNDRED: 4}, {}))
    seen: list[bool] = []

    def look(sheet: DebtsSheet) -> None:
        sheet.table.select(mine.session_id)
        seen.extend((sheet.condone.isEnabled(), sheet.go.isEnabled()))
        sheet.reject()

    on_sheet(DebtsSheet, look)
    page.debts_button.click()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [False, False]


def test_a_closed_session_may_be_asked_to_open_again(
    open_page: Open, elena: Desk, desk: Desk, session: SessionRow, reopened: list[int]
) -> None:
    close(desk, session, 4)
    page = open_page(elena)
    assert page.buttons["reopen"].isVisible()
    assert not page.buttons["interim"].isEnabled()
    page.buttons["reopen"].click()
    assert reopened == [session.session_id]


def test_somebody_was_faster_and_the_page_shows_it(
    qtbot: QtBot, open_page: Open, elena: Desk, manager: Desk, desk: Desk, session: SessionRow
) -> None:
    close(desk, session, 5)
    page = open_page(elena)
    seen: list[str] = []

    def count(sheet: CountSheet) -> None:
        manager.custody.verify(CountCommand(new_command_id(), session.session_id, {HUNDRED: 5}, {}))

        def read(refusal: RefusalSheet) -> None:
            seen.append(refusal.title.text())
            refusal.reject()
            assert sheet.grid.total() == Decimal(500), "what was counted stays"
            sheet.reject()

        on_sheet(RefusalSheet, read)
        count_hundreds("5")(sheet)

    on_sheet(CountSheet, count)
    page.do("verify")
    qtbot.waitUntil(lambda: bool(page.view and page.view.sessions[0].state == "verified"))
    assert seen == ["El corte ya está verificado"]


def test_nobody_supervises_their_own_drawer_and_who_only_looks_does_nothing(
    open_page: Open, elena: Desk, town: Town
) -> None:
    elena.cash.open_session(OpenSessionCommand(new_command_id(), "C2", {HUNDRED: 5}))
    own = open_page(elena)
    assert own.allowed().main == ""
    assert not own.buttons["surprise"].isEnabled()
    assert not own.buttons["take_over"].isEnabled()
    auditor = sit_down(town, "auditora", elena.home.parent / "auditora")
    page = open_page(auditor)
    assert page.view is not None
    assert [row.till_code for row in page.view.sessions] == ["C2"]
    assert not any(button.isEnabled() for button in page.buttons.values())
    page.do("surprise")
    auditor.close()


def test_every_icon_of_the_acts_exists() -> None:
    for _name, _text, icon in ACTS:
        assert resource("icons", f"{icon}.svg").is_file(), icon
