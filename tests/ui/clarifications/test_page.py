"""The page Aclaraciones: a cheque comes back, a payment is compared, a ban is lifted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QSettings
from pytestqt.qtbot import QtBot

from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.clarifications.page import ClarificationsPage
from tehuacan_comercial.ui.clarifications.pair_sheet import PairSheet
from tehuacan_comercial.ui.clarifications.return_sheet import ReturnSheet
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.prompts import RefusalSheet, TextSheet
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import NoticeStrip
from tests.support.books import open_charges, open_session
from tests.support.returns import cash, cheque, close_right, pay_mixed, transfer
from tests.support.town import Town
from tests.ui.cash.conftest import FakePrinter, on_sheet, sit_down, town

__all__ = ["town"]


@pytest.fixture
def worked(town: Town) -> Town:
    """Rosa's closed day: a cheque, the same advance twice, one of three moved."""
    rosa, manager, accounts = town.sign_in("rosa"), town.sign_in("gerente"), town.account_ids()
    session = open_session(rosa, "C1")
    pay_mixed(rosa, session, accounts[0], open_charges(town, accounts[0])[:1], cheque("318.40"))
    for _ in range(2):
        pay_mixed(rosa, session, accounts[1], [], cash("55.00"), advance="55.00")
    moved = pay_mixed(rosa, session, accounts[1], [], cash("80.00"), advance="80.00")
    close_right(rosa, session, cheque="318.40")
    transfer(rosa, manager, moved["receipt_id"], accounts[2])
    return town


class Held:
    """The page of one person, and what it asked of the window."""

    def __init__(self, desk: Desk, tasks: Tasks, settings: QSettings) -> None:
        self.desk, self.printer = desk, FakePrinter()
        self.voids: list[int] = []
        self.transfers: list[tuple[int, str]] = []
        self.bus: Bus[Changes] = Bus()
        self.notices = NoticeStrip()
        tray = PrintTray(tasks, {self.printer.name: self.printer}, self.notices)
        forms = dict.fromkeys(("80mm", "half-letter", "letter"), self.printer.name)
        paper = Paper(desk.receipts, tasks, tray, self.notices, forms)
        self.page = ClarificationsPage(
            desk,
            tasks,
            self.bus,
            paper,
            self.today,
            settings,
            request_void=self.voids.append,
            request_transfer=lambda receipt, number: self.transfers.append((receipt, number)),
        )

    def today(self) -> date:
        return self.desk.signed_in.today


Make = Callable[[str], Held]


@pytest.fixture
def make(
    qtbot: QtBot, worked: Town, tasks: Tasks, failures: list[Exception], tmp_path: Path
) -> Iterator[Make]:
    made: list[Held] = []

    def build(username: str) -> Held:
        settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
        held = Held(sit_down(worked, username, tmp_path / username), tasks, settings)
        qtbot.addWidget(held.page)
        qtbot.addWidget(held.notices)
        held.page.resize(1180, 620)
        held.page.show()
        qtbot.waitUntil(lambda: bool(held.page.cheques.model.all_rows()))
        made.append(held)
        return held

    yield build
    tasks.close()  # what is being read ends before its connection
    for held in made:
        held.desk.close()
    assert not failures


def tool(held: Held, words: str) -> bool:
    """Whether the page offers it to this person."""
    from tehuacan_comercial.ui.widgets.buttons import KeyButton

    return any(words in each.text().replace("&", "") for each in held.page.findChildren(KeyButton))


def test_a_cheque_comes_back(qtbot: QtBot, make: Make, worked: Town) -> None:
    held = make("elena")
    row = held.page.cheques.model.all_rows()[0]

    def answer(sheet: ReturnSheet) -> None:
        assert "$63.68" in sheet.consequences.text()
        sheet.submit()
        assert sheet.isVisible()  # no reason yet: what was typed stays
        sheet.reason.setCurrentIndex(sheet.reason.findData("FONDOS"))
        sheet.returned_on.setDate(QDate.currentDate().addDays(40))
        sheet.submit()
        assert sheet.outcome is None  # that day has not come
        today = held.today()
        sheet.returned_on.setDate(QDate(today.year, today.month, today.day))
        sheet.submit()
        sheet.submit()  # a double click

    on_sheet(ReturnSheet, answer)
    held.page.acts.give_back(row)
    qtbot.waitUntil(lambda: held.page.cheques.model.all_rows()[0].returned_on is not None)
    with worked.admin() as admin:
        assert admin.execute("SELECT count(*), sum(fee) FROM tender_return").fetchone() == (
            1, Decimal("63.68"),
        )  # fmt: skip
    titles: list[str] = []

    def read(sheet: RefusalSheet) -> None:
        titles.append(sheet.windowTitle())
        sheet.reject()

    on_sheet(RefusalSheet, read)
    held.page.acts.give_back(held.page.cheques.model.all_rows()[0])
    assert len(titles) == 1


def test_two_payments_are_compared_and_one_is_asked_for(qtbot: QtBot, make: Make) -> None:
    held = make("elena")
    held.page.show_part("findings")
    qtbot.waitUntil(lambda: bool(held.page.findings.model.all_rows()))
    row = next(each for each in held.page.findings.model.all_rows() if each.kind == "double")

    def choose(wish: str) -> Callable[[PairSheet], None]:
        def answer(sheet: PairSheet) -> None:
            assert sheet.lines[0] == ("Recibo", "C1-000003", "C1-000002")
            sheet._chosen(wish)()

        return answer

    for wish in ("void", "transfer"):
        on_sheet(PairSheet, choose(wish))
        held.page.acts.compare(row)
    assert held.voids == [row.receipt_id]
    assert held.transfers == [(row.receipt_id, "")]


def test_the_paper_of_a_transfer_and_its_copy(qtbot: QtBot, make: Make) -> None:
    held = make("gerente")
    held.page.show_part("transfers")
    qtbot.waitUntil(lambda: bool(held.page.transfers.model.all_rows()))
    row = held.page.transfers.model.all_rows()[0]
    held.page.acts.print_transfer(row)
    qtbot.waitUntil(lambda: held.printer.sheets == ["Traspaso TR-000001"])


def test_a_ban_is_lifted_by_who_may(qtbot: QtBot, make: Make, worked: Town) -> None:
    held = make("gerente")
    assert tool(held, "Volver a aceptar")
    with worked.admin() as admin:
        receipt = admin.execute("SELECT min(id), office_today() FROM receipt").fetchone()
    assert receipt is not None
    row = held.page.cheques.model.all_rows()[0]

    def answer(sheet: ReturnSheet) -> None:
        sheet.reason.setCurrentIndex(1)
        sheet.submit()

    on_sheet(ReturnSheet, answer)
    held.page.acts.give_back(row)
    held.page.show_part("bans")
    qtbot.waitUntil(lambda: bool(held.page.bans.model.all_rows()))

    def write(sheet: TextSheet) -> None:
        sheet._edit.setText("Trajo carta del banco")
        sheet.accept()

    on_sheet(TextSheet, write)
    held.page.acts.lift(held.page.bans.model.all_rows()[0])
    qtbot.waitUntil(lambda: held.page.bans.model.all_rows()[0].lifted_at is not None)


def test_each_job_sees_its_acts(make: Make) -> None:
    elena, auditor = make("elena"), make("auditora")
    assert tool(elena, "El banco lo devolvió")
    assert not tool(elena, "Volver a aceptar")
    assert not tool(auditor, "El banco lo devolvió")
    assert tool(auditor, "Comparar")
