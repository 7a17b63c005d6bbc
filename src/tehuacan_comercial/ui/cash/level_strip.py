"""The strip on *Cobro* that tells of a drawer near its limit, with the act that empties it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tehuacan_comercial.domain.custody import CashLevel
from tehuacan_comercial.ui.cash_states import level_notice
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeAct


class LevelStrip(QWidget):
    """Hidden until nine tenths of the till's limit; it never stops a charge (H5)."""

    def __init__(self, deliver: QAction) -> None:
        super().__init__()
        self._deliver, self._level = deliver, CashLevel.NONE
        self.notice: InlineNotice | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_level(self, level: CashLevel) -> None:
        """Tell a level once, until it changes."""
        if level is self._level:
            return
        self._level = level
        if self.notice is not None:
            self.notice.dismiss()
            self.notice = None
        said = level_notice(level)
        if said is not None:
            key = self._deliver.shortcut().toString()
            act = NoticeAct(f"{self._deliver.text()} ({key})", self._deliver.trigger,
                            "arrow-right-left")  # fmt: skip
            self.notice = InlineNotice(
                said.tone, said.icon, said.title, said.text, (act,), closable=False
            )
            self._column.addWidget(self.notice)
        self.setVisible(said is not None)
