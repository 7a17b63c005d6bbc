from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.dashboard import (
    CashLevel,
    HourSum,
    Settled,
    Taking,
    Takings,
    cash_level,
    percent,
    same_weekday_last_year,
    until,
)

TODAY = date(2026, 11, 24)


class Books:
    """Payments that take their key and transaction in order and commit in any order."""

    def __init__(self) -> None:
        self.begun: list[tuple[int, int, Decimal]] = []
        self.visible: set[int] = set()

    def begin(self, amount: Decimal) -> None:
        key = len(self.begun) + 1
        self.begun.append((key, 1000 + key, amount))

    def commit(self, which: int) -> None:
        waiting = [key for key, _xid, _amount in self.begun if key not in self.visible]
        if waiting:
            self.visible.add(waiting[which % len(waiting)])

    def answer(self, after: int, up_to: int) -> tuple[Settled, list[Taking]]:
        running = [xid for key, xid, _amount in self.begun if key not in self.visible]
        xmax = 1000 + len(self.begun) + 1
        rows = [
            Taking(1, 9, "cash", 1, amount, key, early=key <= up_to)
            for key, _xid, amount in self.begun
            if key in self.visible and key > after
        ]
        return Settled(max(self.visible, default=0), min(running, default=xmax), xmax), rows

    def total(self) -> Decimal:
        return sum((amount for key, _, amount in self.begun if key in self.visible), Decimal(0))


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), st.integers(1, 99999)),
        st.tuples(st.just("commit"), st.integers(0, 50)),
        st.tuples(st.just("look"), st.just(0)),
    ),
    max_size=80,
)


@given(STEPS)
def test_kept_sums_are_those_of_the_books_in_whatever_order_payments_commit(
    steps: list[tuple[str, int]],
) -> None:
    books, takings = Books(), Takings(TODAY)
    for act, value in [*steps, ("look", 0)]:
        if act == "begin":
            books.begin(Decimal(value) / 100)
        elif act == "commit":
            books.commit(value)
        else:
            takings = takings.met(*books.answer(takings.after, takings.candidate))
            assert takings.amount() == books.total()
            assert takings.receipts() == len(books.visible)


def test_what_is_settled_is_not_read_again() -> None:
    books, takings = Books(), Takings(TODAY)
    for _ in range(5):
        books.begin(Decimal(1))
        books.commit(0)
    for _ in range(3):
        takings = takings.met(*books.answer(takings.after, takings.candidate))
    assert books.answer(takings.after, takings.candidate)[1] == []
    assert takings.amount() == 5


@pytest.mark.parametrize(
    ("cash", "limit", "level"),
    [
        (None, "100", CashLevel.FREE),
        ("50", None, CashLevel.FREE),
        ("89.99", "100", CashLevel.CALM),
        ("90", "100", CashLevel.NEAR),
        ("100", "100", CashLevel.NEAR),
        ("100.01", "100", CashLevel.OVER),
    ],
)
def test_the_warning_comes_at_nine_tenths(
    cash: str | None, limit: str | None, level: CashLevel
) -> None:
    pesos = [None if each is None else Decimal(each) for each in (cash, limit)]
    assert cash_level(*pesos) is level


def test_the_day_compared_with_is_the_same_weekday() -> None:
    past = same_weekday_last_year(TODAY)
    assert (past, past.weekday()) == (date(2025, 11, 25), TODAY.weekday())


def test_until_now_counts_the_part_of_the_present_hour() -> None:
    hours = [HourSum(9, 2, Decimal(100)), HourSum(10, 1, Decimal(60)), HourSum(11, 1, Decimal(7))]
    assert until(hours, datetime(2026, 11, 24, 10, 30)) == Decimal("130.00")  # noqa: DTZ001


def test_per_cent_of_nothing_is_not_said() -> None:
    assert percent(Decimal(5), None) is None
    assert percent(Decimal(5), Decimal(0)) is None
    assert percent(Decimal(1), Decimal(3)) == Decimal("33.33")
