"""The card *¿Puedo cerrar?*: every obstacle with the button that resolves it, live."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout

from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import TroubleRefusal
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.services.custody import BlockerRow
from tehuacan_comercial.ui.cash.closing_items import (
    ClosingItem,
    Way,
    closing_items,
    closing_verdict,
)
from tehuacan_comercial.ui.cash.context import CashContext
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeAct
from tehuacan_comercial.ui.widgets.pill import PillBadge
from tehuacan_comercial.ui.widgets.text import Label

ROOM = 2
"""So many notices fit side by side above a count, in one line, at 1366 × 768."""


@dataclass(frozen=True)
class _Read:
    rows: tuple[BlockerRow, ...]
    unanswered: int


class ClosingCard(Card):
    """``resolve`` carries the ClosingItem and the Way of the button that was pressed; ``judged``
    whether nothing blocks the close.

    ``quiet`` hides the whole card while nothing is in the way: above a count there is no room for
    good news.
    """

    resolve = Signal(object, object)
    judged = Signal(bool)

    def __init__(self, context: CashContext, *, quiet: bool = False) -> None:
        super().__init__("" if quiet else "¿Puedo cerrar?")
        self._context, self._quiet = context, quiet
        self._session: SessionRow | None = None
        self.items: tuple[ClosingItem, ...] | None = None
        self._whole = not quiet
        self.badge, self.words = PillBadge(), Label("", 13, 400, "soft").wrapped()
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._rows.setSpacing(theme().px(8))
        if quiet:
            self.setObjectName("")  # no panel around them: the notices stand by themselves
            self.body.setContentsMargins(0, 0, 0, 0)
            self.body.addLayout(self._rows)
            self.hide()
        else:
            self.add_tool(self.badge)
            self.body.addWidget(self.words)
            self.body.addLayout(self._rows)
            self.body.addStretch(1)

    def show_session(self, session: SessionRow | None) -> None:
        """Bring the card to a session; ``reload`` reads what stands in its way."""
        before, self._session = self._session, session
        if session is None or before is None or before.session_id != session.session_id:
            self.items, self._whole = None, not self._quiet
            self._show(())

    def reload(self) -> None:
        """Ask again; what is shown stays meanwhile."""
        session, desk = self._session, self._context.desk
        if session is None:
            return

        def read() -> _Read:
            charges = desk.actor.may(Permission.CASH_CHARGE)
            return _Read(
                desk.custody.blockers(session.session_id),
                desk.cash.unanswered() if charges else 0,
            )

        def show(found: _Read) -> None:
            self.items = closing_items(session, found.rows, found.unanswered, self._context.today())
            self._show(self.items)

        def failed(error: Exception) -> None:
            if not isinstance(error, TroubleRefusal):
                raise error  # a lost line is told at the foot; the next poll asks again

        self._context.tasks.read(f"cash.closing.{self._quiet}", read, show, failed, self)

    def notices(self) -> list[InlineNotice]:
        """What is shown, one for each obstacle."""
        found = (self._rows.itemAt(at) for at in range(self._rows.count()))
        return [
            each
            for item in found
            if item is not None and isinstance(each := item.widget(), InlineNotice)
        ]

    def _most(self, items: tuple[ClosingItem, ...]) -> tuple[ClosingItem, ...]:
        """Above a count: what blocks, and at least the first; reminders share one line."""
        if not self._quiet or len(items) <= ROOM:
            return items
        return items[: max(1, sum(item.blocking for item in items))]

    def _show_whole(self) -> None:
        self._whole = True
        self._show(self.items or ())

    def _show(self, items: tuple[ClosingItem, ...]) -> None:
        for notice in self.notices():
            self._rows.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        shown = items if self._whole else self._most(items)
        lines = len(shown) + (len(shown) < len(items))
        beside = self._quiet and not self._whole and lines <= ROOM
        ways = QBoxLayout.Direction
        self._rows.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        for item in shown:
            acts = [NoticeAct(text, partial(self.resolve.emit, item, way))
                    for text, way in item.ways]  # fmt: skip
            self._rows.addWidget(
                InlineNotice(
                    item.tone,
                    item.icon,
                    item.title,
                    "" if self._quiet and item.way is not Way.RECOUNT else item.text,
                    acts,
                    closable=False,
                )
            )
        if len(shown) < len(items):
            rest = len(items) - len(shown)
            words = "1 pendiente más" if rest == 1 else f"{rest} pendientes más"
            self._rows.addWidget(
                InlineNotice(
                    "warn",
                    "inbox",
                    f"{words}; no impiden el corte" if rest > 1 else f"{words}; no impide el corte",
                    "",
                    (NoticeAct("Ver", self._show_whole),),
                    closable=False,
                )
            )
        if self._quiet:
            self.setVisible(bool(items))
            return
        known = self.items is not None
        self.judged.emit(not any(item.blocking for item in items))
        self.badge.set_pill(closing_verdict(items) if known else None)
        self.words.setText("Nada impide el corte." if known else "")
        self.words.setVisible(not items)
