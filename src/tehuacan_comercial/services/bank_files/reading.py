"""Read a bank's or shop's file whole, or say everything that is wrong with it."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from tehuacan_comercial.domain.check_digits import base10_verifies
from tehuacan_comercial.domain.money import LARGEST, ZERO, total_of
from tehuacan_comercial.domain.refusals import InvalidImport

from .layout import CheckKind, FileLayout, ReferenceRule

LARGEST_FILE = 64 * 1024 * 1024
_PESOS = re.compile(r"-?\$? ?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
_DIGITS = re.compile(r"[0-9]+")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")

Cells = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class BankRow:
    """One movement or payment; pesos, positive is money in. ``account`` is digits or ''."""

    line: int
    day: date
    amount: Decimal
    reference: str = ""
    folio: str = ""
    description: str = ""
    account: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """Totals that came with the file; None where it has no such total. Pesos."""

    rows: int | None = None
    amount: Decimal | None = None
    credits: Decimal | None = None
    debits: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BankFile:
    """A file as read, with the hash of its bytes."""

    name: str
    sha256: str
    rows: tuple[BankRow, ...]
    control: Control

    @property
    def credits(self) -> Decimal:
        """Money in, pesos."""
        return total_of(row.amount for row in self.rows if row.amount > 0)

    @property
    def debits(self) -> Decimal:
        """Money out, pesos, positive."""
        return total_of(-row.amount for row in self.rows if row.amount < 0)


def read_file(path: Path, layout: FileLayout) -> BankFile:
    """Every row of the file.

    Raises:
        InvalidImport: not text, truncated, or rows that cannot be read; every one is named.
        OSError: it cannot be opened.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise InvalidImport(path.name, ("El archivo pasa de 64 MB.",))
    data = path.read_bytes()
    reader = _Reader(path.name, layout)
    rows, control = reader.read(_decoded(path.name, data, layout.encodings))
    if reader.problems:
        raise InvalidImport(path.name, tuple(reader.problems))
    if not rows:
        raise InvalidImport(path.name, ("El archivo no tiene ningún renglón de movimientos.",))
    return BankFile(path.name, hashlib.sha256(data).hexdigest(), tuple(rows), control)


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


class _Reader:
    """One reading: its rows, its control totals and everything that was wrong."""

    def __init__(self, name: str, layout: FileLayout) -> None:
        self.name = name
        self._layout = layout
        self.problems: list[str] = []

    def read(self, text: str) -> tuple[list[BankRow], Control]:
        """Rows in their order, and the totals of the control row."""
        lines = text.splitlines()
        control = self._control(lines)
        details = self._fixed(lines) if self._layout.fixed else self._csv(text)
        rows = [row for line, cells in details if (row := self._row(line, cells)) is not None]
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
                self.problems.append(
                    f"El renglón {number} está cortado: tiene {len(line)} caracteres de {needed}."
                )
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
                        self.problems.append(f"Faltan las columnas: {', '.join(missing)}.")
                        return
                elif self._is_detail(found.line_num, self._layout.delimiter.join(cells)):
                    if len(cells) != len(titles):
                        self.problems.append(
                            f"El renglón {found.line_num} tiene {len(cells)} columnas de "
                            f"{len(titles)}."
                        )
                    else:
                        yield found.line_num, _columns(cells, titles, self._layout.fields)
        except csv.Error as error:
            self.problems.append(f"El renglón {found.line_num} no es CSV ({error}).")

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
        except ValueError as error:
            self.problems.append(f"Renglón {line}: {error}.")
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
            raise ValueError(f"«{text}» no es una fecha") from error

    def _amount(self, cells: Cells) -> Decimal:
        if "amount" in self._layout.fields:
            amount = self._pesos(cells("amount"))
        else:
            credit, debit = cells("credit"), cells("debit")
            amount = (self._pesos(credit) if credit else ZERO) - (
                abs(self._pesos(debit)) if debit else ZERO
            )
        if not amount:
            raise ValueError("el importe es cero")
        return amount

    def _pesos(self, text: str) -> Decimal:
        places = self._layout.implied_decimals
        if places:
            if _DIGITS.fullmatch(text) is None:
                raise ValueError(f"«{text}» no es un importe")
            amount = Decimal(int(text)).scaleb(-places).quantize(Decimal("0.01"))
        elif _PESOS.fullmatch(text) is None:
            raise ValueError(f"«{text}» no es un importe")
        else:
            amount = Decimal(re.sub("[$, ]", "", text)).quantize(Decimal("0.01"))
        if abs(amount) > LARGEST:
            raise ValueError(f"«{text}» es demasiado grande")
        return amount

    def _control(self, lines: Sequence[str]) -> Control:
        start = self._layout.control
        if not start:
            return Control()
        last = next((line for line in reversed(lines) if line.strip()), "")
        if not last.startswith(start):
            self.problems.append("El archivo está cortado: le falta el renglón de totales.")
            return Control()
        cell = _slices(last, self._layout.control_places)
        try:
            rows = cell("rows")
            return Control(
                int(rows) if rows else None,
                *(
                    self._pesos(cell(name)) if cell(name) else None
                    for name in ("amount", "credits", "debits")
                ),
            )
        except ValueError as error:
            self.problems.append(f"Renglón de totales: {error}.")
            return Control()


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
