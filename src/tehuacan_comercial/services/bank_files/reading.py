"""Read a bank's or shop's file whole, or say everything that is wrong with it."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from tehuacan_comercial.domain.check_digits import base10_verifies
from tehuacan_comercial.domain.money import LARGEST, ZERO
from tehuacan_comercial.domain.refusals import InvalidImport
from tehuacan_comercial.services.registry_import.records import Fault

from .layout import CheckKind, FileLayout, ReferenceRule
from .records import BankFile, BankRow, Control

LARGEST_FILE = 64 * 1024 * 1024
_LONGEST_NUMBER = 24
"""Characters of an amount; more is nonsense that need not become a number."""
_PESOS = re.compile(r"-?\$? ?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
_DIGITS = re.compile(r"[0-9]+")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")

Cells = Callable[[str], str]
Progress = Callable[[int, int], None]
"""Hears how many lines of how many were read, from the thread that reads."""
_TOLD_EVERY = 500
"""Lines between two words of progress."""


def _silent(_done: int, _total: int) -> None:
    pass


def read_file(path: Path, layout: FileLayout) -> BankFile:
    """Every row of the file.

    Raises:
        InvalidImport: not text, truncated, or rows that cannot be read; every one is named.
        OSError: it cannot be opened.
    """
    file, faults = examine(path, layout)
    if faults:
        raise InvalidImport(path.name, tuple(sentence(fault) for fault in faults))
    return file


def sentence(fault: Fault) -> str:
    """``Renglón 3: «mil» no es un importe.``: a fault with its place."""
    return f"Renglón {fault.line}: {fault.reason}" if fault.line else fault.reason


def examine(
    path: Path, layout: FileLayout, progress: Progress = _silent
) -> tuple[BankFile, tuple[Fault, ...]]:
    """The rows that can be read and everything that is wrong, in the order of the file.

    Line 0 is the file as a whole.

    Raises:
        InvalidImport: it is empty, too large or no text, so that there is nothing to show of it.
        OSError: it cannot be opened.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise InvalidImport(path.name, ("El archivo pasa de 64 MB.",))
    data = path.read_bytes()
    reader = _Reader(layout, progress)
    if not data.strip():
        raise InvalidImport(path.name, ("El archivo está vacío.",))
    rows, control = reader.read(_decoded(path.name, data, layout.encodings))
    if not rows and not reader.faults:
        reader.complain(0, "El archivo no tiene ningún renglón de movimientos.")
    file = BankFile(path.name, hashlib.sha256(data).hexdigest(), tuple(rows), control)
    return file, tuple(sorted(reader.faults))


def _decoded(name: str, data: bytes, encodings: Sequence[str]) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ("utf-16", *encodings)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _NOT_TEXT.search(text) is None:
            return text.removeprefix("\ufeff")
    tried = ", ".join(encodings)
    raise InvalidImport(name, (f"El archivo no es texto en ninguna de estas formas: {tried}.",))


