"""Rules file ``queue``: codes once, desks that exist, prefixes of a letter or two."""

from __future__ import annotations

import pytest

from tehuacan_comercial.domain.queue_catalogue import QueueCatalogue
from tehuacan_comercial.domain.rules.parse import parse_rules
from tehuacan_comercial.domain.rules.values import QueueRules
from tehuacan_comercial.services.rule_rows import rows_of
from tests.domain.rules.texts import problems, shipped_files

SHIPPED = shipped_files()["queue.toml"]


def test_the_shipped_queue_and_back_from_the_rows_of_the_database() -> None:
    rules = parse_rules("queue.toml", SHIPPED)
    assert isinstance(rules, QueueRules)
    found = rules.catalogue
    assert [each.code for each in found.desks] == ["V1", "V2", "V3", "C1", "C2", "C3"]
    payment = found.procedure("PAGO")
    assert payment is not None
    assert payment.served_at("C1")
    assert not payment.served_at("V1")
    assert found.procedure("INFORMES").served_at("C1")  # type: ignore[union-attr]
    assert found.procedure("NADA") is None
    settings = rows_of(rules, rules.header.valid_from)["settings"]
    assert isinstance(settings, dict)
    assert QueueCatalogue.of(settings["queue"]) == found


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('code = "V2"', 'code = "V1"', "la ventanilla V1 está repetida"),
        ('code = "CONVENIO"', 'code = "PAGO"', "el trámite PAGO está repetido"),
        ('code = "BRAZOS"', 'code = "MAYOR"', "la prioridad MAYOR está repetida"),
        ('desks = ["V2", "V3"]', 'desks = ["V2", "V9"]', "no hay ventanilla «V9»"),
        ('prefix = "C"', 'prefix = "Caja"', "«prefix» tiene una forma no válida"),
        ("most_preferential = 2", "most_preferential = 0", "debe ser 1 o más"),
    ],
)
def test_what_is_wrong_is_told(before: str, after: str, said: str) -> None:
    assert before in SHIPPED
    told = problems(SHIPPED.replace(before, after))
    assert any(said in each for each in told), told
