"""Pages of the tab Caja that other capabilities bring: one line for each, made when first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.theme.theme import theme


@dataclass(frozen=True)
class CashPage:
    """Its name, its words with their mnemonic, who sees it, and how it is made."""

    name: str
    label: str
    permission: Permission
    factory: Callable[[CashContext], QWidget]


def _authorisations(context: CashContext) -> QWidget:
    from tehuacan_comercial.ui.authorisations.page import AuthorisationsPage

    return AuthorisationsPage(
        context.desk, context.tasks, context.bus, context.now, context.settings
    )


def _deliveries(context: CashContext) -> QWidget:
    from tehuacan_comercial.ui.custody.deliveries_page import DeliveriesPage

    return DeliveriesPage(
        context.desk,
        context.tasks,
        context.bus,
        context.settings,
        context.actions,
        context.receive_here,
        context.paper,
    )


def _supervision(context: CashContext) -> QWidget:
    from tehuacan_comercial.ui.custody.supervision_acts import SupervisionPaths
    from tehuacan_comercial.ui.custody.supervision_page import SupervisionPage

    return SupervisionPage(
        context.desk,
        context.tasks,
        context.bus,
        context.paper,
        context.settings,
        SupervisionPaths(
            reopen=context.request_reopening,
            allow_difference=context.request_difference,
            waive=context.request_waiver,
            repay_here=context.repay_here,
        ),
    )


def _vouchers(context: CashContext) -> QWidget:
    from tehuacan_comercial.ui.vouchers.page import VouchersPage

    return VouchersPage(
        context.desk, context.tasks, context.bus, context.paper, context.today, context.settings
    )


def _deposits(context: CashContext) -> QWidget:
    from tehuacan_comercial.ui.deposits.page import DepositsPage

    return DepositsPage(
        context.desk, context.tasks, context.bus, context.paper, context.today, context.settings
    )


def _clarifications(context: CashContext) -> QWidget:
    from tehuacan_comercial.ui.clarifications.page import ClarificationsPage

    return ClarificationsPage(
        context.desk,
        context.tasks,
        context.bus,
        context.paper,
        context.today,
        context.settings,
        request_void=context.request_void,
        request_transfer=context.request_transfer,
    )


PAGES: tuple[CashPage, ...] = (
    CashPage("deliveries", "&Entregas", Permission.CASH_SESSION, _deliveries),
    CashPage("supervision", "&Supervisión", Permission.CASH_SUPERVISE, _supervision),
    CashPage(
        "authorisations", "A&utorizaciones", Permission.AUTHORISATIONS_DECIDE, _authorisations
    ),
    CashPage("deposits", "&Depósitos", Permission.DEPOSITS_READ, _deposits),
    CashPage("clarifications", "Ac&laraciones", Permission.CLARIFICATIONS_READ, _clarifications),
    CashPage("vouchers", "&Pólizas", Permission.VOUCHERS_READ, _vouchers),
)


def pages_of(actor: Actor) -> tuple[CashPage, ...]:
    """The pages of a person."""
    return tuple(page for page in PAGES if actor.may(page.permission))


class TabPages(QStackedWidget):
    """Pages that ask for no more room than the one in front needs.

    A scroll area gives its page the height that its words prefer, not the least it needs: one
    wrapped label, or a count sheet, on a page that is not even shown made the section scroll.
    """

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:
        """Never: tables and cards give way."""
        return False

    def minimumSizeHint(self) -> QSize:
        """What the page in front needs; Qt would take the most that any of them does."""
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()


class MorePages:
    """Adds the person's pages behind those that a tab bar and its stack have already."""

    def __init__(self, context: CashContext, tabs: QTabBar, stack: QStackedWidget) -> None:
        self._context, self._tabs, self._stack = context, tabs, stack
        self._first = tabs.count()
        self._pages: Sequence[CashPage] = pages_of(context.desk.actor)
        self._places: list[QVBoxLayout] = []
        for page in self._pages:
            tabs.addTab(page.label)
            place = QWidget()
            column = QVBoxLayout(place)
            column.setContentsMargins(0, 0, 0, 0)
            self._places.append(column)
            stack.addWidget(place)
        tabs.currentChanged.connect(self._make)
        self._make(tabs.currentIndex())

    def show(self, name: str) -> None:
        """Bring a page to the front, if the person has it."""
        for at, page in enumerate(self._pages):
            if page.name == name:
                self._tabs.setCurrentIndex(self._first + at)

    def page(self, name: str) -> QWidget | None:
        """A page, or None while it was never shown."""
        for page, place in zip(self._pages, self._places, strict=True):
            if page.name == name and (item := place.itemAt(0)) is not None:
                return item.widget()
        return None

    def deliver(self) -> None:
        """Bring Entregas to the front and begin a delivery."""
        from tehuacan_comercial.ui.custody.deliveries_page import DeliveriesPage

        self.show("deliveries")
        page = self.page("deliveries")
        if isinstance(page, DeliveriesPage):
            page.deliver()

    def show_delivery(self, withdrawal_id: int) -> None:
        """Bring Entregas to the front, on one delivery."""
        from tehuacan_comercial.ui.custody.deliveries_page import DeliveriesPage

        self.show("deliveries")
        page = self.page("deliveries")
        if isinstance(page, DeliveriesPage):
            page.select(withdrawal_id)

    def say(self, name: str, badge: int) -> None:
        """Show how much waits on a page beside its label."""
        for at, page in enumerate(self._pages):
            if page.name == name:
                text = f"{page.label}  {badge}" if badge else page.label
                self._tabs.setTabText(self._first + at, text)

    def _make(self, index: int) -> None:
        at = index - self._first
        if 0 <= at < len(self._pages) and self._places[at].count() == 0:
            self._places[at].addWidget(self._pages[at].factory(self._context))


class PagesTab(QWidget):
    """The tab Caja of people without a till: their pages and nothing else."""

    def __init__(self, context: CashContext) -> None:
        super().__init__()
        px = theme().px
        self.tabs, stack = QTabBar(), TabPages()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("Partes de la caja")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), 0, px(20), px(14))
        column.setSpacing(px(12))
        column.addWidget(self.tabs)
        column.addWidget(stack, 1)
        self.tabs.currentChanged.connect(stack.setCurrentIndex)
        self.more = MorePages(context, self.tabs, stack)
