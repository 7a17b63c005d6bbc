"""Counts and closings as values: the float that was found, the three figures of each tender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.domain.cash import ClosingLine
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.tendering import TENDER_LABELS
from tehuacan_comercial.services.cash import TillRow
from tehuacan_comercial.ui.cash_states import difference_pill
from tehuacan_comercial.ui.formats import figure, money
from tehuacan_comercial.ui.widgets.table.column import Column


def ordered_tills(tills: Sequence[TillRow], station: str, preferred: str) -> tuple[TillRow, ...]:
    """Tills in use: this station's profile first, then the station's others, then the rest."""

    def place(till: TillRow) -> tuple[bool, bool, str]:
        return till.code != preferred, till.station != station, till.code

    return tuple(sorted((till for till in tills if till.active), key=place))


def float_sentence(expected: Decimal, counted: Decimal) -> str:
    """What the count of the float found against what the till should hold; pesos."""
    difference = counted - expected
    if not difference:
        return f"El fondo está completo: {money(counted)}."
    word = "Sobran" if difference > 0 else "Faltan"
    return (
        f"El fondo de esta caja es de {money(expected)} y contó {money(counted)}."
        f" {word} {money(abs(difference))}; la diferencia queda asentada en la sesión."
    )


def closing_sentence(lines: Sequence[ClosingLine]) -> str:
    """How the closing ended, in words."""
    total = sum((line.difference for line in lines), ZERO)
    if all(line.difference == 0 for line in lines):
        return "La caja cuadra en todas las formas de pago."
    if total == 0:
        return "El total cuadra, pero hay diferencias entre formas de pago."
    word = "un sobrante" if total > 0 else "un faltante"
    return f"La sesión cierra con {word} de {money(abs(total))}; queda asentado en el corte."


@dataclass(frozen=True)
class SignedCount:
    """What the cashier declares: pieces of cash, sums of the other proofs, a note. Pesos."""

    pieces: Mapping[Decimal, int]
    cash: Decimal
    card: Decimal
    transfer: Decimal
    cheque: Decimal
    note: str

    @property
    def total(self) -> Decimal:
        """Everything declared."""
        return self.cash + self.card + self.transfer + self.cheque


def signing_question(count: SignedCount, held_sales: int) -> str:
    """What is about to be signed."""
    said = (
        f"Declara {money(count.cash)} en efectivo y {money(count.total - count.cash)} en otras"
        " formas de pago. Al firmar, la sesión se cierra y el conteo ya no cambia."
    )
    if held_sales:
        word = (
            "cobro en espera, que se descarta"
            if held_sales == 1
            else ("cobros en espera, que se descartan")
        )
        said += f" Hay {held_sales} {word}; sus cargos siguen pendientes en las cuentas."
    return said


CLOSING_COLUMNS: tuple[Column[ClosingLine], ...] = (
    Column("Forma de pago", lambda line: TENDER_LABELS[line.tender], weight=600, stretch=True),
    Column(
        "Esperado",
        lambda line: figure(line.expected),
        align="right",
        value=lambda line: line.expected,
        width=115,
    ),
    Column(
        "Declarado",
        lambda line: figure(line.declared),
        align="right",
        value=lambda line: line.declared,
        width=115,
    ),
    Column(
        "Diferencia",
        lambda line: figure(line.difference),
        align="right",
        value=lambda line: line.difference,
        weight=600,
        width=110,
    ),
    Column(
        "Resultado",
        lambda line: difference_pill(line.difference).text,
        pill=lambda line: difference_pill(line.difference),
        width=190,
    ),
)
