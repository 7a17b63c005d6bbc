"""Rows of a CSV file: its encoding, its separator and its quotes found out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

from tehuacan_comercial.domain.refusals import InvalidImport

from .cells import RawRow, RawTable
from .mapping import ColumnMapping
from .texts import fold, tidy

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Spanish letters as Windows-1252 and as the older DOS code page 850 write them.
_WINDOWS = "áéíóúñÑÁÉÍÓÚüÜ¿°º".encode("cp1252")
_DOS = "áéíóúñÑÁÉÍÓÚüÜ¿°º".encode("cp850")
_BLOCK = 1 << 20
_LONGEST_LINE_BREAKS = 5


@contextmanager
def open_csv(path: Path, mapping: ColumnMapping) -> Iterator[RawTable]:
    """The rows of a text file, streamed; the file is closed however the reading ends.

    Raises:
        InvalidImport: the bytes are no text in the encoding, or quotes are left open.
    """
    encoding = mapping.encoding or _encoding(path)
    delimiter = mapping.delimiter or _delimiter(path, encoding, mapping.headers())
    with path.open(encoding=encoding, newline="") as stream:
        yield RawTable(_rows(path, stream, delimiter), ragged_matters=True)


def _encoding(path: Path) -> str:
    with path.open("rb") as stream:
        start = stream.read(_BLOCK)
    for mark, name in _BOMS:
        if start.startswith(mark):
            return name
    if b"\x00" in start:
        raise InvalidImport(str(path), ("El archivo no es de texto (CSV).",))
    return "utf-8" if _is_utf8(path) else _single_byte_page(path)


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            while stream.read(_BLOCK):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _single_byte_page(path: Path) -> str:
    windows = dos = 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            windows += len(block) - len(block.translate(None, _WINDOWS))
            dos += len(block) - len(block.translate(None, _DOS))
    return "cp850" if dos > windows else "cp1252"


def _delimiter(path: Path, encoding: str, headers: frozenset[str]) -> str:
    """The separator that shows most known headers in one row; else the most columns."""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        sample = list(islice(stream, 40))
    announced = tidy(sample[0]).casefold() if sample else ""
    if announced.startswith("sep=") and len(announced) <= 5:
        return announced[4:] or "\t"

    def score(mark: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(sample, delimiter=mark))
        except csv.Error:  # told with its line when the rows are read
            return 0, 0
        known = max((sum(fold(cell) in headers for cell in row) for row in rows), default=0)
        return known, max(map(len, rows), default=0)

    return max((",", ";", "\t", "|"), key=score)


def _rows(path: Path, stream: TextIO, delimiter: str) -> Iterator[RawRow]:
    reader = csv.reader(stream, delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if not (line == 1 and cells and tidy(cells[0]).casefold().startswith("sep=")):
                yield RawRow(line, tuple(_cell(path, line, text) for text in cells))
            line = reader.line_num + 1
    except UnicodeError as error:
        problem = (
            f"El archivo no está en {stream.encoding}; "
            "corrija «codificacion» en la correspondencia."
        )
        raise InvalidImport(str(path), (problem,)) from error
    except csv.Error as error:
        problem = f"Renglón {line}: no se puede leer; revise las comillas."
        raise InvalidImport(str(path), (problem,)) from error


def _cell(path: Path, line: int, text: str) -> str | None:
    if text.count("\n") > _LONGEST_LINE_BREAKS:
        problem = f"Renglón {line}: una celda abre comillas que no se cierran."
        raise InvalidImport(str(path), (problem,))
    return tidy(text) or None
