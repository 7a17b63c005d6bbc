"""The whole reading of a registry file: rows, faults, and totals that must be the expected ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from tehuacan_comercial.domain.refusals import InvalidImport

from .duplicates import Duplicates
from .mapping import ColumnMapping
from .packed import PackedRows
from .reading import RegistrySource, open_registry
from .records import Fault, Reference, Skipped
from .validation import CheckedRow, RowValidator, known_neighbourhoods
from .values import Surroundings

MOST_FAULTS = 200_000
_PROGRESS_EVERY = 500


@dataclass(frozen=True)
class ControlTotals:
    """Number of accounts, and pesos owed and in favour."""

    rows: int
    opening_balance: Decimal = Decimal("0.00")
    credit_balance: Decimal = Decimal("0.00")


@dataclass(frozen=True)
class ImportPlan:
    """What would be loaded. ``rows`` are the clean ones, in file order, as often as asked.

    ``totals`` are of every account in the file, good or bad, as far as amounts can be read
    (``unread_amounts`` counts those that cannot); ``loadable`` of the clean rows only.
    ``digest`` is the SHA-256 of the file.
    """

    path: Path
    digest: str
    rows: PackedRows
    faults: tuple[Fault, ...]
    totals: ControlTotals
    loadable: ControlTotals
    unread_amounts: int
    skipped: tuple[Skipped, ...]
    blank_rows: int

    @property
    def faulty_lines(self) -> int:
        """How many rows have at least one fault."""
        return len({fault.line for fault in self.faults})


@dataclass
class _Running:
    """Sums and faults while the rows go by."""

    packed: PackedRows = field(default_factory=PackedRows)
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0
    sums: dict[str, Decimal] = field(
        default_factory=lambda: {n: Decimal("0.00") for n in ("opening_balance", "credit_balance")}
    )
    unread: int = 0

    def take(self, row: CheckedRow, repeated: list[Fault]) -> None:
        self.rows += 1
        for name in self.sums:
            amount = row.amount(name)
            self.unread += amount is None
            self.sums[name] += amount or 0
        self.faults += [*row.faults, *repeated]
        if not row.faults:
            self.packed.add(row.registry_row())
        for fault in repeated:
            self.packed.hold_back(fault.line)

    def totals(self) -> ControlTotals:
        return ControlTotals(self.rows, self.sums["opening_balance"], self.sums["credit_balance"])


def plan_import(
    path: Path,
    mapping: ColumnMapping,
    reference: Reference,
    *,
    today: date,
    progress: Callable[[int], None] | None = None,
) -> ImportPlan:
    """Read and check a whole file; nothing is loaded. ``progress`` hears the rows read so far.

    Raises:
        InvalidImport: the file as a whole cannot be read (single rows at fault are in the plan).
    """
    running = _Running()
    with open_registry(path, mapping) as source:
        around = Surroundings(mapping, today, source.epoch, known_neighbourhoods(reference))
        validator = RowValidator(source.layout, around, source.ragged_matters)
        watch = Duplicates(validator, reference, source.layout.columns["account_number"])
        for raw in source.rows:
            row = validator.check(raw)
            running.take(row, list(watch.check(row)))
            _keep_sane(path, running)
            if progress and running.rows % _PROGRESS_EVERY == 0:
                progress(running.rows)
    if not running.rows:
        raise InvalidImport(str(path), ("El archivo no tiene ninguna cuenta bajo el encabezado.",))
    return _plan(path, running, source)


def _keep_sane(path: Path, running: _Running) -> None:
    if len(running.faults) > MOST_FAULTS:
        problem = "Casi todos los renglones tienen fallas; revise la correspondencia de columnas."
        raise InvalidImport(str(path), (problem, *_examples(running.faults)))


def _plan(path: Path, running: _Running, source: RegistrySource) -> ImportPlan:
    faults = tuple(sorted(set(running.faults)))
    return ImportPlan(
        path=path,
        digest=digest_of(path),
        rows=running.packed,
        faults=faults,
        totals=running.totals(),
        loadable=_sum(running.packed),
        unread_amounts=running.unread,
        skipped=tuple(source.skipped),
        blank_rows=source.blank_rows,
    )


def _sum(rows: PackedRows) -> ControlTotals:
    owed = credit = Decimal("0.00")
    for row in rows:
        owed, credit = owed + row.opening_balance, credit + row.credit_balance
    return ControlTotals(len(rows), owed, credit)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def require_totals(plan: ImportPlan, expected: ControlTotals) -> None:
    """Compare what the file holds with what the old system said.

    Raises:
        InvalidImport: any of the three differs; each difference is told.
    """
    problems = [
        _difference(label, asked, found)
        for label, asked, found in (
            ("Cuentas", Decimal(expected.rows), Decimal(plan.totals.rows)),
            ("Saldo inicial", expected.opening_balance, plan.totals.opening_balance),
            ("Saldo a favor", expected.credit_balance, plan.totals.credit_balance),
        )
        if asked != found
    ]
    if problems and plan.unread_amounts:
        problems.append(f"Importes que no se pudieron leer: {plan.unread_amounts}.")
    if problems:
        raise InvalidImport(str(plan.path), tuple(problems))


def _difference(label: str, asked: Decimal, found: Decimal) -> str:
    form = ",.0f" if label == "Cuentas" else ",.2f"
    return (
        f"{label}: se esperaba {asked:{form}} y el archivo tiene {found:{form}}"
        f" (diferencia {found - asked:{form}})."
    )


def require_faultless(plan: ImportPlan) -> None:
    """Demand that every row is clean.

    Raises:
        InvalidImport: with the number of rows at fault and the first of them.
    """
    if plan.faults:
        problem = f"Renglones con fallas: {plan.faulty_lines}. No se cargó nada."
        raise InvalidImport(str(plan.path), (problem, *_examples(plan.faults)))


def _examples(faults: tuple[Fault, ...] | list[Fault]) -> list[str]:
    return [f"Renglón {f.line}, {f.column}: {f.reason}" for f in faults[:5]]
