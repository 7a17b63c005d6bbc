from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.money import ZERO, round_cash
from tehuacan_comercial.domain.refusals import ChangeOnlyFromCash, InvalidCommand, TenderShort
from tehuacan_comercial.domain.tendering import (
    MOST_QUICK_AMOUNTS,
    MXN_DENOMINATIONS,
    QUICK_STEPS,
    TENDER_LABELS,
    AppliedTender,
    Pieces,
    Tender,
    TenderKind,
    change_breakdown,
    quick_amounts,
    settle,
)
from tests.domain.strategies import pesos

CASH, CARD = TenderKind.CASH, TenderKind.CARD


def d(text: str) -> Decimal:
    return Decimal(text)


def test_every_tender_has_a_spanish_name() -> None:
    assert set(TENDER_LABELS) == set(TenderKind)


def test_change_for_512_50() -> None:
    change = change_breakdown(d("512.50"))
    assert change.pieces == (
        Pieces(d("500"), 1),
        Pieces(d("10"), 1),
        Pieces(d("2"), 1),
        Pieces(d("0.50"), 1),
    )
    assert change.remainder == 0


def test_change_below_the_smallest_coin_is_said() -> None:
    change = change_breakdown(d("0.07"))
    assert (change.pieces, change.remainder) == ((), d("0.07"))


def test_change_uses_only_the_denominations_given() -> None:
    coins = tuple(each for each in MXN_DENOMINATIONS if each.value in (d("5"), d("2")))
    change = change_breakdown(d("9"), coins)
    assert change.pieces == (Pieces(d("5"), 1), Pieces(d("2"), 2))


def test_negative_change_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        change_breakdown(d("-1"))


@given(pesos())
def test_the_pieces_and_the_remainder_make_the_amount(amount: Decimal) -> None:
    change = change_breakdown(amount)
    assert sum((each.amount for each in change.pieces), change.remainder) == amount
    assert 0 <= change.remainder < d("0.10")
    assert all(each.count > 0 for each in change.pieces)
    assert all(one.value > next_.value for one, next_ in pairwise(change.pieces))


def test_no_other_choice_of_pieces_is_shorter() -> None:
    """Exhaustive for every multiple of 10 centavos up to 250 pesos."""
    values = sorted({int(each.value * 10) for each in MXN_DENOMINATIONS})
    fewest = [0]
    for tenths in range(1, 2501):
        fewest.append(1 + min(fewest[tenths - value] for value in values if value <= tenths))
        pieces = change_breakdown(d(str(tenths)) / 10).pieces
        assert sum(each.count for each in pieces) == fewest[tenths]


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("487.50", ["487.50", "490", "500", "600", "1000"]),
        ("15.99", ["15.99", "20", "50", "100", "200", "500"]),
        ("1000", ["1000"]),
        ("1233", ["1233", "1235", "1240", "1250", "1300", "1400"]),
        ("0", []),
    ],
)
def test_quick_amounts(total: str, expected: list[str]) -> None:
    assert quick_amounts(d(total)) == tuple(d(each) for each in expected)


@given(pesos(least="0.01"))
def test_quick_amounts_start_exact_and_each_covers(total: Decimal) -> None:
    amounts = quick_amounts(total)
    assert amounts[0] == total
    assert len(amounts) <= MOST_QUICK_AMOUNTS
    for amount in amounts[1:]:
        assert any(amount % step == 0 and 0 < amount - total < step for step in QUICK_STEPS)


def test_cash_gives_change() -> None:
    settlement = settle(d("487.50"), [Tender(CASH, d("500"))])
    assert settlement.tenders == (AppliedTender(CASH, d("500"), d("12.50"), d("487.50")),)
    assert settlement.missing == 0
    assert settlement.require_covered() is settlement


def test_card_first_and_cash_pays_the_rest() -> None:
    settlement = settle(
        d("487.50"), [Tender(CASH, d("200")), Tender(CARD, d("300"), reference="0042")]
    )
    assert settlement.tenders == (
        AppliedTender(CARD, d("300"), ZERO, d("300"), "0042"),
        AppliedTender(CASH, d("200"), d("12.50"), d("187.50")),
    )


def test_a_card_never_gives_change() -> None:
    with pytest.raises(ChangeOnlyFromCash) as refused:
        settle(d("100"), [Tender(TenderKind.TRANSFER, d("60")), Tender(CARD, d("40.01"))])
    assert refused.value.tender == "card"


def test_what_is_missing_is_said() -> None:
    settlement = settle(d("100"), [Tender(CARD, d("30")), Tender(CASH, d("20"))])
    assert settlement.missing == d("50")
    with pytest.raises(TenderShort) as refused:
        settlement.require_covered()
    assert refused.value.missing == d("50")


def test_cash_is_rounded_only_when_cash_is_used() -> None:
    in_cash = settle(d("487.30"), [Tender(CASH, d("500"))], d("0.50"))
    assert (in_cash.rounding, in_cash.change, in_cash.applied) == (
        d("0.20"),
        d("12.50"),
        d("487.50"),
    )
    by_card = settle(d("487.30"), [Tender(CARD, d("487.30"))], d("0.50"))
    assert (by_card.rounding, by_card.applied, by_card.missing) == (ZERO, d("487.30"), ZERO)


def test_a_negative_tender_is_refused() -> None:
    with pytest.raises(InvalidCommand):
        settle(d("100"), [Tender(CASH, d("-1"))])


def test_an_empty_line_of_the_sheet_does_not_count() -> None:
    assert settle(d("100"), [Tender(CARD, ZERO)]).tenders == ()


@given(
    pesos(),
    st.lists(st.builds(Tender, st.sampled_from(TenderKind), pesos(most="60000")), max_size=5),
    st.sampled_from((ZERO, d("0.10"), d("0.50"), d("1"))),
)
def test_received_less_change_is_applied(
    total: Decimal, tenders: list[Tender], step: Decimal
) -> None:
    other = sum((each.amount for each in tenders if each.kind is not CASH), ZERO)
    if other > total:
        with pytest.raises(ChangeOnlyFromCash):
            settle(total, tenders, step)
        return
    settlement = settle(total, tenders, step)
    assert settlement.received == sum((each.amount for each in tenders), ZERO)
    assert settlement.received - settlement.change == settlement.applied
    assert settlement.applied == total + settlement.rounding - settlement.missing
    assert min(settlement.change, settlement.missing) == 0
    assert settlement.rounding in (0, round_cash(total - other, step) - (total - other))
    for each in settlement.tenders:
        assert each.received - each.change == each.applied >= 0
        assert each.change == 0 or each.kind is CASH
