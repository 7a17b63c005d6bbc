"""Control totals: what the old system said must be what the file holds, or nothing is loaded."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.domain.refusals import InvalidImport
from tehuacan_comercial.services.registry_import.control import (
    ControlTotals,
    ImportPlan,
    require_faultless,
    require_totals,
)
from tests.support.registry_files import account, plan, write_csv


def _plan(tmp_path: Path) -> ImportPlan:
    rows = [
        account(CUENTA="1", SALDO="1,000.50", ADEUDO__DESDE="01/03/2026"),
        account(CUENTA="2", SALDO__A__FAVOR="20"),
        account(CUENTA="3", SALDO="200", USO="?", ADEUDO__DESDE="01/03/2026"),
    ]
    return plan(write_csv(tmp_path / "p.csv", rows))


def test_totals_are_of_the_whole_file(tmp_path: Path) -> None:
    found = _plan(tmp_path)
    assert found.totals == ControlTotals(3, Decimal("1200.50"), Decimal("20.00"))
    assert found.loadable == ControlTotals(2, Decimal("1000.50"), Decimal("20.00"))
    require_totals(found, ControlTotals(3, Decimal("1200.50"), Decimal(20)))


@pytest.mark.parametrize(
    ("expected", "problem"),
    [
        (ControlTotals(4, Decimal("1200.50"), Decimal(20)),
         "Cuentas: se esperaba 4 y el archivo tiene 3 (diferencia -1)."),
        (ControlTotals(3, Decimal("1200.49"), Decimal(20)),
         "Saldo inicial: se esperaba 1,200.49 y el archivo tiene 1,200.50 (diferencia 0.01)."),
        (ControlTotals(3, Decimal("1200.50")),
         "Saldo a favor: se esperaba 0.00 y el archivo tiene 20.00 (diferencia 20.00)."),
    ],
)  # fmt: skip
def test_one_cent_or_one_row_is_enough(
    tmp_path: Path, expected: ControlTotals, problem: str
) -> None:
    with pytest.raises(InvalidImport) as refused:
        require_totals(_plan(tmp_path), expected)
    assert refused.value.problems == (problem,)


def test_unreadable_amounts_explain_a_difference(tmp_path: Path) -> None:
    found = plan(write_csv(tmp_path / "p.csv", [account(SALDO="mucho")]))
    with pytest.raises(InvalidImport) as refused:
        require_totals(found, ControlTotals(1, Decimal(5)))
    assert refused.value.problems[-1] == "Importes que no se pudieron leer: 1."


def test_faults_can_be_made_to_stop_everything(tmp_path: Path) -> None:
    with pytest.raises(InvalidImport) as refused:
        require_faultless(_plan(tmp_path))
    assert refused.value.problems[0] == "Renglones con fallas: 1. No se cargó nada."
    assert refused.value.problems[1].startswith("Renglón 4, USO (F): No se conoce")
    require_faultless(plan(write_csv(tmp_path / "q.csv", [account()])))


def test_the_plan_knows_its_file(tmp_path: Path) -> None:
    found = _plan(tmp_path)
    assert found.digest == hashlib.sha256(found.path.read_bytes()).hexdigest()


def test_rows_can_be_walked_again(tmp_path: Path) -> None:
    found = _plan(tmp_path)
    assert list(found.rows) == list(found.rows)
    assert [row.account_number for row in found.rows] == ["00000001", "00000002"]
