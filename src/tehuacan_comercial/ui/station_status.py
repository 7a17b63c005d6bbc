"""The foot of the window tells the truth about server, printer and session (P1)."""

from __future__ import annotations

from PySide6.QtCore import QObject

from tehuacan_comercial.domain.lifecycles import CASH_SESSION, CashSessionState
from tehuacan_comercial.services.cash import SessionRow
from tehuacan_comercial.ui.main_window import MainWindow
from tehuacan_comercial.ui.news import NewsFeed
from tehuacan_comercial.ui.printing.printers import FOLDER_PRINTER
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.widgets.notices import InlineNotice, NoticeAct


class StationStatus(QObject):
    """Keeps the status items up to date; pressing one does what its words suggest."""

    def __init__(
        self,
        window: MainWindow,
        feed: NewsFeed,
        tray: PrintTray,
        printer: str,
        *,
        embedded: bool,
    ) -> None:
        super().__init__(window)
        self._window, self._feed, self._tray, self._printer = window, feed, tray, printer
        self._reached_words = "Base local conectada" if embedded else "Servidor conectado"
        self._notice: InlineNotice | None = None
        feed.reached.connect(self._reached)
        feed.lost.connect(self._lost)
        tray.changed.connect(self._show_printer)
        window.server_item.clicked.connect(feed.poll)
        window.printer_item.clicked.connect(window.actions_table["print.tray"].trigger)
        window.session_item.clicked.connect(window.actions_table["section.cash"].trigger)
        self._show_printer()

    def show_session(self, session: SessionRow | None) -> None:
        """Which session is one's own, and since when."""
        item = self._window.session_item
        if session is None:
            item.say("Sin sesión de caja")
            return
        state = CASH_SESSION.labels[CashSessionState(session.state)].lower()
        item.say(f"Sesión {session.folio} {state} {session.opened_at:%H:%M}")

    def _reached(self) -> None:
        self._window.server_item.say(self._reached_words, "ok", "database")
        if self._notice is not None:
            notice, self._notice = self._notice, None
            notice.dismiss()

    def _lost(self, _error: object) -> None:
        self._window.server_item.say(
            "Sin conexión", "danger", "unplug", "Pulse para intentarlo ahora."
        )
        if self._notice is None:
            self._notice = self._window.notices.tell(
                "danger",
                "unplug",
                "No hay conexión con la base de datos",
                "Lo registrado está a salvo. Mientras tanto no se puede cobrar; "
                "el programa vuelve a intentarlo solo.",
                (NoticeAct("Reintentar", self._feed.poll, "refresh-cw"),),
            )
            self._notice.closed.connect(self._forget)

    def _forget(self) -> None:
        self._notice = None

    def _show_printer(self) -> None:
        waiting = self._tray.waiting()
        if waiting:
            word = "hoja" if waiting == 1 else "hojas"
            self._window.printer_item.say(f"{waiting} {word} por imprimir", "warn", "printer")
            return
        name = "PDF en carpeta" if self._printer == FOLDER_PRINTER else self._printer
        self._window.printer_item.say(f"{name} lista", "ok", "printer")
