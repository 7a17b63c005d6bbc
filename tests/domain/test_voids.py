"""Why a void deserves a look: each sign alone, and none of an ordinary one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tehuacan_comercial.domain.voids import (
    FLAG_LABELS,
    LATE_MINUTES,
    REPEATED,
    Flag,
    VoidTrace,
    flags_of,
)

ORDINARY = VoidTrace(Decimal(100), Decimal(100), 2, 1, 1, Decimal(100))


def test_an_ordinary_void_has_no_sign() -> None:
    assert flags_of(ORDINARY) == ()
    assert set(FLAG_LABELS) == set(Flag)


@pytest.mark.parametrize(
    ("trace", "flag"),
    [
        (replace(ORDINARY, same_reason=REPEATED), Flag.SAME_REASON),
        (replace(ORDINARY, same_hour=REPEATED), Flag.SAME_HOUR),
        (replace(ORDINARY, reissued=Decimal("99.99")), Flag.LOWER),
        (replace(ORDINARY, minutes=LATE_MINUTES), Flag.CASH_LATE),
        (replace(ORDINARY, reissued=None), Flag.NOT_REISSUED),
    ],
)
def test_each_sign_alone(trace: VoidTrace, flag: Flag) -> None:
    assert flags_of(trace) == (flag,)


def test_a_card_voided_late_or_not_charged_again_is_ordinary() -> None:
    card = replace(ORDINARY, cash=Decimal(0), minutes=600, reissued=None)
    assert flags_of(card) == ()
