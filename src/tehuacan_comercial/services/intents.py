"""The station's memory of charges it sent and has no answer for (D5).

A file a charge, written and flushed to disk before the first try and removed after the answer, so
that a station that dies in between asks again with the same UUID when it starts.
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

_writing = threading.Lock()
"""A double click is two threads of this process; the second must find the first one's file."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A charge that was about to be sent: whose, and the command exactly as sent."""

    username: str
    payload: dict[str, Any]

    @property
    def command_id(self) -> str:
        """The UUID of the command."""
        return str(self.payload["command_id"])


class IntentJournal:
    """A folder of intents; every call is safe against a crash in the middle."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, intent: Intent) -> bool:
        """Durable before it returns; False when it was there already, from an earlier try."""
        self._folder.mkdir(parents=True, exist_ok=True)
        final = self._path(intent.command_id)
        with _writing:
            if final.exists():
                return False
            self._durable(intent).replace(final)
            self._sync_folder()
        return True

    def forget(self, command_id: str) -> None:
        """The answer is known."""
        self._path(command_id).unlink(missing_ok=True)

    def open_intents(self, username: str) -> tuple[Intent, ...]:
        """What this person sent and has no answer for, oldest first."""
        found = [self._read(path) for path in self._files()]
        return tuple(intent for intent in found if intent and intent.username == username)

    def _files(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return sorted(self._folder.glob("*.json"), key=_written_at)

    def _read(self, path: Path) -> Intent | None:
        """None for a file that is not ours (it is left alone), or that was forgotten meanwhile."""
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            return Intent(str(stored["username"]), dict(stored["payload"]))
        except (ValueError, KeyError, TypeError, FileNotFoundError):
            return None

    def _durable(self, intent: Intent) -> Path:
        """The whole intent on disk, under a name that nobody reads yet and nobody else writes."""
        content = {"username": intent.username, "payload": intent.payload}
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=self._folder, suffix=".new", delete=False
        ) as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        return Path(file.name)

    def _path(self, command_id: str) -> Path:
        return self._folder / f"{command_id}.json"

    def _sync_folder(self) -> None:
        """The new name is on disk too (Windows writes it through by itself)."""
        if os.name == "nt":
            return
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _written_at(path: Path) -> int:
    """Nanoseconds; 0 for a file that another window of this station just removed."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
