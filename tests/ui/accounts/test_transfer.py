"""A payment on the wrong account: asked for over the window, decided there, seen in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.authorisations import DecisionCommand
from tehuacan_comercial.services.authorisations import AuthorisationResult, decide_on_the_spot
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries
from tehuacan_comercial.ui.accounts.screen import Page
from tehuacan_comercial.ui.accounts.tab import AccountTab
from tehuacan_comercial.ui.authorisations.on_the_spot_sheet import OnTheSpotSheet
from tehuacan_comercial.ui.authorisations.request_sheet import RequestSheet
from tehuacan_comercial.ui.authorisations.requesting import Requesting
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.prompts import RefusalSheet, TextSheet
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.buttons import KeyButton
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeStrip
from tests.support.town import PASSWORD, Town
from tests.ui.accounts.conftest import MakeTab, SitDown, open_till, pay_oldest
from tests.ui.cash.conftest import on_sheet, press

RETURN = Qt.Key.Key_Return


class Window:
    """The account of a wrong payment, and what a main window does for it."""

    def __init__(self, desk: Desk, tab: AccountTab, tasks: Tasks, bus: Bus[Changes],
                 town: Town, tries: Path) -> None:  # fmt: skip
        def spot(user: str, password: str, command: DecisionCommand) -> AuthorisationResult:
            return decide_on_the_spot(
                town.login, (user, password), "E1", FailedTries(tries), command
            )

        self.tab, self.town, self.notices = tab, town, NoticeStrip()
        self.notices.setParent(tab.window())
        self.requesting = Requesting(tab.window(), desk, tasks, bus, self.notices, spot)
        tab.transfer_requested.connect(self.requesting.transfer_payment)

    def press_notice(self, words: str) -> None:
        notices = self.notices.findChildren(InlineNotice)
        found = [each for notice in notices for each in notice.findChildren(KeyButton)]
        next(each for each in found if each.text() == words).click()

    def asked(self) -> list[tuple[object, ...]]:
        with self.town.admin() as admin:
            return admin.execute(
                "SELECT kind, state, requested_by, decided_by, reason FROM authorisation"
            ).fetchall()


@pytest.fixture
def window(
    qtbot: QtBot, sit_down: SitDown, make_tab: MakeTab, account: int, tasks: Tasks,
    bus: Bus[Changes], town: Town, tmp_path: Path,
) -> Window:  # fmt: skip
    """Rosa took the oldest charge of one account in cash; it was meant for the other."""
    rosa = sit_down("rosa")
    pay_oldest(rosa, account, open_till(rosa))
    tab = make_tab(rosa)
    with qtbot.waitSignal(tab.account_read):
        tab.show_account(account)
    tab.show_page(Page.PAYMENTS)
    tab.pages.payments.table.select(tab.pages.payments.table.model.all_rows()[0].receipt_id)
    return Window(rosa, tab, tasks, bus, town, tmp_path / "t.json")


def transfer_button(window: Window) -> KeyButton:
    buttons = window.tab.pages.payments.findChildren(KeyButton)
    return next(each for each in buttons if "Traspasar" in each.text().replace("&", ""))


def number_of(town: Town, account: int) -> str:
    with town.admin() as admin:
        row = admin.execute("SELECT account_number FROM account WHERE id = %s", [account])
        found = row.fetchone()
    assert found is not None
    return str(found[0])


def ask(qtbot: QtBot, window: Window, target: str) -> None:
    """Type an account that is none, then the right one; choose the reason and send."""
    typed: list[str] = []

    def second(sheet: TextSheet) -> None:
        typed.append(sheet.text())
        sheet._edit.setText(target)
        press(sheet, RETURN)

    def told(refusal: RefusalSheet) -> None:
        typed.append(refusal.title.text())
        on_sheet(TextSheet, second)
        refusal.reject()

    def first(sheet: TextSheet) -> None:
        press(sheet, RETURN)
        assert sheet.isVisible(), "without a number nothing is asked"
        sheet._edit.setText("99-99999-9")
        on_sheet(RefusalSheet, told)
        press(sheet, RETURN)

    def fill(sheet: RequestSheet) -> None:
        facts = dict(sheet.facts.lines())
        assert facts["Va a"].startswith(target)
        assert facts["Caja"].startswith("No cambia")
        sheet.submit()
        assert sheet.isVisible(), "without a reason nothing is sent"
        sheet.reason.setCurrentIndex(1)
        sheet.words.setText("Dio el recibo de su vecina")
        sheet.submit()
        sheet.submit()  # a second press does nothing

    on_sheet(TextSheet, first)
    came = on_sheet(RequestSheet, fill)
    transfer_button(window).click()
    qtbot.waitUntil(lambda: bool(came) and came[0].outcome is not None)
    assert typed[1:] == ["99-99999-9"], "what was typed stays"
    assert typed[0]


def test_a_payment_goes_to_the_account_it_was_meant_for(
    qtbot: QtBot, window: Window, town: Town, account: int
) -> None:
    other = account + 1
    ask(qtbot, window, number_of(town, other))
    assert window.asked() == [
        ("transfer_payment", "requested", "rosa", None, "Dio el recibo de su vecina")
    ]

    def approve(sheet: OnTheSpotSheet) -> None:
        sheet.user.setText("gerente")
        sheet.password.setText(PASSWORD)
        sheet._main.click()  # type: ignore[union-attr]

    came = on_sheet(OnTheSpotSheet, approve)
    window.press_notice("Autorizar aquí")
    qtbot.waitUntil(lambda: bool(came) and came[0].outcome is not None)
    assert [row[1:4] for row in window.asked()] == [("approved", "rosa", "gerente")]
    payments = window.tab.pages.payments.table.model
    wanted = number_of(town, other)
    qtbot.waitUntil(lambda: payments.all_rows()[0].transferred_to == wanted)
    with town.admin() as admin:
        found = admin.execute(
            "SELECT from_account_id, to_account_id, folio FROM payment_transfer"
        ).fetchall()
    assert found == [(account, other, "TR-000001")]


def test_a_request_is_taken_back_from_its_notice(
    qtbot: QtBot, window: Window, town: Town, account: int
) -> None:
    ask(qtbot, window, number_of(town, account + 1))
    window.press_notice("Retirar")
    qtbot.waitUntil(lambda: [row[1] for row in window.asked()] == ["withdrawn"])
    with town.admin() as admin:
        assert admin.execute("SELECT count(*) FROM payment_transfer").fetchone() == (0,)
