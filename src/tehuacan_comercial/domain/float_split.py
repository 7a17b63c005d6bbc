"""*Arma tu fondo*: which notes and coins stay as the drawer's float, and which go in the bag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import gcd

from tehuacan_comercial.domain.money import ZERO, total_of
from tehuacan_comercial.domain.refusals import InvalidCommand

_CENTAVOS = Decimal(100)
_MOST = 2_000_000
"""Steps of the smallest unit that a float may have; more is not a drawer but a mistake."""


@dataclass(frozen=True, slots=True)
class FloatSplit:
    """Value in pesos → pieces, without the empty ones; ``keep`` and ``bag`` are all the pieces.

    ``missing`` is what the float still lacks, pesos. ``to_change`` is the smallest piece of the bag
    that would give it if somebody changed it, and None when nothing is missing or no piece would.
    """

    keep: Mapping[Decimal, int]
    bag: Mapping[Decimal, int]
    missing: Decimal = ZERO
    to_change: Decimal | None = None

    @property
    def kept(self) -> Decimal:
        """Pesos that stay."""
        return worth(self.keep)

    @property
    def bagged(self) -> Decimal:
        """Pesos that leave."""
        return worth(self.bag)


def worth(pieces: Mapping[Decimal, int]) -> Decimal:
    """Pesos of so many pieces of each value."""
    return total_of(value * count for value, count in pieces.items())


def split_float(counted: Mapping[Decimal, int], target: Decimal) -> FloatSplit:
    """Make up the float of ``target`` pesos, exactly when the pieces allow it.

    Change is given in small pieces, so they stay first: of all ways to reach the float, the one
    that keeps most of the smallest piece, then most of the next. Where no way is exact the largest
    sum below the float stays.

    Raises:
        InvalidCommand: a value or a number of pieces is not positive, or the float is negative.
    """
    pieces = sorted((value, count) for value, count in counted.items() if count)
    if target < 0 or any(value <= 0 or count < 0 for value, count in pieces):
        raise InvalidCommand("denominations", "negative")
    values = [_centavos(value) for value, _ in pieces]
    goal = _centavos(target)
    unit = gcd(goal, *values) or 1
    if goal // unit > _MOST:
        raise InvalidCommand("float", "too large")
    sizes = [value // unit for value in values]
    counts = [count for _, count in pieces]
    taken, short = _choose(sizes, counts, goal // unit)
    keep = {value: k for (value, _), k in zip(pieces, taken, strict=True) if k}
    bag = {value: n - k for (value, n), k in zip(pieces, taken, strict=True) if n > k}
    missing = Decimal(short * unit) / _CENTAVOS
    enough = [value for value in bag if value >= missing] if missing else []
    return FloatSplit(keep, bag, missing + ZERO, min(enough, default=None))


def _centavos(pesos: Decimal) -> int:
    cents = pesos * _CENTAVOS
    if cents != cents.to_integral_value():
        raise InvalidCommand("denominations", str(pesos))
    return int(cents)


def _choose(sizes: Sequence[int], counts: Sequence[int], goal: int) -> tuple[list[int], int]:
    """How many of each size (smallest first) stay, and what is missing, in units."""
    reach = _reachable(sizes, counts, goal)
    best = reach[0].bit_length() - 1
    rest, taken = best, []
    for index, size in enumerate(sizes):
        most = min(counts[index], rest // size)
        while not reach[index + 1] >> (rest - most * size) & 1:
            most -= 1
        taken.append(most)
        rest -= most * size
    return taken, goal - best


def _reachable(sizes: Sequence[int], counts: Sequence[int], goal: int) -> list[int]:
    """For each place, the sums up to ``goal`` that pieces from there on make, as bits."""
    mask = (1 << goal + 1) - 1
    reach = [1]
    for size, count in zip(reversed(sizes), reversed(counts), strict=True):
        sums, step, left = reach[0], 1, min(count, goal // size)
        while left:
            used = min(step, left)
            sums |= sums << used * size & mask
            left -= used
            step *= 2
        reach.insert(0, sums)
    return reach
