"""The tables of the page Depósitos, with the acts above each."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from tehuacan_comercial.services.bank_files.service import (
    FileRow,
    LooseLineRow,
    OpenSlipRow,
    UnidentifiedRow,
)
from tehuacan_comercial.services.deposits import BatchRow, SessionMoneyRow
from tehuacan_comercial.ui.deposits.columns import (
    BATCHES,
    FILES,
    LOOSE_LINES,
    OPEN_SLIPS,
    SESSIONS,
    UNIDENTIFIED,
)
from tehuacan_comercial.ui.deposits.part import TablePart

STATEMENT = "Importar archivo del &banco…"
CHANNEL = "Importar &pagos de un canal…"


class DepositTables:
    """One part for each; the page says what their buttons do."""

    def __init__(self, settings: QSettings) -> None:
        self.waiting: TablePart[SessionMoneyRow] = TablePart(
            "Sesiones por depositar", SESSIONS, lambda row: row.session_id,
            "Todo lo cerrado está en algún lote.",
            (("open", "A&brir lote con lo marcado", "plus"),), settings, checkable=True,
        )  # fmt: skip
        self.batches: TablePart[BatchRow] = TablePart(
            "Lotes de depósito", BATCHES, lambda row: row.batch_id, "Todavía no hay lotes.",
            (
                ("count", "C&ontar", "calculator"),
                ("balance", "Cuadrar con &fichas", "scale"),
                ("deposit", "D&epositar", "landmark"),
                ("print_list", "I&mprimir relación", "printer"),
                ("empty", "&Regresar sesiones", "undo-2"),
            ),
            settings,
        )  # fmt: skip
        self.slips: TablePart[OpenSlipRow] = TablePart(
            "Fichas sin conciliar", OPEN_SLIPS, lambda row: row.slip_id,
            "Todas las fichas están en el banco.",
            (("match", "&Conciliar con el abono", "check-check"),), settings,
        )  # fmt: skip
        self.lines: TablePart[LooseLineRow] = TablePart(
            "Abonos del banco sin ficha", LOOSE_LINES, lambda row: row.line_id,
            "Importe el estado de cuenta; lo que no es de una ficha queda aquí.",
            (("import", STATEMENT, "file-search"),), settings,
        )  # fmt: skip
        self.unidentified: TablePart[UnidentifiedRow] = TablePart(
            "Pagos por identificar", UNIDENTIFIED, lambda row: row.unidentified_id,
            "Lo que manda un canal y no es de ninguna cuenta queda aquí.",
            (
                ("assign", "A&signar a una cuenta", "user"),
                ("import", CHANNEL, "file-search"),
            ),
            settings,
        )  # fmt: skip
        self.files: TablePart[FileRow] = TablePart(
            "Archivos importados", FILES, lambda row: (row.kind, row.file_id),
            "Todavía no se importa ningún archivo.",
            (("statement", STATEMENT, "landmark"), ("channel", CHANNEL, "wallet")), settings,
        )  # fmt: skip
