"""What checking a file of readings gives: clean rows, faults, and what somebody should look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tehuacan_comercial.data.queries.readings import AnomalyRow, MeterRow, ReadingPeriodRow
from tehuacan_comercial.services.registry_import.records import Fault, Skipped


@dataclass(frozen=True, slots=True)
class ReadingSheet:
    """What the office knows of the period that is read."""

    period: ReadingPeriodRow
    meters: tuple[MeterRow, ...]
    anomalies: tuple[AnomalyRow, ...]


@dataclass(frozen=True, slots=True)
class FileReading:
    """A clean row; *m3* is None where nothing was read and the consumption will be estimated."""

    line: int
    account_id: int
    account_number: str
    segment: int
    serial: str | None
    value: int | None
    anomaly: str | None
    read_on: date
    m3: int | None


@dataclass(frozen=True, slots=True, order=True)
class Review:
    """A row that is taken and that somebody should look at; whole m³."""

    line: int
    account_number: str
    serial: str
    previous: int
    value: int
    m3: int
    average: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ReadingTotals:
    """Rows, and the m³ between their readings and the ones before."""

    rows: int
    m3: int


@dataclass(frozen=True)
class ReadingPlan:
    """What would be loaded; ``totals`` are of the whole file, as far as it can be read."""

    path: Path
    digest: str
    period: ReadingPeriodRow
    rows: tuple[FileReading, ...]
    faults: tuple[Fault, ...]
    reviews: tuple[Review, ...]
    totals: ReadingTotals
    skipped: tuple[Skipped, ...]
    blank_rows: int

    @property
    def loadable(self) -> ReadingTotals:
        """Totals of the clean rows."""
        return ReadingTotals(len(self.rows), sum(row.m3 or 0 for row in self.rows))

    @property
    def faulty_lines(self) -> int:
        """How many rows have at least one fault."""
        return len({fault.line for fault in self.faults})


@dataclass(frozen=True, slots=True)
class LoadedReadings:
    """What was loaded; *repeated* when the same file had been, and then by whom and when."""

    rows: int
    m3: int
    repeated: bool = False
    by: str = ""
    at: str = ""
