"""The station's memory of charges it sent and has no answer for (D5).

Each is flushed to disk before its first try and erased after the answer, so that a station that
dies in between asks again with the same UUID when it starts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tehuacan_comercial.services.records import Record, RecordFile

FILE_NAME = "cobros.diario"


@dataclass(frozen=True, slots=True)
class Intent:
    """A charge that was about to be sent: whose, and the command exactly as sent."""

    username: str
    payload: dict[str, Any]

    @property
    def command_id(self) -> str:
        """The UUID of the command."""
        return str(self.payload["command_id"])


@dataclass(frozen=True, slots=True)
class _Kept:
    """An intent, its place in the file, and its number in the order of writing."""

    record: Record
    number: int
    intent: Intent


class IntentJournal:
    """The intents of a folder; every call is safe against a crash in the middle."""

    def __init__(self, folder: Path) -> None:
        self._file = RecordFile(folder / FILE_NAME)
        self._last: tuple[str, Record] | None = None

    def write(self, intent: Intent) -> bool:
        """Durable before it returns; False when it was there already, from an earlier try."""
        with self._file.alone():  # the second thread of a double click finds the first one's
            kept = self._kept()
            if any(each.intent.command_id == intent.command_id for each in kept):
                return False
            number = 1 + max((each.number for each in kept), default=0)
            beside = [each.record for each in kept]
            self._last = intent.command_id, self._file.add(_body(number, intent), beside)
        return True

    def forget(self, command_id: str) -> None:
        """The answer is known. After a power failure it may be asked once more, which is safe."""
        with self._file.alone():
            last = self._last  # most often the one that was written last: no need to look for it
            if last is not None and last[0] == command_id and self._file.holds(last[1]):
                self._file.erase(last[1])
                return
            for each in self._kept():
                if each.intent.command_id == command_id:
                    self._file.erase(each.record)

    def open_intents(self, username: str) -> tuple[Intent, ...]:
        """What this person sent and has no answer for, oldest first."""
        kept = sorted(self._kept(), key=lambda each: each.number)
        return tuple(each.intent for each in kept if each.intent.username == username)

    def _kept(self) -> list[_Kept]:
        return [_read(record) for record in self._file.read()]


def _body(number: int, intent: Intent) -> bytes:
    content = {"number": number, "username": intent.username, "payload": intent.payload}
    return json.dumps(content).encode()


def _read(record: Record) -> _Kept:
    stored = json.loads(record.body)
    return _Kept(record, int(stored["number"]), Intent(stored["username"], stored["payload"]))