class _CellError(Exception):
    """A cell that cannot be read: our name of its field, what stands there, the reason."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


class _Reader:
    """One reading: its rows, its control totals and everything that was wrong."""

    def __init__(self, layout: FileLayout, progress: Progress) -> None:
        self._layout, self._progress = layout, progress
        self.faults: list[Fault] = []

    def complain(self, line: int, reason: str, column: str = "", value: str = "") -> None:
        """One more fault."""
        self.faults.append(Fault(line, column, value, reason))

    def read(self, text: str) -> tuple[list[BankRow], Control]:
        """Rows in their order, and the totals of the control row."""
        lines = text.splitlines()
        control = self._control(lines)
        details = self._fixed(lines) if self._layout.fixed else self._csv(text)
        rows = []
        for line, cells in details:
            if line % _TOLD_EVERY == 0:
                self._progress(line, len(lines))
            row = self._row(line, cells)
            if row is not None:
                rows.append(row)
        self._progress(len(lines), len(lines))
        return rows, control

    def _fixed(self, lines: Sequence[str]) -> Iterator[tuple[int, Cells]]:
        needed = max(
            (place[0] + place[1] - 1 for place in self._layout.fields.values()
             if not isinstance(place, str)), default=0,
        )  # fmt: skip
        for number, line in enumerate(lines, start=1):
            if not self._is_detail(number, line):
                continue
            if len(line) < needed:
                reason = f"Está cortado: tiene {len(line)} caracteres de {needed}."
                self.complain(number, reason, "Renglón completo", line)
                continue
            yield number, _slices(line, self._layout.fields)

    def _csv(self, text: str) -> Iterator[tuple[int, Cells]]:
        titles: dict[str, int] = {}
        found = csv.reader(io.StringIO(text), delimiter=self._layout.delimiter, strict=True)
        try:
            for cells in found:
                if not any(cell.strip() for cell in cells):
                    continue
                if not titles:
                    titles = {cell.strip(): place for place, cell in enumerate(cells)}
                    missing = sorted(
                        {str(title) for title in self._layout.fields.values()} - set(titles)
                    )
                    if missing:
                        self.complain(0, f"Faltan las columnas: {', '.join(missing)}.")
                        return
                elif self._is_detail(found.line_num, self._layout.delimiter.join(cells)):
                    if len(cells) != len(titles):
                        reason = f"Tiene {len(cells)} columnas de {len(titles)}."
                        whole = self._layout.delimiter.join(cells)
                        self.complain(found.line_num, reason, "Renglón completo", whole)
                    else:
                        yield found.line_num, _columns(cells, titles, self._layout.fields)
        except csv.Error as error:
            self.complain(found.line_num, f"Desde aquí el archivo no es CSV ({error}).")

    def _is_detail(self, number: int, line: str) -> bool:
        layout = self._layout
        if layout.control and line.startswith(layout.control):
            return False
        if layout.detail:
            return line.startswith(layout.detail)
        return bool(line.strip()) and not (layout.fixed and layout.header and number == 1)

    def _row(self, line: int, cells: Cells) -> BankRow | None:
        try:
            day = self._day(cells("day"))
            amount = self._amount(cells)
        except _CellError as wrong:
            self.complain(line, wrong.reason, self._title(wrong.field), wrong.value)
            return None
        reference = cells("reference")
        account, problem = _account(cells("account") or reference, self._layout.reference)
        return BankRow(
            line, day, amount, reference, cells("folio"), cells("description"), account, problem
        )

    def _day(self, text: str) -> date:
        try:
            return datetime.strptime(text, self._layout.dates).date()  # noqa: DTZ007 - a day only
        except ValueError as error:
            raise _CellError("day", text, f"«{text}» no es una fecha.") from error

    def _amount(self, cells: Cells) -> Decimal:
        if "amount" in self._layout.fields:
            amount, field = self._pesos("amount", cells("amount")), "amount"
        else:
            credit, debit, field = cells("credit"), cells("debit"), "credit"
            amount = (self._pesos("credit", credit) if credit else ZERO) - (
                abs(self._pesos("debit", debit)) if debit else ZERO
            )
        if not amount:
            raise _CellError(field, cells(field), "El importe es cero.")
        return amount

    def _pesos(self, field: str, text: str) -> Decimal:
        places = self._layout.implied_decimals
        pattern = _DIGITS if places else _PESOS
        if pattern.fullmatch(text) is None:
            raise _CellError(field, text, f"«{text}» no es un importe.")
        if len(text) > _LONGEST_NUMBER:
            raise _CellError(field, text, f"«{text}» es demasiado grande.")
        cents = Decimal("0.01")
        if places:
            amount = Decimal(int(text)).scaleb(-places).quantize(cents)
        else:
            amount = Decimal(re.sub("[$, ]", "", text)).quantize(cents)
        if abs(amount) > LARGEST:
            raise _CellError(field, text, f"«{text}» es demasiado grande.")
        return amount

    def _title(self, field: str) -> str:
        """The column as the file has it: its title, or its positions."""
        place = self._layout.fields.get(field, field)
        if isinstance(place, str):
            return place
        return f"Posiciones {place[0]} a {place[0] + place[1] - 1}"

    def _control(self, lines: Sequence[str]) -> Control:
        start = self._layout.control
        if not start:
            return Control()
        number, last = next(
            ((n, line) for n, line in zip(range(len(lines), 0, -1), reversed(lines), strict=True)
             if line.strip()), (0, ""),
        )  # fmt: skip
        if not last.startswith(start):
            self.complain(0, "El archivo está cortado: le falta el renglón de totales.")
            return Control()
        cell = _slices(last, self._layout.control_places)
        try:
            rows = cell("rows")
            return Control(
                self._count(rows) if rows else None,
                *(
                    self._pesos("control", cell(name)) if cell(name) else None
                    for name in ("amount", "credits", "debits")
                ),
            )
        except _CellError as wrong:
            self.complain(number, wrong.reason, "Renglón de totales", wrong.value)
            return Control()

    @staticmethod
    def _count(text: str) -> int:
        if _DIGITS.fullmatch(text) is None or len(text) > _LONGEST_NUMBER:
            raise _CellError("control", text, f"«{text}» no es un número de renglones.")
        return int(text)


def _slices(line: str, places: Mapping[str, object]) -> Cells:
    def cell(name: str) -> str:
        place = places.get(name)
        if not isinstance(place, tuple):
            return ""
        return line[place[0] - 1 : place[0] - 1 + place[1]].strip()

    return cell


def _columns(
    cells: Sequence[str], titles: Mapping[str, int], fields: Mapping[str, object]
) -> Cells:
    def cell(name: str) -> str:
        title = fields.get(name)
        return cells[titles[title]].strip() if isinstance(title, str) else ""

    return cell


def _account(text: str, rule: ReferenceRule | None) -> tuple[str, str]:
    """The account's digits, and what is wrong with the reference, if anything."""
    digits = text.replace("-", "").replace(" ", "")
    if rule is None:
        return (digits if digits.isdecimal() else ""), ""
    right = {
        CheckKind.NONE: lambda: _DIGITS.fullmatch(digits) is not None,
        CheckKind.BASE10: lambda: base10_verifies(digits),
        CheckKind.BASE97: lambda: rule.base97.verifies(digits),
    }[rule.check]()
    if not right:
        return "", "check_digit"
    first, length = rule.account
    return digits[first - 1 : first - 1 + length], ""
