"""The manager's window of a signed-in person: the day, what waits for a decision, accounts."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tehuacan_comercial.bootstrap.station import ACCOUNT, Station
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import PrinterTrouble
from tehuacan_comercial.services.dashboard import Board
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.authorisations.page import AuthorisationsPage
from tehuacan_comercial.ui.authorisations.watch import Waiting
from tehuacan_comercial.ui.dashboard.tab import DashboardTab
from tehuacan_comercial.ui.dashboard.words import origin_words
from tehuacan_comercial.ui.formats import day
from tehuacan_comercial.ui.paper import LETTER
from tehuacan_comercial.ui.printing.preview import PreviewChoice, PreviewSheet
from tehuacan_comercial.ui.shell.section import Section
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.status_strip import StatusItem

DASHBOARD, INBOX = "dashboard", "inbox"


class DashboardStation(Station):
    """The same shell, feed and paper as a station, with other sections and without a till."""

    poll_milliseconds = 400
    """A payment gives no notification, so that tills do not wait for each other: it is looked for
    often enough to be on screen within a second.
    """
    restores_paper = False
    shows_till = False
    has_queue = False

    def _sections(self) -> tuple[Section, ...]:
        actor = self.desk.actor
        sections = [Section(DASHBOARD, "Hoy", "gauge", "section.dashboard", self._dashboard_tab)]
        if actor.may(Permission.AUTHORISATIONS_READ):
            sections.append(
                Section(INBOX, "Autorizaciones", "shield-check", "section.inbox", self._inbox_tab)
            )
        if actor.may(Permission.ACCOUNTS_READ):
            sections.append(
                Section(ACCOUNT, "Cuenta", "file-search", "section.account", self._account_tab)
            )
        return tuple(sections)

    def show_account(self, account_id: int) -> None:
        """An account that was searched, or that stands behind a row."""
        super().show_account(account_id)
        self.window.show_section(ACCOUNT)

    def _dashboard_tab(self) -> QWidget:
        tab = DashboardTab(self.desk, self._tasks, self.bus, self._settings)
        self._origin = self.window.status.add(StatusItem("database"), spare=True)
        tab.board_read.connect(self._show_origin)
        tab.inbox_requested.connect(self._open_waiting)
        tab.account_requested.connect(self.search.find)
        tab.sheet_drawn.connect(self._show_day_sheet)
        return tab

    def _inbox_tab(self) -> QWidget:
        px, place = theme().px, QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(px(20), px(12), px(20), px(12))
        column.addWidget(
            AuthorisationsPage(self.desk, self._tasks, self.bus, self.feed.now, self._settings)
        )
        return place

    def _charge(self, _account_id: int) -> None:
        self.window.notices.tell(
            "info", "info", "Se cobra en la estación", "Abra la cuenta en la ventana de la caja."
        )

    def _show_origin(self, board: Board) -> None:
        text, tone, icon = origin_words(board.origin)
        self._origin.say(text, tone, icon)

    def _show_waiting(self, waiting: Waiting) -> None:
        self.window.rail.set_badge(INBOX, waiting.to_decide)

    def _open_waiting(self) -> None:
        if self.desk.actor.may(Permission.AUTHORISATIONS_READ):
            self.window.show_section(INBOX)

    def _show_day_sheet(self, pdf: bytes) -> None:
        """Show the day on one page; then print it, save it or leave it."""
        title = f"El día {day(self._today()).replace('/', '-')}"
        view = PreviewSheet(self.window, title, pdf)
        prompts.run(view)
        if view.choice is PreviewChoice.PRINT:
            self.tray.send(title, pdf, self.paper.printer_of(LETTER))
        elif view.choice is PreviewChoice.SAVE:
            self._save(title, pdf)

    def _save(self, title: str, pdf: bytes) -> None:
        path = prompts.ask_save_path(self.window, "Guardar PDF", f"{title}.pdf", "PDF (*.pdf)")
        if path is None:
            return
        try:
            path.write_bytes(pdf)
        except OSError as problem:
            trouble = PrinterTrouble(str(path), problem.strerror or "")
            prompts.show_refusal(self.window, trouble)
