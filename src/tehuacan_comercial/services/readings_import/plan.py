"""The whole reading of a file of readings: rows, faults, reviews, totals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tehuacan_comercial.domain.refusals import InvalidImport
from tehuacan_comercial.services.registry_import.control import digest_of
from tehuacan_comercial.services.registry_import.mapping import ColumnMapping
from tehuacan_comercial.services.registry_import.reading import open_registry
from tehuacan_comercial.services.registry_import.records import Fault
from tehuacan_comercial.services.registry_import.validation import CheckedRow, RowValidator
from tehuacan_comercial.services.registry_import.values import Surroundings

from .checking import ReadingChecker
from .records import FileReading, ReadingPlan, ReadingSheet, ReadingTotals, Review

REVIEW_ABOVE = 100
"""Percent over the usual from which a consumption is looked at; the office may say another."""

_PROGRESS_EVERY = 500


@dataclass
class _Running:
    """What the rows gave so far; both rows of a pair are at fault."""

    validator: RowValidator
    checker: ReadingChecker
    readings: dict[tuple[int, int], FileReading] = field(default_factory=dict)
    held_back: set[tuple[int, int]] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    rows: int = 0
    m3: int = 0

    def take(self, row: CheckedRow) -> None:
        self.rows += 1
        self.faults += row.faults
        if row.faults:
            return
        judged = self.checker.judge(row.raw.line, row.values)
        self.m3 += judged.m3
        self.faults += [self.validator.fault(row.raw, *each) for each in judged.findings]
        if judged.review:
            self.reviews.append(judged.review)
        if judged.reading:
            self._keep(row, judged.reading)

    def _keep(self, row: CheckedRow, reading: FileReading) -> None:
        place = (reading.account_id, reading.segment)
        first = self.readings.setdefault(place, reading)
        if first is reading:
            return
        self.held_back.add(place)
        name, number = "account_number", reading.account_number
        again = f"La cuenta {number} también está en el renglón {first.line}."
        before = f"La cuenta {number} también está en el renglón {reading.line}."
        self.faults.append(self.validator.fault(row.raw, name, again))
        earlier = self.validator.fault(row.raw, name, before)
        self.faults.append(Fault(first.line, earlier.column, number, before, name))

    def clean(self) -> tuple[FileReading, ...]:
        return tuple(
            reading for place, reading in self.readings.items() if place not in self.held_back
        )


def plan_readings(
    path: Path,
    mapping: ColumnMapping,
    sheet: ReadingSheet,
    *,
    review_above: int = REVIEW_ABOVE,
    progress: Callable[[int], None] | None = None,
) -> ReadingPlan:
    """Read and check a whole file; nothing is loaded.

    Raises:
        InvalidImport: the file as a whole cannot be read (single rows at fault are in the plan).
    """
    with open_registry(path, mapping) as source:
        around = Surroundings(_as_wide(mapping, sheet), sheet.period.today, source.epoch)
        validator = RowValidator(source.layout, around, source.ragged_matters, lambda _values: ())
        serial_expected = "meter_serial" in source.layout.columns
        running = _Running(validator, ReadingChecker(sheet, review_above, serial_expected))
        for raw in source.rows:
            running.take(validator.check(raw))
            if progress and running.rows % _PROGRESS_EVERY == 0:
                progress(running.rows)
    if not running.rows:
        raise InvalidImport(str(path), ("El archivo no tiene ninguna lectura bajo el encabezado.",))
    return ReadingPlan(
        path=path,
        digest=digest_of(path),
        period=sheet.period,
        rows=running.clean(),
        faults=tuple(sorted(set(running.faults))),
        reviews=tuple(sorted(running.reviews, key=lambda review: review.line)),
        totals=ReadingTotals(running.rows, running.m3),
        skipped=tuple(source.skipped),
        blank_rows=source.blank_rows,
    )


def _as_wide(mapping: ColumnMapping, sheet: ReadingSheet) -> ColumnMapping:
    """Account numbers may be as long as the registry's own."""
    longest = max((len(meter.account_number) for meter in sheet.meters), default=0)
    return replace(mapping, account_width=max(mapping.account_width, longest))
