from __future__ import annotations

from itertools import product

import pytest

from tehuacan_comercial.domain.lifecycles import CASH_SESSION, CashSessionState
from tehuacan_comercial.domain.refusals import InvalidTransition

OPEN, COUNTING = CashSessionState.OPEN, CashSessionState.COUNTING
CLOSED, VERIFIED = CashSessionState.CLOSED, CashSessionState.VERIFIED

ALLOWED = {
    (OPEN, COUNTING),
    (COUNTING, OPEN),
    (COUNTING, CLOSED),
    (CLOSED, COUNTING),
    (CLOSED, VERIFIED),
}


@pytest.mark.parametrize(("state", "wish"), list(product(CashSessionState, repeat=2)))
def test_cash_session_steps(state: CashSessionState, wish: CashSessionState) -> None:
    if (state, wish) in ALLOWED:
        CASH_SESSION.check(state, wish)
        assert CASH_SESSION.can(state, wish)
        return
    assert not CASH_SESSION.can(state, wish)
    with pytest.raises(InvalidTransition) as refused:
        CASH_SESSION.check(state, wish)
    facts = (refused.value.document, refused.value.state, refused.value.wish)
    assert facts == ("cash_session", state.value, wish.value)


def test_what_may_follow() -> None:
    assert CASH_SESSION.allowed(COUNTING) == {OPEN, CLOSED}
    assert CASH_SESSION.allowed(VERIFIED) == frozenset()


def test_spanish_names() -> None:
    names = [CASH_SESSION.labels[state] for state in CashSessionState]
    assert names == ["ABIERTA", "EN ARQUEO", "CUADRADA", "VERIFICADA"]
