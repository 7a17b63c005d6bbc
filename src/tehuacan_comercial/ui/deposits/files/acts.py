"""Begin an import: ask what there is to choose from, then open the sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget

from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui import prompts
from tehuacan_comercial.ui.deposits.files.intents import (
    FileIntent,
    channel_intent,
    statement_intent,
)
from tehuacan_comercial.ui.deposits.files.sheet import ImportSheet
from tehuacan_comercial.ui.tasks import Tasks


class ImportActs(QObject):
    """Both kinds of files; ``committed`` is called when one was posted."""

    def __init__(
        self,
        page: QWidget,
        desk: Desk,
        tasks: Tasks,
        settings: QSettings,
        committed: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._tasks = page, desk, tasks
        self._settings, self._committed = settings, committed

    def statement(self) -> None:
        """A bank's statement."""
        self._ask(lambda: statement_intent(self._desk, self._desk.home))

    def channel(self) -> None:
        """Payments of a bank or shop."""
        self._ask(lambda: channel_intent(self._desk, self._desk.home))

    def _ask(self, intent: Callable[[], FileIntent]) -> None:
        self._tasks.read("deposits.intent", intent, self._open, self._refused, self)

    def _open(self, intent: FileIntent) -> None:
        prompts.run(ImportSheet(self._page, intent, self._tasks, self._settings, self._committed))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        prompts.show_refusal(self._page, error)
