"""One of the day's two vouchers: where it stands, its lines, and its acts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.vouchers import KIND_LABELS, SECTION_LABELS, VoucherKind
from tehuacan_comercial.services.vouchers import VoucherDay, VoucherLineRow
from tehuacan_comercial.ui.formats import moment, money
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.vouchers.columns import LINES
from tehuacan_comercial.ui.vouchers.screen import VoucherScreen
from tehuacan_comercial.ui.vouchers.words import state_pill
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.pill import PillBadge
from tehuacan_comercial.ui.widgets.table.view import TableView
from tehuacan_comercial.ui.widgets.text import Label

ACTS = (
    ("issue", "&Emitir", "file-text"),
    ("verify", "&Verificar", "check-check"),
    ("give_back", "&Devolver", "undo-2"),
    ("export", "E&xportar", "file-spreadsheet"),
    ("print_voucher", "I&mprimir póliza", "printer"),
    ("print_sheet", "Imprimir &hoja", "printer"),
)
"""Name in VoucherScreen, words with their mnemonic, icon."""


class VoucherPart(QWidget):
    """``act_requested`` carries the name of an act, ``line_opened`` a row of the voucher."""

    act_requested = Signal(str)
    line_opened = Signal(object)
    export_requested = Signal(object)

    def __init__(self, kind: VoucherKind, settings: QSettings) -> None:
        super().__init__()
        self.kind = kind
        self.card, self.badge = Card(KIND_LABELS[kind], padded=False), PillBadge()
        self.note, self.made = Label("", 13).wrapped(), Label("", 12, 400, "soft").wrapped()
        self.buttons = {name: KeyButton(text, icon) for name, text, icon in ACTS}
        self.table: TableView[VoucherLineRow] = TableView(
            KIND_LABELS[kind],
            LINES,
            lambda row: row.line,
            group=lambda row: row.section,
            empty=EmptyState("file-text", "Sin renglones", "El día no tiene qué registrar aquí."),
            settings=settings,
        )
        self._lay_out()
        self.table.row_activated.connect(self.line_opened)
        self.table.export_requested.connect(self.export_requested)

    def show_day(self, day: VoucherDay, screen: VoucherScreen) -> None:
        """The newest version of the day, and what may be done with it."""
        row = screen.row
        lines = day.lines.get(row.voucher_id, ()) if row else ()
        self.badge.set_pill(state_pill(row.state) if row else None)
        self.card.title.setText(f"{KIND_LABELS[self.kind]} {row.folio}" if row else
                                KIND_LABELS[self.kind])  # fmt: skip
        self.note.setText(screen.note)
        self.made.setText(
            f"Elaboró {row.issued_by_name} el {moment(row.issued_at)} · versión {row.version}"
            + _sums(lines)
            + (f" · {row.note}" if row.note else "")
            if row
            else ""
        )
        self.made.setVisible(row is not None)
        self.table.set_rows(lines)
        self.allow(screen)

    def allow(self, screen: VoucherScreen | None) -> None:
        """Buttons of what is possible; None while an act is under way."""
        for name, button in self.buttons.items():
            button.setEnabled(screen is not None and bool(getattr(screen, name)))

    def _lay_out(self) -> None:
        px, column, acts, told = theme().px, QVBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, name=name: self.act_requested.emit(name))
            acts.addWidget(button)
        acts.addStretch(1)
        acts.setSpacing(px(8))
        excel = KeyButton("Ta&bla a Excel", "file-spreadsheet", kind=Kind.GHOST)
        excel.clicked.connect(self.table.request_export)
        self.card.add_tool(self.badge)
        self.card.add_tool(excel)
        told.setContentsMargins(px(16), 0, px(16), px(10))
        told.setSpacing(px(2))
        told.addWidget(self.note)
        told.addWidget(self.made)
        self.card.body.addLayout(told)
        self.card.body.addWidget(self.table, 1)
        column.addLayout(acts)
        column.addWidget(self.card, 1)


def _sums(lines: Sequence[VoucherLineRow]) -> str:
    """Charges of each section, which its credits equal: `` · contable $918.40``."""
    told = ""
    for section, label in SECTION_LABELS.items():
        pesos = sum((line.debit for line in lines if line.section == section), ZERO)
        told += f" · {label.lower()} {money(pesos)}" if pesos else ""
    return told
