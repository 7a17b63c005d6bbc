"""A raw row made a registry row, or all the faults that keep it from being one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, cast

from .cells import Cell, RawRow, as_text
from .cross_rules import findings
from .fields import FieldSpec
from .identity import BadValueError
from .layout import Layout
from .records import Fault, Reference, RegistryRow
from .texts import fold
from .values import Surroundings, Value, read_value

_SHOWN = 200
_ROW_FIELDS = tuple(f.name for f in fields(RegistryRow) if f.name != "line")


CrossRules = Callable[[Mapping[str, Value]], Iterable[tuple[str, str]]]
"""Rules between the values of a row: field and Spanish reason of each that is broken."""


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row after its checks. ``values`` lacks the cells at fault; ``faults`` are all of them."""

    raw: RawRow
    values: Mapping[str, Value]
    faults: tuple[Fault, ...]

    def amount(self, name: str) -> Decimal | None:
        """The pesos of a money field: 0 when empty, None when unreadable."""
        value = self.values.get(name, "")
        return None if value == "" else cast("Decimal | None", value) or Decimal("0.00")

    def registry_row(self) -> RegistryRow:
        """The clean row; only to be asked for when there are no faults."""
        values = {name: self.values.get(name) for name in _ROW_FIELDS}
        for name in ("opening_balance", "credit_balance"):
            values[name] = values[name] or Decimal("0.00")
        values["holder_kind"] = values["holder_kind"] or _kind_by_rfc(values["rfc"])
        return RegistryRow(line=self.raw.line, **cast("dict[str, Any]", values))


class RowValidator:
    """Checks rows one by one against the rules that need no other row."""

    def __init__(
        self,
        layout: Layout,
        around: Surroundings,
        ragged_matters: bool,
        cross_rules: CrossRules = findings,
    ) -> None:
        self._layout = layout
        self._cross_rules = cross_rules
        self._around = around
        self._ragged_matters = ragged_matters
        self._constant_values: dict[str, Value] = {}

    def check(self, row: RawRow) -> CheckedRow:
        """All values and all faults of a row."""
        values: dict[str, Value] = {}
        faults: list[Fault] = self._ragged(row)
        for spec in self._layout.fields.specs:
            cell = self._cell(row, spec)
            try:
                values[spec.name] = self._value(spec, cell)
            except BadValueError as error:
                faults.append(self.fault(row, spec.name, str(error), as_text(cell)))
        faults += [self.fault(row, name, reason) for name, reason in self._cross_rules(values)]
        return CheckedRow(row, values, tuple(faults))

    def fault(self, row: RawRow, name: str, reason: str, shown: str | None = None) -> Fault:
        """A fault in the cell of a field."""
        index = self._layout.columns.get(name)
        cell = None if index is None else row.cell(index)
        value = as_text(cell) if shown is None else shown
        return Fault(row.line, self._layout.column_name(name), value[:_SHOWN], reason, name)

    def _cell(self, row: RawRow, spec: FieldSpec) -> Cell:
        index = self._layout.columns.get(spec.name)
        cell = None if index is None else row.cell(index)
        return self._around.mapping.constants.get(spec.name) if cell is None else cell

    def _value(self, spec: FieldSpec, cell: Cell) -> Value:
        if cell is None:
            if spec.required:
                raise BadValueError(f"Falta: {spec.label}.")
            return None
        if cell is self._around.mapping.constants.get(spec.name):
            return self._constant(spec, cell)
        return read_value(spec, cell, self._around)

    def _constant(self, spec: FieldSpec, cell: Cell) -> Value:
        """The same for every row, so it is read once."""
        if spec.name not in self._constant_values:
            self._constant_values[spec.name] = read_value(spec, cell, self._around)
        return self._constant_values[spec.name]

    def _ragged(self, row: RawRow) -> list[Fault]:
        width = len(self._layout.titles)
        beyond = [as_text(cell) for cell in row.cells[width:] if cell is not None]
        if not (self._ragged_matters and beyond):
            return []
        reason = "El renglón tiene más columnas que el encabezado: hay un separador sin comillas."
        return [Fault(row.line, "(todo el renglón)", " ".join(beyond)[:_SHOWN], reason)]


def known_neighbourhoods(reference: Reference) -> dict[str, str] | None:
    """Folded name → name, or None when any neighbourhood is accepted."""
    if reference.neighbourhoods is None:
        return None
    return {fold(name): name for name in reference.neighbourhoods}


def _kind_by_rfc(rfc: Value) -> str:
    return "company" if isinstance(rfc, str) and len(rfc) == 12 else "person"
