"""The ranges or blocks of a rate: whole m³, from zero, without gap or overlap, open at the end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tehuacan_comercial.domain.rules.table import Table


@dataclass(frozen=True, slots=True)
class Step:
    """From the first to the last m³, both inclusive, a price in pesos."""

    first: int
    last: int | None
    price: Decimal


def read_steps(table: Table, places: int) -> tuple[Step, ...]:
    """The ``steps`` of a rate; prices have so many decimals at most."""
    tables = table.inline_tables("steps")
    steps = tuple(_step(each, places) for each in tables)
    if not steps:
        return ()
    if steps[0].first != 0:
        tables[0].complain(f"el primer rango debe empezar en 0 m³, no en {steps[0].first}")
    for (each, step), (after, next_) in pairwise(zip(tables, steps, strict=True)):
        if each.sound and after.sound:
            _check_joint(after, step, next_)
    if steps[-1].last is not None:
        tables[-1].complain("el último rango no lleva «to»: vale para todo consumo mayor")
    if not all(each.sound for each in tables):
        table.sound = False
    return steps


def _step(table: Table, places: int) -> Step:
    step = Step(table.whole("from"), table.optional_whole("to"), table.number("price", places))
    table.finish()
    if step.last is not None and step.last < step.first:
        table.complain(f"el rango termina en {step.last} m³, antes de empezar en {step.first}")
    return step


def _check_joint(table: Table, before: Step, step: Step) -> None:
    if before.last is None:
        table.complain("el rango anterior no tiene fin («to»), así que este nunca se usaría")
    elif step.first <= before.last:
        table.complain(
            f"se traslapa con el rango anterior: empieza en {step.first} m³ "
            f"y aquel termina en {before.last}"
        )
    elif step.first > before.last + 1:
        table.complain(
            f"hay un hueco: el rango anterior termina en {before.last} m³ "
            f"y este empieza en {step.first}"
        )
