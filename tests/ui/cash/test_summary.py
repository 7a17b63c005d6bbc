from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.open_items import total_outstanding
from tehuacan_comercial.ui.cash.summary import lines_paid, plan, step_name, summarize, tender_names
from tests.ui.cash.values import item, pesos

ITEMS = (
    item(1, "318.40"),
    item(2, "63.68", "10.19"),
    item(3, "58.27", parent=1),
    item(4, "296.00"),
)

cents = st.integers(0, 200_000).map(lambda whole: Decimal(whole) / 100)


def test_the_lines_add_up_to_the_total() -> None:
    summary = summarize(ITEMS, {1, 2, 3}, pesos("0.00"), pesos("0.50"))
    assert (summary.count, summary.subtotal, summary.surcharges, summary.tax) == (
        2,
        pesos("382.08"),
        pesos("58.27"),
        pesos("10.19"),
    )
    assert summary.rounding == pesos("-0.04")
    assert summary.total == pesos("450.50")


def test_the_credit_balance_pays_no_more_than_is_owed() -> None:
    assert summarize(ITEMS, {4}, pesos("500.00"), pesos("0.50")).credit == pesos("296.00")
    assert summarize(ITEMS, {4}, pesos("500.00"), pesos("0.50")).total == 0
    assert summarize(ITEMS, (), pesos("500.00"), pesos("0.50")).credit == 0


@given(st.sets(st.sampled_from([1, 2, 3, 4])), cents, st.sampled_from(["0", "0.10", "0.50", "1"]))
def test_whatever_is_chosen_the_sums_agree(chosen: set[int], credit: Decimal, step: str) -> None:
    summary = summarize(ITEMS, chosen, credit, Decimal(step))
    assert summary.owed == total_outstanding(each for each in ITEMS if each.charge_id in chosen)
    assert abs(summary.rounding) <= Decimal(step) / 2
    assert summary.total >= 0
    if Decimal(step):
        assert summary.total % Decimal(step) == 0


@given(cents)
def test_an_amount_is_spread_without_losing_a_cent(amount: Decimal) -> None:
    made = plan(ITEMS, amount)
    assert sum((line.paid for line in made.lines), made.advance) == amount
    assert all(0 <= line.paid <= line.owed for line in made.lines)
    assert made.sentence().endswith(".")


def test_the_surcharges_of_a_charge_are_one_line_of_the_plan() -> None:
    late = (item(3, "10.00", parent=1), item(5, "5.00", parent=1), item(1, "100.00"))
    made = plan(late, pesos("112.00"))
    assert [(line.owed, line.paid) for line in made.lines] == [
        (pesos("15.00"), pesos("12.00")),
        (pesos("100.00"), pesos("100.00")),
    ]
    assert lines_paid(late, made.parts) == 2
    assert lines_paid(late, plan(late, pesos("12.00")).parts) == 1


def test_the_plan_says_what_happens() -> None:
    assert "quedan $646.54 por pagar" in plan(ITEMS, pesos("100.00")).sentence()
    assert plan(ITEMS, pesos("746.54")).sentence() == "Se paga todo el adeudo."
    assert "$53.46 quedan como saldo a favor" in plan(ITEMS, pesos("800.00")).sentence()
    assert "no debe nada" in plan((), pesos("800.00")).sentence()


def test_words() -> None:
    assert step_name(pesos("0.50")) == "50 ¢"
    assert step_name(pesos("1.00")) == "$1"
    assert tender_names("cash,card,cash") == "Efectivo, Tarjeta"
