"""The tab Cuenta: reads one account and shows it in inner tabs; it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.accounts import AccountFile
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.accounts.acts import AccountActs
from tehuacan_comercial.ui.accounts.pages import Pages
from tehuacan_comercial.ui.accounts.parts import PageStack, Veil
from tehuacan_comercial.ui.accounts.screen import AccountScreen, Page, account_screen
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeAct, NoticeStrip

EMPTY_TEXT = (
    "Aquí verá su adeudo, sus recibos y pagos, sus lecturas y quién la ha tenido.\n"
    "Busque por cuenta, nombre, domicilio, medidor, teléfono o folio."
)


class AccountTab(QWidget):
    """``show_account`` opens an account; ``account_read`` carries each fresh ``AccountFile``.

    The tab asks and others do: ``charge_requested(account_id)`` wants the till,
    ``search_requested`` the search box. ``acts_changed`` tells that ``possible_acts`` answers
    differently.
    """

    charge_requested = Signal(int)
    search_requested = Signal()
    account_read = Signal(object)
    acts_changed = Signal()
    void_requested = Signal(int)
    transfer_requested = Signal(int)

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        bus: Bus[Changes],
        paper: Paper,
        *,
        today: Callable[[], date],
        receipt_form: str = "80mm",
        settings: QSettings | None = None,
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._today = desk, tasks, today
        self._wanted: int | None = None
        self._screen: AccountScreen | None = None
        self._trouble: InlineNotice | None = None
        self.acts = AccountActs(self, desk, tasks, paper, receipt_form)
        self.acts.void_requested.connect(self.void_requested)
        self.acts.transfer_requested.connect(self.transfer_requested)
        self.pages = Pages(self.acts, settings, self._export_name)
        self._lay_out()
        self._connect()
        self._freshness = bus.subscribe(self, self._concerns, self.reload)

    # --- asked from outside ---

    def show_account(self, account_id: int) -> None:
        """Open an account: now if the tab is seen, otherwise when it is shown."""
        if self.account_id() != account_id:
            self.tabs.setCurrentIndex(0)
            self._veil.cover(opaque=self._screen is None)
        self._wanted = account_id
        self._freshness.mark()

    def clear(self) -> None:
        """No account is open."""
        self._wanted = self._screen = None
        self._drop_trouble()
        self._veil.lift()
        self._show_body()
        self.acts_changed.emit()

    def account_id(self) -> int | None:
        """The account that is shown, or None."""
        return self._screen.account_id if self._screen else None

    def reload(self) -> None:
        """Read the account again, quietly: what is shown stays until the answer comes."""
        wanted = self._wanted
        if wanted is None:
            return
        self._tasks.read(
            "account", lambda: self._desk.accounts.file(wanted), self._show_file, self._fail, self
        )

    def show_page(self, page: Page) -> None:
        """Go to an inner tab, if the person may see it."""
        shown = self._shown_pages()
        if page in shown:
            self.tabs.setCurrentIndex(shown.index(page))

    def print_statement(self) -> None:
        """Issue the statement of the account that is shown (F9)."""
        if self._screen is not None and self._screen.may_print:
            self.acts.statement(self._screen.account_id)

    def charge(self) -> None:
        """Ask the till to charge the account that is shown (F12)."""
        if self._screen is not None and self._screen.may_charge:
            self.charge_requested.emit(self._screen.account_id)

    def possible_acts(self) -> dict[str, bool]:
        """Actions of the window that this tab serves, and whether they are possible now."""
        shown = self._screen
        return {
            "accounts.statement": shown is not None and shown.may_print,
            "cash.charge": shown is not None and shown.may_charge,
        }

    # --- building ---

    def _lay_out(self) -> None:
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(4), px(20), px(14))
        column.setSpacing(px(5))
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName("Partes de la cuenta")
        self.notices = NoticeStrip()
        self._body = PageStack()
        self._empty = EmptyState(
            "file-search", "Ninguna cuenta abierta", EMPTY_TEXT, act="Buscar cuenta", key="F3"
        )
        self._body.addWidget(self._empty)
        for widget in self.pages.widgets.values():
            self._body.addWidget(widget)
        for part in (self.tabs, self.notices):
            column.addWidget(part)
        column.addWidget(self._body, 1)
        self._veil = Veil(self._body)
        self._show_body()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _at: self._show_body())
        self._empty.button.clicked.connect(self.search_requested)
        summary = self.pages.summary
        summary.charge_pressed.connect(self.charge)
        summary.statement_pressed.connect(self.print_statement)
        summary.payments_pressed.connect(lambda: self.show_page(Page.PAYMENTS))
        for key, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=step: self._turn(by))

    # --- showing ---

    def _show_file(self, file: AccountFile) -> None:
        if file.outline.account_id != self._wanted:
            return
        self._screen = account_screen(file, self._desk.actor, self._today())
        self._drop_trouble()
        self._show_tabs(self._screen.pages)
        self.pages.show_screen(self._screen)
        self._show_body()
        self._veil.lift()
        self.account_read.emit(file)
        self.acts_changed.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        self._veil.lift()
        if self.account_id() != self._wanted:
            self._screen = None
            self._show_body()
            self.acts_changed.emit()
        message = message_for(error)
        self._drop_trouble()
        acts = (NoticeAct("Reintentar", self.reload, "refresh-cw"),)
        text = f"{message.what_happened} {message.what_to_do}"
        self._trouble = self.notices.tell("danger", "unplug", message.title, text, acts)
        self._trouble.closed.connect(self._forget_trouble)

    def _drop_trouble(self) -> None:
        if self._trouble is not None:
            self._trouble.dismiss()

    def _forget_trouble(self) -> None:
        self._trouble = None

    def _show_tabs(self, pages: tuple[Page, ...]) -> None:
        if pages == self._shown_pages():
            return
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for page in pages:
            at = self.tabs.addTab(page.value)
            self.tabs.setTabData(at, page)
        self.tabs.blockSignals(False)

    def _shown_pages(self) -> tuple[Page, ...]:
        return tuple(self.tabs.tabData(at) for at in range(self.tabs.count()))

    def _show_body(self) -> None:
        self.tabs.setVisible(self._screen is not None)
        if self._screen is None:
            self._body.setCurrentWidget(self._empty)
            return
        self._body.setCurrentWidget(self._page_widget())
        self._body.updateGeometry()

    def _page_widget(self) -> QWidget:
        return self.pages.widgets[self.tabs.tabData(self.tabs.currentIndex())]

    def _turn(self, step: int) -> None:
        if self._screen is not None:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())
            self._page_widget().setFocus(Qt.FocusReason.TabFocusReason)

    def _concerns(self, changes: Changes) -> bool:
        if self._wanted is None:
            return False
        wide = changes.topics & {"everything", "billing", "surcharges", "registry"}
        return self._wanted in changes.accounts or bool(wide)

    def _export_name(self, what: str) -> str:
        number = self._screen.file.outline.account_number if self._screen else ""
        return f"{number} {what}".strip()
