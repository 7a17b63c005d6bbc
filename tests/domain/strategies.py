"""Generated values that the tests of several rules share."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tehuacan_comercial.domain.open_items import OpenItem


def pesos(least: str = "0.00", most: str = "99999.99") -> st.SearchStrategy[Decimal]:
    return st.decimals(
        min_value=Decimal(least),
        max_value=Decimal(most),
        places=2,
        allow_nan=False,
        allow_infinity=False,
    )


def days(
    first: date = date(2020, 1, 1), last: date = date(2030, 12, 31)
) -> st.SearchStrategy[date]:
    return st.dates(min_value=first, max_value=last)


@st.composite
def open_items(draw: st.DrawFn, charge_id: int) -> OpenItem:
    issued_on = draw(days())
    amount = draw(pesos())
    tax = draw(st.sampled_from((Decimal("0"), Decimal("0.16")))) * amount
    tax = tax.quantize(Decimal("0.01"))
    settled = (draw(st.integers(0, 100)) * (amount + tax) / 100).quantize(Decimal("0.01"))
    return OpenItem(
        charge_id=charge_id,
        concept="AGUA",
        concept_name="Agua potable",
        concept_order=draw(st.integers(1, 4)),
        period=None,
        period_name="",
        issued_on=issued_on,
        due_on=draw(st.none() | st.just(issued_on + timedelta(days=20))),
        amount=amount,
        tax=tax,
        settled=min(settled, amount + tax),
        parent_charge_id=draw(st.none() | st.integers(1, max(1, charge_id - 1))),
    )


@st.composite
def statements(draw: st.DrawFn) -> tuple[OpenItem, ...]:
    """Open items of one account, up to eight."""
    count = draw(st.integers(0, 8))
    return tuple(draw(open_items(charge_id)) for charge_id in range(1, count + 1))
