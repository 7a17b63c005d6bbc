"""Reads session and account, keeps the last answer, and says which charges to choose."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, QTimer, Signal

from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.cash.reading import DeskView, read_beside, read_desk
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.widgets.answered import tell_until_answered
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeAct


def charges_to_choose(
    before: DeskView,
    after: DeskView,
    chosen: Collection[int],
    *,
    wanted: Collection[int] | None = None,
    own: bool = False,
) -> frozenset[int]:
    """Ids to check after reading again.

    Everything for an account that was just opened (or what was ``wanted`` when a held sale is taken
    back); what was chosen and is still owed for the same account; nothing after one's ``own``
    charge, so that a second press of the same keys charges nothing.
    """
    if after.account is None:
        return frozenset()
    owed = frozenset(item.charge_id for item in after.account.debt.items)
    if wanted is not None:
        return owed & frozenset(wanted)
    if not _same_account(before, after):
        return owed
    return frozenset() if own else owed & frozenset(chosen)


def shrank(before: DeskView, after: DeskView) -> bool:
    """Whether something the account owed was paid meanwhile, wholly or in part."""
    if before.account is None or after.account is None or not _same_account(before, after):
        return False
    left = {item.charge_id: item.outstanding for item in after.account.debt.items}
    return any(left.get(item.charge_id, 0) < item.outstanding for item in before.account.debt.items)


def _same_account(before: DeskView, after: DeskView) -> bool:
    return (
        before.account is not None
        and after.account is not None
        and before.account.card.account_id == after.account.card.account_id
    )


class Loader(QObject):
    """``read`` carries the ids to choose; ``changed`` comes when there is less to show."""

    read = Signal(object)
    cleared = Signal()

    def __init__(self, context: CashContext, chosen: Callable[[], Collection[int]]) -> None:
        super().__init__()
        self._context, self._chosen = context, chosen
        self.view, self.loading, self.was_read = DeskView(), False, False
        self.account_id: int | None = None
        self._wanted: frozenset[int] | None = None
        self._own_change = False
        self._stale = True
        self._when_read: Callable[[], None] | None = None
        self._trouble: InlineNotice | None = None

    def open(self, account_id: int | None, wanted: frozenset[int] | None = None) -> None:
        """Bring an account to the desk, with these charges chosen or all of them."""
        self.account_id, self._wanted, self._when_read = account_id, wanted, None
        self._own_change = False
        view = self.view
        self.view = DeskView(view.session, view.receipts, view.held, view.tenders, view.level)
        self._stale = self._stale or account_id is None or wanted is not None  # a sale was held
        self.loading = True
        self.cleared.emit()
        self._read()

    def reload(self) -> None:
        """Read everything again; only the newest answer counts."""
        self._stale = True
        self._read()

    def _read(self) -> None:
        """The session too, unless what is known of it is not older than the last announcement.

        An answer that a newer question made void never came, so that its question is asked again.
        """
        account_id, desk, today = self.account_id, self._context.desk, self._context.today()
        known, whole = self.view, self._stale
        self.loading = True

        def take(view: DeskView) -> None:
            self._stale = self._stale and not whole
            self._take(view)

        self._context.tasks.read(
            "cash.desk",
            lambda: (
                read_desk(desk, account_id, today)
                if whole
                else read_beside(desk, known, account_id, today)
            ),
            take,
            self._fail,
            self,
        )

    def expect_own_change(self) -> None:
        """The next difference is of one's own making."""
        self._own_change = True

    def awaits_account(self) -> bool:
        """Whether an account is on its way."""
        return self.loading and self.account_id is not None and self.view.account is None

    def when_read(self, act: Callable[[], None]) -> None:
        """Do something once, when the account that is on its way is here."""
        self._when_read = act

    def concerns(self, changes: Changes) -> bool:
        """Whether what changed is shown here."""
        session = self.view.session.session_id if self.view.session else None
        return (
            self.account_id in changes.accounts
            or session in changes.sessions
            or bool(changes.topics & {"everything", "authorisation", "billing", "surcharges"})
        )

    def hears(self, changes: Changes) -> bool:
        """The same; remembers it, for the tab may be out of sight and read only later."""
        concerned = self.concerns(changes)
        self._stale = self._stale or concerned
        return concerned

    def _take(self, view: DeskView) -> None:
        before, self.view, self.loading, self.was_read = self.view, view, False, True
        self._drop_trouble()
        own, self._own_change = self._own_change, False
        wanted, self._wanted = self._wanted, None
        chosen = charges_to_choose(before, view, self._chosen(), wanted=wanted, own=own)
        if shrank(before, view) and not own:
            self._context.notices.tell(
                "warn",
                "users",
                "Otra caja cobró parte de esta cuenta",
                "El adeudo ya está actualizado; revise la selección antes de cobrar.",
            )
        self.read.emit(chosen)
        waiting, self._when_read = self._when_read, None
        if waiting is not None:  # in a beat of its own: what was read is shown first
            QTimer.singleShot(0, self, waiting)

    def _fail(self, error: Exception) -> None:
        self.loading, self._when_read = False, None
        if not isinstance(error, Refusal):
            raise error
        self.cleared.emit()
        self._drop_trouble()
        message = message_for(error)
        self._trouble = tell_until_answered(
            self._context.notices,
            "warn",
            "unplug",
            message.title,
            message.text(),
            (NoticeAct("Reintentar", self.reload, "refresh-cw"),),
        )
        self._trouble.closed.connect(self._forget_trouble)

    def _drop_trouble(self) -> None:
        if self._trouble is not None:
            self._trouble.dismiss()

    def _forget_trouble(self) -> None:
        self._trouble = None
