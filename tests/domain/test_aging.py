"""Every peso of debt stands in exactly one band, at the edges too."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.aging import debt_by_age
from tehuacan_comercial.domain.open_items import OpenItem, total_outstanding

TODAY = date(2026, 11, 24)


def item(days_late: int, amount: str = "100.00") -> OpenItem:
    due = TODAY - timedelta(days=days_late)
    return OpenItem(
        1, "AGUA", "Agua", 1, None, "", due, due, Decimal(amount), Decimal(0), Decimal(0)
    )


@pytest.mark.parametrize(
    ("days", "label"),
    [
        (-5, "Por vencer"),
        (0, "Por vencer"),
        (1, "1 a 60 días"),
        (60, "1 a 60 días"),
        (61, "61 a 180 días"),
        (180, "61 a 180 días"),
        (181, "181 días a 1 año"),
        (365, "181 días a 1 año"),
        (366, "Más de 1 año"),
    ],
)
def test_edges(days: int, label: str) -> None:
    bands = debt_by_age([item(days)], TODAY)
    assert [band.label for band in bands if band.amount] == [label]
    assert [band.overdue for band in bands] == [False, True, True, True, True]


@given(st.lists(st.tuples(st.integers(-900, 900), st.decimals("0.01", "9999", places=2))))
def test_bands_add_up_to_the_debt(debts: list[tuple[int, Decimal]]) -> None:
    items = [item(days, str(amount)) for days, amount in debts]
    assert sum(band.amount for band in debt_by_age(items, TODAY)) == total_outstanding(items)
