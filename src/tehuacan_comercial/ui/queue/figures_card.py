"""What the last days say: waits, attentions, who left, by procedure, desk, hour or person (A10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.services.queue import QueueFigures, QueueService
from tehuacan_comercial.ui import prompts, spreadsheet
from tehuacan_comercial.ui.formats import DASH
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.segmented import Segment, Segmented
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.view import TableView

GROUPS = (
    Segment("procedure", "Trámite"),
    Segment("desk", "Ventanilla"),
    Segment("hour", "Hora"),
    Segment("staff", "Persona"),
)
SPANS = (("Hoy", 0), ("7 días", 6), ("30 días", 29))
"""What is offered, and how many days before today it begins."""


def minutes(value: Decimal | None) -> str:
    """``12.5``; a dash where nobody was attended."""
    return DASH if value is None else f"{value:.1f}"


def share(row: QueueFigures) -> str:
    """``84 %`` of those attended waited no longer than their target."""
    return f"{100 * row.in_time / row.attended:.0f} %" if row.attended else DASH


def _minutes(header: str, read: Callable[[QueueFigures], Decimal | None]) -> Column[QueueFigures]:
    return Column(
        header,
        lambda row: minutes(read(row)),
        sort_key=read,
        value=read,
        align="right",
        width=112,
    )


def _count(header: str, read: Callable[[QueueFigures], int]) -> Column[QueueFigures]:
    return Column(
        header,
        lambda row: str(read(row)),
        sort_key=read,
        value=read,
        align="right",
        soft=True,
        width=90,
    )


FIGURES: tuple[Column[QueueFigures], ...] = (
    Column("Grupo", lambda row: row.group or "Nadie lo llamó", weight=600, width=246),
    _count("Pedidos", lambda row: row.asked),
    _count("Atendidos", lambda row: row.attended),
    Column(
        "En meta",
        share,
        sort_key=lambda row: row.in_time / row.attended if row.attended else None,
        value=share,
        align="right",
    ),
    _minutes("Espera 50 %", lambda row: row.wait_half),
    _minutes("Espera 90 %", lambda row: row.wait_most),
    _minutes("Atención 50 %", lambda row: row.service_half),
    _minutes("Atención 90 %", lambda row: row.service_most),
    _count("Ausentes", lambda row: row.no_show),
    _count("Se fueron", lambda row: row.abandoned),
    Column(
        "Fuera de orden", lambda row: str(row.chosen), sort_key=lambda row: row.chosen,
        value=lambda row: row.chosen, align="right", soft=True, optional=True,
    ),
)  # fmt: skip


class FiguresCard(Card):
    """Reads when it is shown, and when another group or span is chosen."""

    def __init__(
        self,
        service: QueueService,
        tasks: Tasks,
        today: Callable[[], date],
        settings: QSettings,
    ) -> None:
        super().__init__("Cómo va la fila", padded=False)
        self._service, self._tasks, self._today = service, tasks, today
        self.groups, self.span = Segmented(GROUPS, "Por qué se agrupa"), QComboBox()
        for text, days in SPANS:
            self.span.addItem(text, days)
        self.span.setAccessibleName("Días que se cuentan")
        self.table: TableView[QueueFigures] = TableView(
            "Estadísticas de la fila", FIGURES, lambda row: row.group,
            empty=EmptyState("chart-column", "Sin turnos en esos días"), settings=settings,
        )  # fmt: skip
        self.table.export_requested.connect(lambda sheet: spreadsheet.export(self, tasks, sheet))
        self.set_note("tiempos en minutos")
        self._lay_out()
        self.groups.chosen.connect(lambda _name: self.reload())
        self.span.currentIndexChanged.connect(lambda _at: self.reload())

    def reload(self) -> None:
        """Ask for the figures of the chosen group and days."""
        last = self._today()
        first = last - timedelta(days=int(self.span.currentData()))
        group = self.groups.current()
        self._tasks.read(
            "queue.figures",
            lambda: self._service.statistics(group, first, last),
            self.table.set_rows,
            self._failed,
            self,
        )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, TroubleRefusal):
            return  # a lost line is told at the foot
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self, error)

    def _lay_out(self) -> None:
        px, head = theme().px, QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(px(16), 0, px(16), px(10))
        row.setSpacing(px(10))
        row.addWidget(self.groups)
        row.addWidget(self.span, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        excel = KeyButton("E&xcel", "file-spreadsheet", kind=Kind.GHOST)
        excel.clicked.connect(self.table.request_export)
        self.add_tool(excel)
        self.body.addWidget(head)
        self.body.addWidget(self.table, 1)
