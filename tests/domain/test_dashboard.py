from __future__ import annotations

from dataclasses import dataclass
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


@dataclass
class _Payment:
    amount: Decimal
    number: int
    """Of its transaction."""
    key: int | None = None
    visible: bool = False


class Books:
    """Payments that take a number, then a key, in whatever order, and commit in any order.

    A replica gives out no numbers of its own.
    """

    def __init__(self) -> None:
        self.payments: list[_Payment] = []
        self.numbers, self.keys = 1000, 0

    def begin(self, amount: Decimal) -> None:
        self.numbers += 1
        self.payments.append(_Payment(amount, self.numbers))

    def take_key(self, which: int) -> None:
        waiting = [each for each in self.payments if each.key is None]
        if waiting:
            self.keys += 1
            waiting[which % len(waiting)].key = self.keys

    def commit(self, which: int) -> None:
        waiting = [each for each in self.payments if each.key is not None and not each.visible]
        if waiting:
            waiting[which % len(waiting)].visible = True

    def answer(
        self, after: int, up_to: int, *, replica: bool = False
    ) -> tuple[Settled, list[Taking]]:
        running = [each.number for each in self.payments if not each.visible]
        ended = [each.number for each in self.payments if each.visible]
        xmin = min(running, default=max(ended, default=1000) + 1)
        rows = [
            Taking(1, 9, "cash", 1, each.amount, each.key, early=each.key <= up_to)
            for each in self.payments
            if each.visible and each.key is not None and each.key > after
        ]
        if not replica:
            self.numbers += 1
        newest = max((each.key or 0 for each in self.payments if each.visible), default=0)
        return Settled(newest, xmin, None if replica else self.numbers), rows

    def total(self) -> Decimal:
        return sum((each.amount for each in self.payments if each.visible), Decimal(0))

    def receipts(self) -> int:
        return sum(each.visible for each in self.payments)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["begin", "key", "commit", "look", "look at the replica"]),
        st.integers(1, 99999),
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
        elif act == "key":
            books.take_key(value)
        elif act == "commit":
            books.commit(value)
        else:
            replica = act != "look"
            answer = books.answer(takings.after, takings.candidate, replica=replica)
            takings = takings.met(*answer)
            assert takings.amount() == books.total()
            assert takings.receipts() == books.receipts()


def test_what_is_settled_is_not_read_again() -> None:
    books, takings = Books(), Takings(TODAY)
    for _ in range(5):
        books.begin(Decimal(1))
        books.take_key(0)
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
