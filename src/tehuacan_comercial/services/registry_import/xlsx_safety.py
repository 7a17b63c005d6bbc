"""A workbook's package looked at before it is opened: size, formulas without result, merges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from tehuacan_comercial.domain.refusals import InvalidImport

LARGEST_SHEET = 1_500_000_000
LARGEST_STRINGS = 200_000_000
LARGEST_RATIO = 400
"""Unpacked bytes, and unpacked to packed; Excel's own sheets stay below 40."""
_SMALL = 20_000_000
_BLOCK = 1 << 20
_OVERLAP = 1 << 13
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNCACHED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?![^>]*t="str")[^>]*>'
    rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>"
)
_FAR = re.compile(rb'<c r="[A-Z]{4,}')


@dataclass(frozen=True)
class SheetMarks:
    """What a sheet's XML says that a cell reader does not: (row, column) from 1 and from 0."""

    merged_down: frozenset[tuple[int, int]]
    uncached: frozenset[tuple[int, int]]


def check_package(path: Path, package: ZipFile) -> None:
    """Refuse a package that is no workbook, or would unpack to more than a registry needs.

    Raises:
        InvalidImport: with the reason in Spanish.
    """
    names = {info.filename for info in package.infolist()}
    if "xl/workbook.xml" not in names:
        kind = "una hoja de LibreOffice (.ods)" if "content.xml" in names else "otra cosa"
        raise InvalidImport(str(path), (f"No es un libro .xlsx: es {kind}. Guárdelo como .xlsx.",))
    for info in package.infolist():
        limit = LARGEST_SHEET if "/worksheets/" in info.filename else LARGEST_STRINGS
        swollen = info.file_size > max(_SMALL, LARGEST_RATIO * info.compress_size)
        if info.file_size > limit or swollen:
            problem = "El libro crece demasiado al abrirse; copie sólo los datos a un libro nuevo."
            raise InvalidImport(str(path), (problem,))
        if info.filename.endswith(".xml") and b"<!DOCTYPE" in _head(package, info.filename):
            raise InvalidImport(str(path), ("El libro trae definiciones que Excel nunca escribe.",))


def _head(package: ZipFile, name: str) -> bytes:
    with package.open(name) as stream:
        return stream.read(2048)


def sheet_marks(path: Path, package: ZipFile, sheet: str) -> SheetMarks:
    """Merged cells and formulas without a saved result, in one pass over the sheet's XML.

    Raises:
        InvalidImport: a cell lies beyond what Excel has.
    """
    merged: set[tuple[int, int]] = set()
    uncached: set[tuple[int, int]] = set()
    for text in _windows(package, sheet):
        if _FAR.search(text):
            raise InvalidImport(str(path), ("El libro tiene celdas fuera de lo que Excel admite.",))
        for column, row in _UNCACHED.findall(text):
            uncached.add((int(row), column_index(column.decode())))
        for left, top, _, bottom in _MERGE.findall(text):
            rows = range(int(top) + 1, min(int(bottom), int(top) + 20_000) + 1)
            merged.update((row, column_index(left.decode())) for row in rows)
    return SheetMarks(frozenset(merged), frozenset(uncached))


def _windows(package: ZipFile, name: str) -> Iterator[bytes]:
    """The sheet's bytes in blocks that overlap, so that no tag is cut in all of them."""
    tail = b""
    with package.open(name) as stream:
        while block := stream.read(_BLOCK):
            yield tail + block
            tail = (tail + block)[-_OVERLAP:]


def column_index(letters: str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letter(index: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
