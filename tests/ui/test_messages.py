from __future__ import annotations

import inspect
import re
from decimal import Decimal

import pytest

from tehuacan_comercial.domain import refusals
from tehuacan_comercial.domain.refusals import (
    ChangeOnlyFromCash,
    ChargeAlreadySettled,
    ConflictRefusal,
    InvalidRules,
    Refusal,
    RuleRefusal,
    ServerUnreachable,
    TillBusy,
    TroubleRefusal,
)
from tehuacan_comercial.ui.messages import PHRASES, message_for

_BASES = (Refusal, RuleRefusal, ConflictRefusal, TroubleRefusal)
CONCRETE = [
    found
    for _name, found in inspect.getmembers(refusals, inspect.isclass)
    if issubclass(found, Refusal) and found not in _BASES
]
FORBIDDEN = re.compile(r"\berror\b|inválid|por favor|[!¡]|\bTC0\d\d\b|  ", re.IGNORECASE)


def test_there_is_one_message_for_each_class_and_no_other() -> None:
    assert set(PHRASES) == set(CONCRETE)


@pytest.mark.parametrize("kind", CONCRETE, ids=lambda kind: kind.__name__)
def test_every_message_says_what_happened_what_is_safe_and_what_to_do(kind: type[Refusal]) -> None:
    message = message_for(kind())
    assert not message.title.endswith(".")
    for part in (message.what_happened, message.what_is_safe, message.what_to_do):
        assert re.fullmatch(r"[A-ZÁÉÍÓÚÑ].*\.", part, re.DOTALL), part
    for part in (message.title, message.text()):
        assert not FORBIDDEN.search(part), part


def test_facts_are_told_in_pesos_and_names() -> None:
    settled = message_for(
        ChargeAlreadySettled(outstanding=Decimal("10.50"), asked=Decimal("1318.40"))
    )
    assert "$1,318.40" in settled.text()
    assert "$10.50" in settled.text()
    assert "Rosa" in message_for(TillBusy("C2", "Rosa", "23/11/2026")).what_happened
    assert "tarjeta" in message_for(ChangeOnlyFromCash("card")).what_happened


def test_a_long_list_of_problems_is_cut_and_counted() -> None:
    message = message_for(InvalidRules("tarifa.toml", tuple(f"renglón {n}" for n in range(9))))
    assert "renglón 2; y 6 más." in message.what_happened
    assert "renglón 3" not in message.what_happened


def test_a_lost_connection_says_that_no_money_moved() -> None:
    assert "el dinero no se ha movido" in message_for(ServerUnreachable()).what_is_safe
