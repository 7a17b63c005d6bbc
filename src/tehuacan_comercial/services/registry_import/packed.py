"""Many registry rows kept small: packed in chunks, unpacked as they are walked."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator
from typing import cast

from .records import RegistryRow

_CHUNK = 512


class PackedRows:
    """Rows in file order, some 100 bytes each; may be walked any number of times.

    A registry of 100,000 accounts would take some 200 MB as objects.
    """

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._open: list[RegistryRow] = []
        self._lines: set[int] = set()

    def add(self, row: RegistryRow) -> None:
        """Take one row."""
        self._open.append(row)
        self._lines.add(row.line)
        if len(self._open) == _CHUNK:
            self._chunks.append(zlib.compress(pickle.dumps(self._open), 1))
            self._open = []

    def hold_back(self, line: int) -> None:
        """Leave out a row, if it had been taken, because a later one repeats it."""
        self._lines.discard(line)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[RegistryRow]:
        for chunk in self._chunks:
            # These bytes were made above, in this process; nothing foreign is unpickled.
            rows = pickle.loads(zlib.decompress(chunk))  # noqa: S301
            yield from self._kept(cast("list[RegistryRow]", rows))
        yield from self._kept(self._open)

    def _kept(self, rows: list[RegistryRow]) -> Iterator[RegistryRow]:
        return (row for row in rows if row.line in self._lines)
