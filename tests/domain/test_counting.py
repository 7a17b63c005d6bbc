"""One of a thing is said in the singular, everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tehuacan_comercial
from tehuacan_comercial.domain.counting import counted

SOURCES = Path(tehuacan_comercial.__file__).parent
NOUNS = (
    "archivo", "caja", "cargo", "cobro", "cuenta", "falla", "falta", "hoja", "lectura", "medidor",
    "pago", "periodo", "persona", "recibo", "renglon", "ruta", "sesion",
)  # fmt: skip
FIXED = re.compile(r"\{(?!SEARCH_LIMIT|found|expected)[^{}]*(?:len\(|:,|count)[^{}]*\} (\w+)")


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 rutas"), (1, "1 ruta"), (2, "2 rutas"), (1204, "1,204 rutas")]
)
def test_a_number_and_its_noun(number: int, said: str) -> None:
    assert counted(number, "ruta", "rutas") == said


def test_no_count_is_written_with_a_fixed_plural() -> None:
    """A number followed by a plural is counted, or chooses its word on the same line."""
    plurals = {noun + ("es" if noun[-1] in "nr" else "s") for noun in NOUNS}
    found = []
    for file in SOURCES.rglob("*.py"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if "== 1" in line or "counted(" in line:
                continue
            found += [
                f"{file.name}:{number} {word}" for word in FIXED.findall(line) if word in plurals
            ]
    assert found == []
