"""The station of a signed-in person: window, tabs, paper, news; who hears whom."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QSettings, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from tehuacan_comercial.bootstrap.another import open_dashboard_process
from tehuacan_comercial.bootstrap.on_the_spot import OnTheSpot
from tehuacan_comercial.bootstrap.printers import printers_by_form, station_printers
from tehuacan_comercial.bootstrap.queue import QUEUE, QueueParts, QueueWiring
from tehuacan_comercial.bootstrap.server import ReadyServer
from tehuacan_comercial.config import StationProfile, home
from tehuacan_comercial.data.listen import Listener
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.accounts import AccountCard, AccountFile
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import SignedIn, check_password
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.accounts.tab import AccountTab
from tehuacan_comercial.ui.accounts_banner import account_banner
from tehuacan_comercial.ui.accounts_search import AccountSearch
from tehuacan_comercial.ui.authorisations.requesting import Requesting
from tehuacan_comercial.ui.authorisations.watch import AuthorisationWatch, Waiting
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.cash.context import CashContext, CashPlace
from tehuacan_comercial.ui.cash.pages import PagesTab, pages_of
from tehuacan_comercial.ui.cash.tab import CashTab
from tehuacan_comercial.ui.main_window import MainWindow
from tehuacan_comercial.ui.news import POLL_MILLISECONDS, NewsFeed
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.printing.printers import FOLDER_PRINTER
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.receipts_check import ReceiptCheckSheet
from tehuacan_comercial.ui.rubbish import settle
from tehuacan_comercial.ui.scanner import ScannerFilter, ScannerSettings
from tehuacan_comercial.ui.shell.section import House, Person, Section
from tehuacan_comercial.ui.station_status import StationStatus
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.tokens import Tone

PROGRAM = "Tehuacán Comercial"
ACCOUNT, CASH = "account", "cash"
SETTLED_AFTER = 2000
"""Milliseconds after which the first screen stands and everything for it is loaded."""


class Station(QObject):
    """Everything that lives from sign-in to sign-out.

    ``left`` when another person wants in, ``closed`` when the window was closed.
    """

    left = Signal()
    closed = Signal()

    poll_milliseconds = POLL_MILLISECONDS
    """How often other stations' commits are looked for."""
    restores_paper = True
    """Whether sheets that an earlier run did not print are brought back."""
    shows_till = True
    """Whether the window names the till of this station."""
    has_queue = True
    """Whether people are called from here."""

    def __init__(
        self,
        signed_in: SignedIn,
        server: ReadyServer,
        profile: StationProfile,
        tasks: Tasks,
        settings: QSettings,
    ) -> None:
        super().__init__()
        self._profile, self._server, self._tasks = profile, server, tasks
        self._account_id: int | None = None
        self._reviving = False
        self._spot = OnTheSpot(server.login_url, profile.station)
        self.desk = Desk(signed_in, home())
        self.bus: Bus[Changes] = Bus()
        self.feed = NewsFeed(
            self.desk.news, tasks, signed_in.now, self, every=self.poll_milliseconds
        )
        self.window = self._make_window(settings)
        self.tray = PrintTray(tasks, station_printers(profile, home()), self)
        self.paper = Paper(
            self.desk.receipts, tasks, self.tray, self.window.notices, printers_by_form(profile)
        )
        self._settings = settings
        self.status = StationStatus(
            self.window,
            self.feed,
            self.tray,
            profile.receipt_printer or FOLDER_PRINTER,
            embedded=profile.embedded,
        )
        self.queue = self._make_queue()
        self.search = AccountSearch(self.window.search, self.desk.accounts, tasks)
        self.requesting, self.watch = self._make_authorisations()
        self._connect()
        self._listener = self._make_listener()

    def open(self) -> None:
        """Show the window; begin to listen."""
        self.window.show_first_section()
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.feed.start()
        self._listener.start()
        QTimer.singleShot(SETTLED_AFTER, self, settle)
        if self.restores_paper and self.desk.actor.may(Permission.RECEIPTS_REPRINT):
            self.paper.restore()
        if self.desk.actor.may(Permission.AUTHORISATIONS_READ):
            self.watch.look()

    # --- accounts ---

    def show_account(self, account_id: int) -> None:
        """Bring an account to the section that is shown, and keep it for the other."""
        self._account_id = account_id
        for tab in (self._tab(ACCOUNT), self._tab(CASH)):
            if isinstance(tab, AccountTab):
                tab.show_account(account_id)
            elif isinstance(tab, CashTab):
                tab.open_account(account_id)

    def _charge(self, account_id: int) -> None:
        self.window.show_section(CASH)
        tab = self._tab(CASH)
        if isinstance(tab, CashTab):
            tab.charge_account(account_id)

    def _show_file(self, file: AccountFile) -> None:
        if file.card is not None:
            self._show_banner(file.card)

    def _show_banner(self, card: AccountCard) -> None:
        if card.account_id == self._account_id:
            self.window.banner.show_account(account_banner(card, self._today()))
            self.queue.show_account(card)

    # --- building ---

    def _make_window(self, settings: QSettings) -> MainWindow:
        signed, profile = self.desk.signed_in, self._profile
        actor = self.desk.actor
        office = str(signed.settings.get("short_name", ""))
        till = f"Caja {profile.till}" if profile.till and self.shows_till else ""
        minutes = float(str(signed.settings.get("idle_lock_minutes", 5)))
        return MainWindow(
            house=House(PROGRAM, office, till, profile.station),
            person=Person(actor.full_name, actor.job_name, actor.username),
            sections=self._sections(),
            tasks=self._tasks,
            allowed=lambda name: actor.may(Permission(name)),
            now=self.feed.now,
            unlock=self._unlock,
            settings=settings,
            idle_minutes=minutes,
        )

    def _sections(self) -> tuple[Section, ...]:
        account = Section(ACCOUNT, "Cuenta", "file-search", "section.account", self._account_tab)
        cash = Section(CASH, "Caja", "banknote", "section.cash", self._cash_tab)
        may = self.desk.actor.may
        queue = Section(QUEUE, "Turnos", "users", "section.queue", lambda: self.queue.make_tab())
        line = (queue,) if may(Permission.QUEUE_READ) else ()
        if may(Permission.CASH_SESSION):
            return (cash, account, *line)
        if pages_of(self.desk.actor):
            return (account, cash, *line)
        return (account, *line) if may(Permission.ACCOUNTS_READ) else ()

    def _make_queue(self) -> QueueWiring:
        made = QueueWiring(
            QueueParts(
                self.window, self.desk, self._tasks, self.bus, self.paper, self._settings,
                self.feed.now, self._profile.till or self._profile.station,
            ),
            active=self.has_queue and self.desk.actor.may(Permission.QUEUE_READ),
        )  # fmt: skip
        made.account_requested.connect(self.show_account)
        made.section_wanted.connect(self._attend)
        return made

    def _attend(self, account_id: int) -> None:
        """The person whose turn begins: their account, at the till where there is one."""
        self.show_account(account_id)
        may_charge = self.desk.actor.may(Permission.CASH_SESSION)
        self.window.show_section(CASH if may_charge else ACCOUNT)

    def _account_tab(self) -> QWidget:
        tab = AccountTab(
            self.desk,
            self._tasks,
            self.bus,
            self.paper,
            today=self._today,
            receipt_form=self._profile.receipt_format,
            settings=self._settings,
        )
        tab.charge_requested.connect(self._charge)
        tab.search_requested.connect(self.window.search.ask_again)
        tab.acts_changed.connect(self._offer_acts)
        tab.account_read.connect(self._show_file)
        tab.void_requested.connect(self.requesting.void_receipt)
        tab.transfer_requested.connect(self.requesting.transfer_payment)
        if self._account_id is not None:
            tab.show_account(self._account_id)
        return tab

    def _cash_context(self) -> CashContext:
        profile = self._profile
        return CashContext(
            desk=self.desk,
            tasks=self._tasks,
            bus=self.bus,
            paper=self.paper,
            notices=self.window.notices,
            actions=self.window.actions_table,
            settings=self._settings,
            place=CashPlace(profile.station, profile.till, profile.receipt_format),
            today=self._today,
            now=self.feed.now,
            receive_here=self._spot.receive,
            repay_here=self._spot.repay,
            request_reopening=self.requesting.reopen_session,
            request_difference=self.requesting.closing_difference,
            request_waiver=self.requesting.waive_shortage,
            request_void=self.requesting.void_receipt,
            request_transfer=self.requesting.transfer_payment,
        )

    def _cash_tab(self) -> QWidget:
        if not self.desk.actor.may(Permission.CASH_SESSION):
            return PagesTab(self._cash_context())
        tab = CashTab(self._cash_context())
        tab.charging.charged.connect(self.queue.charged)
        tab.void_requested.connect(self.requesting.void_receipt)
        tab.decision_requested.connect(self.requesting.on_the_spot)
        tab.withdrawal_requested.connect(self.requesting.withdraw)
        tab.difference_requested.connect(self.requesting.closing_difference)
        tab.focus_search_requested.connect(self.window.search.ask_again)
        tab.show_requested.connect(partial(self.window.show_section, CASH))
        tab.account_requested.connect(self.search.find)
        tab.account_read.connect(self._show_banner)
        tab.session_read.connect(self.status.show_session)
        if self._account_id is not None:
            tab.open_account(self._account_id)
        return tab

    def _make_authorisations(self) -> tuple[Requesting, AuthorisationWatch]:
        window, desk = self.window, self.desk
        requesting = Requesting(
            window, desk, self._tasks, self.bus, window.notices, self._spot.decide
        )
        watch = AuthorisationWatch(
            window, desk.authorisations, self._tasks, self.bus, window.notices
        )
        watch.changed.connect(self._show_waiting)
        watch.answered.connect(requesting.put_away)
        watch.answered.connect(self._look_for_permission)
        window.waiting_item.clicked.connect(self._open_waiting)
        return requesting, watch

    def _look_for_permission(self, _authorisation_id: int) -> None:
        tab = self._tab(CASH)
        if isinstance(tab, CashTab):
            tab.look_for_permission()

    def _show_waiting(self, waiting: Waiting) -> None:
        tone: Tone = "warn" if waiting.to_decide else "info"
        self.window.waiting_item.say(waiting.text, tone, "bell", "Autorizaciones")
        tab = self._tab(CASH)
        if isinstance(tab, CashTab | PagesTab):
            tab.more.say("authorisations", waiting.to_decide)

    def _open_waiting(self) -> None:
        if self.watch.waiting.to_decide:
            self.window.show_section(CASH)
            tab = self._tab(CASH)
            if isinstance(tab, CashTab | PagesTab):
                tab.more.show("authorisations")
        elif self.watch.newest_own is not None:
            self.requesting.on_the_spot(self.watch.newest_own)

    def _make_listener(self) -> Listener:
        """Its callbacks come on its own thread and only wake the feed."""
        return Listener(
            self.desk.signed_in.database.url.render_as_string(hide_password=False),
            on_notice=lambda _notice: self.feed.hint(),
            on_connected=self.feed.hint,
            on_disconnected=self.feed.hint,
            station=self._profile.station,
        )

    def _connect(self) -> None:
        self.search.account_selected.connect(self.show_account)
        self.feed.changed.connect(self.bus.committed)
        self.feed.lost.connect(lambda _error: self._revive())
        self.search.receipt_scanned.connect(self._check_receipt)
        self.window.switch_person_requested.connect(self._switch)
        self.window.close_requested.connect(self._close)
        self.window.dashboard_requested.connect(open_dashboard_process)
        actions = self.window.actions_table
        actions["print.tray"].triggered.connect(self.paper.open_tray)
        actions["receipts.check"].triggered.connect(lambda: self._check_receipt(""))
        actions["accounts.statement"].triggered.connect(self._print_statement)
        self.window.section_shown.connect(lambda _name: self._offer_acts())
        self._scanner = ScannerFilter(ScannerSettings(), self)
        self._scanner.scanned.connect(self.search.scan)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._scanner.install(application)

    def _check_receipt(self, code: str) -> None:
        sheet = ReceiptCheckSheet(self.window, self.desk.receipts, self._tasks, code)
        sheet.account_requested.connect(self.search.find)
        prompts.run(sheet)

    def _print_statement(self) -> None:
        """F9, in whichever section an account is open."""
        account_id = self._account_id
        if account_id is None:
            return
        self.paper.draw(
            lambda: self.desk.receipts.statement(account_id),
            lambda sheet: self.paper.preview(self.window, sheet),
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self.window, error)

    def _offer_acts(self) -> None:
        tab = self._tab(ACCOUNT)
        if self.window.current_section() == ACCOUNT and isinstance(tab, AccountTab):
            self.window.actions_table.enable(tab.possible_acts())

    def _revive(self) -> None:
        """This computer's own server is started again when it fell; one try at a time."""
        if self._reviving:
            return
        self._reviving = True

        def ended(_answer: object) -> None:
            self._reviving = False

        self._tasks.read("station.revive", self._server.revive, ended, ended, self)

    # --- coming and going ---

    def _switch(self) -> None:
        self.leave()
        self.left.emit()

    def _close(self) -> None:
        self.leave()
        self.closed.emit()

    def leave(self) -> None:
        """Sign out: nothing new begins, what is under way ends with its lane."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._scanner.remove(application)
        self.feed.stop()
        self._listener.stop()
        self.window.hide()
        self.window.deleteLater()
        self.desk.close()

    def _unlock(self, password: str) -> None:
        check_password(
            self._server.login_url, self.desk.actor.username, password, self._profile.station
        )

    def _today(self) -> date:
        return self.feed.now().date()

    def _tab(self, name: str) -> QWidget | None:
        return self.window.page(name)
