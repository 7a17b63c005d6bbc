"""A hundred thousand accounts pass through without being held as objects."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from xlsxwriter import Workbook

ROWS = 100_000
MOST_GROWTH_KB = 100_000
"""The rows as objects would take more than twice as much."""

MAPPING = """
[columnas]
cuenta = "CUENTA"
titular = "NOMBRE"
calle = "CALLE"
saldo_inicial = "SALDO"
[constantes]
colonia = "CENTRO"
uso = "DOM"
zona = "POP"
modalidad = "fija"
servicios = "agua"
estado = "activa"
adeudo_desde = "01/03/2026"
"""

READ = """
import sys
from datetime import date
from pathlib import Path
from tehuacan_comercial.services.registry_import.control import plan_import
from tehuacan_comercial.services.registry_import.mapping import load_mapping
from tehuacan_comercial.services.registry_import.records import Reference

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

before, heard = peak(), []
plan = plan_import(Path(sys.argv[1]), load_mapping(Path(sys.argv[2])), Reference(),
                   today=date(2026, 11, 24), progress=heard.append)
walked = sum(1 for row in plan.rows)
print(walked, len(plan.faults), plan.totals.opening_balance, heard[-1], peak() - before)
"""


def _accounts() -> Iterator[tuple[int, str, str, float]]:
    for number in range(1, ROWS + 1):
        yield number, f"TITULAR NÚMERO {number} DE DEMOSTRACIÓN", f"CALLE {number}", 1.25


def _xlsx(path: Path) -> None:
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["CUENTA", "NOMBRE", "CALLE", "SALDO"])
        for line, row in enumerate(_accounts(), start=1):
            sheet.write_row(line, 0, row)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="peak memory read from /proc")
def test_100_000_accounts_stream(tmp_path: Path) -> None:
    path, mapping = tmp_path / "p.xlsx", tmp_path / "m.toml"
    _xlsx(path)
    mapping.write_text(MAPPING, encoding="utf-8")
    command = [sys.executable, "-c", READ, str(path), str(mapping)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *result, growth = done.stdout.split()
    assert result == [str(ROWS), "0", "125000.00", str(ROWS)]
    assert int(growth) < MOST_GROWTH_KB
