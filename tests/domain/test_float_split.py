"""*Arma tu fondo*: exact when possible, small pieces first, and what is missing."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.float_split import FloatSplit, split_float, worth
from tehuacan_comercial.domain.refusals import InvalidCommand

VALUES = tuple(
    Decimal(text) for text in ("0.50", "1", "2", "5", "10", "20", "50", "100", "200", "500", "1000")
)


def pieces(**counts: int) -> dict[Decimal, int]:
    return {Decimal(name[1:].replace("_", ".")): count for name, count in counts.items()}


def test_small_pieces_stay_and_the_rest_goes_in_the_bag() -> None:
    counted = pieces(p0_50=10, p1=20, p5=10, p20=10, p100=4, p200=3, p500=6)
    split = split_float(counted, Decimal(500))
    assert split.keep == pieces(p0_50=10, p1=20, p5=7, p20=7, p100=3)
    assert [split.kept, split.bagged] == [500, worth(counted) - 500]


def test_a_small_piece_gives_way_when_only_so_the_float_is_exact() -> None:
    split = split_float(pieces(p20=4, p50=1), Decimal(90))
    assert split == FloatSplit(pieces(p20=2, p50=1), pieces(p20=2))


def test_what_is_missing_is_told_and_which_note_would_give_it() -> None:
    split = split_float(pieces(p100=4, p200=1, p500=3, p1000=1), Decimal(550))
    assert [split.kept, split.missing, split.to_change] == [500, 50, 100]
    assert split.keep == pieces(p100=3, p200=1)


def test_a_drawer_with_less_than_the_float_keeps_all() -> None:
    split = split_float(pieces(p100=2), Decimal(500))
    assert split == FloatSplit(pieces(p100=2), {}, Decimal(300))
    assert split_float({}, Decimal(500)).missing == 500


def test_no_float_keeps_nothing() -> None:
    assert split_float(pieces(p100=2), Decimal(0)) == FloatSplit({}, pieces(p100=2))


@pytest.mark.parametrize(
    ("counted", "target"),
    [
        ({Decimal(100): -1}, Decimal(500)),
        ({Decimal(-100): 1}, Decimal(500)),
        ({Decimal(0): 3}, Decimal(500)),
        ({Decimal(100): 1}, Decimal(-1)),
        ({Decimal("0.001"): 1}, Decimal(1)),
        ({Decimal("0.01"): 1}, Decimal(10) ** 9),
    ],
)
def test_nonsense_is_refused(counted: dict[Decimal, int], target: Decimal) -> None:
    with pytest.raises(InvalidCommand):
        split_float(counted, target)


counts = st.dictionaries(st.sampled_from(VALUES), st.integers(0, 400))
targets = st.integers(0, 6000).map(lambda halves: Decimal(halves) / 2)


@given(counts, targets)
def test_no_piece_is_lost(counted: dict[Decimal, int], target: Decimal) -> None:
    split = split_float(counted, target)
    for value in VALUES:
        assert split.keep.get(value, 0) + split.bag.get(value, 0) == counted.get(value, 0)
    assert split.kept + split.missing == target
    assert split.to_change is None or (
        split.to_change in split.bag and split.to_change >= split.missing > 0
    )


few = st.dictionaries(st.sampled_from(VALUES), st.integers(0, 3), max_size=5)


@given(few, targets)
def test_it_is_what_trying_every_way_finds(counted: dict[Decimal, int], target: Decimal) -> None:
    """All ways: the largest sum not above the float, then most of the smallest pieces."""
    values = sorted(counted)
    ways = [
        (worth(dict(zip(values, way, strict=True))), way)
        for way in product(*(range(counted[value] + 1) for value in values))
    ]
    best = max(way for way in ways if way[0] <= target)
    split = split_float(counted, target)
    assert tuple(split.keep.get(value, 0) for value in values) == best[1]
