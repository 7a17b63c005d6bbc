"""The search of accounts: asks as one types, opens the one that is meant (B2)."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.domain.scan import ScannedReceipt, ScannedText, parse_scan
from tehuacan_comercial.services.accounts import SEARCH_LIMIT, AccountsService, SearchHit
from tehuacan_comercial.ui.accounts_banner import METERLESS, state_pill
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.search_box import SearchBox
from tehuacan_comercial.ui.widgets.search_results import SearchResult

TOPIC = "search"
TRY_AGAIN = "Lo que escribió sigue aquí: pulse Enter para buscar otra vez."


class AccountSearch(QObject):
    """Joins the search box to the accounts service.

    ``account_selected(account_id)`` when one is chosen, or when what was scanned or entered names
    exactly one. ``receipt_scanned(code)`` when it was the QR of a receipt, which is to be checked.
    Esc gives the focus back to where it was.
    """

    account_selected = Signal(int)
    receipt_scanned = Signal(str)

    def __init__(
        self,
        box: SearchBox,
        accounts: AccountsService,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent or box)
        self._box, self._accounts, self._tasks = box, accounts, tasks
        self._before: QWidget | None = None
        box.query_changed.connect(self._type)
        box.submitted.connect(self.find)
        box.chosen.connect(self._choose)
        box.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def scan(self, code: str) -> None:
        """A scanner read a code, wherever the focus was."""
        self._box.ask_again()
        self._box.setText(code)
        self.find(code)

    def find(self, text: str) -> None:
        """Open the one account a text names; show the list when there are several or none."""
        if isinstance(parse_scan(text), ScannedReceipt):
            self._box.close_results()
            self.receipt_scanned.emit(text)
        else:
            self._ask(text, opens=True)

    def _type(self, text: str) -> None:
        if text:
            self._ask(text, opens=False)

    def _ask(self, text: str, *, opens: bool) -> None:
        def answer(hits: tuple[SearchHit, ...]) -> None:
            if opens and _names_one(text, hits):
                self._open(hits[0].account_id)
            else:
                self._box.set_results(text, [result_of(hit) for hit in hits], found_note(hits))

        self._tasks.read(
            TOPIC,
            lambda: self._accounts.search(text),
            answer,
            lambda error: self._fail(text, error),
            self,
        )

    def _fail(self, text: str, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        message = message_for(error)
        self._box.set_problem(text, f"{message.title}. {TRY_AGAIN}")

    def _choose(self, value: object) -> None:
        if isinstance(value, int):
            self._open(value)

    def _open(self, account_id: int) -> None:
        self._box.close_results()
        self._before = None
        self.account_selected.emit(account_id)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is self._box and before is not None and before is not self._box:
            self._before = before

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc with no list open goes back to where the person was."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            leaves = event.key() == Qt.Key.Key_Escape and not self._box.popup_visible()
            if leaves and self._before is not None and shiboken6.isValid(self._before):
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)


def result_of(hit: SearchHit) -> SearchResult:
    """A hit as the list shows it; debt only for who may see it."""
    meter = f"Medidor {hit.meter_serial}" if hit.meter_serial else METERLESS
    place = ", ".join(filter(None, (hit.address, hit.neighbourhood)))
    detail = " · ".join(filter(None, (hit.account_number, place, meter)))
    pill = None if hit.state == "active" else state_pill(hit.state)
    debt = "" if hit.debt is None else money(hit.debt)
    return SearchResult(hit.holder_name, detail, debt, "house", pill, hit.account_id)


def found_note(hits: Sequence[SearchHit]) -> str:
    """How many were found, and what to do when there are too many to show."""
    if len(hits) >= SEARCH_LIMIT:
        return f"Más de {SEARCH_LIMIT} cuentas: siga escribiendo para acercarse."
    if not hits:
        return ""
    found = counted(len(hits), "cuenta", "cuentas")
    return f"{found} · ↑ ↓ para elegir, Enter para abrir, Esc para volver"


def _names_one(text: str, hits: Sequence[SearchHit]) -> bool:
    """One hit alone, or the account whose very number was given."""
    if len(hits) == 1:
        return True
    exact = not isinstance(parse_scan(text), ScannedText)
    return exact and bool(hits) and _same_number(text, hits[0].account_number)


def _same_number(text: str, number: str) -> bool:
    return text.replace("'", "-").replace("-", "").strip() == number.replace("-", "")
