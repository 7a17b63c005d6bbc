"""Whatever way an account is written, it is read back the same."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from tests.support.registry_files import GOOD, TODAY, plan

LETTERS = "ABCDEÑÁÉÍÓÚÜ abcñáü.,;\"'"
TEXT = st.text(LETTERS, min_size=1, max_size=30).map(lambda t: " ".join(f"X{t}".split()))
ACCOUNTS = st.lists(
    st.fixed_dictionaries(
        {
            "CUENTA": st.integers(1, 10**8 - 1),
            "NOMBRE": TEXT,
            "CALLE": TEXT,
            "SALDO": st.integers(1, 10**9).map(lambda cents: Decimal(cents) / 100),
            "ADEUDO DESDE": st.dates(date(1954, 10, 4), TODAY),
            "SECUENCIA": st.integers(0, 10**6),
        }
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda row: row["CUENTA"],
)
Style = Callable[[Any], Any]
ACCOUNT_STYLES: list[Style] = [lambda n: n, str, lambda n: f"{n:08d}", lambda n: f" {n:05d} "]
MONEY_STYLES: list[Style] = [
    lambda d: f"{d:.2f}",
    lambda d: f"{d:,.2f}",
    lambda d: f"$ {d:,.2f}\u00a0",
    lambda d: f"{d:,.2f}".translate(str.maketrans(",.", ".,")),
]
DATE_STYLES: list[Style] = [
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d:%Y-%m-%d} 00:00:00",
    lambda d: f"{d.day}-{d.month}-{d.year}",
    lambda d: str((d - date(1899, 12, 30)).days),
]
STYLES = st.tuples(*map(st.sampled_from, (ACCOUNT_STYLES, MONEY_STYLES, DATE_STYLES)))
SETTINGS = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _styled(row: dict[str, Any], style: tuple[Style, Style, Style]) -> dict[str, Any]:
    number, money, day = style
    changes = {
        "CUENTA": number(row["CUENTA"]),
        "SALDO": money(row["SALDO"]),
        "ADEUDO DESDE": day(row["ADEUDO DESDE"]),
    }
    # hypothesis varies the order of keys; the columns of a file do not
    return GOOD | {title: row[title] for title in sorted(row)} | changes


def _read(path: Path) -> list[tuple[Any, ...]]:
    found = plan(path)
    assert found.faults == ()
    return [
        (
            row.account_number,
            row.holder_name,
            row.street,
            row.opening_balance,
            row.opening_balance_since,
            row.sequence,
        )
        for row in found.rows
    ]


def _meant(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    titles = ("NOMBRE", "CALLE", "SALDO", "ADEUDO DESDE", "SECUENCIA")
    return [(f"{row['CUENTA']:08d}", *(row[title] for title in titles)) for row in rows]


@SETTINGS
@given(ACCOUNTS, st.data(), st.sampled_from(",;\t"), st.sampled_from(["utf-8-sig", "utf-8"]))
def test_csv(
    tmp_path: Path, rows: list[dict[str, Any]], data: st.DataObject, mark: str, encoding: str
) -> None:
    path = tmp_path / "p.csv"
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=mark)
        written = [_styled(row, data.draw(STYLES)) for row in rows]
        writer.writerow(written[0])
        for row in written:
            if data.draw(st.booleans()):
                writer.writerow([" "] * len(row))
            writer.writerow(row.values())
    assert _read(path) == _meant(rows)


@SETTINGS
@given(ACCOUNTS, st.data())
def test_xlsx(tmp_path: Path, rows: list[dict[str, Any]], data: st.DataObject) -> None:
    path = tmp_path / "p.xlsx"
    money: list[Style] = [float, *MONEY_STYLES]
    days: list[Style] = [
        lambda d: d, lambda d: (d - date(1899, 12, 30)).days, *DATE_STYLES,
    ]  # fmt: skip
    styles = st.tuples(*map(st.sampled_from, (ACCOUNT_STYLES, money, days)))
    with Workbook(path, {"default_date_format": "yyyy/mm/dd"}) as book:
        sheet = book.add_worksheet()
        line = data.draw(st.integers(0, 5))
        sheet.write_row(line, 0, [*GOOD, *sorted(set(rows[0]) - set(GOOD))])
        for row in rows:
            line += data.draw(st.integers(1, 3))
            for column, value in enumerate(_styled(row, data.draw(styles)).values()):
                write = sheet.write_string if isinstance(value, str) else sheet.write
                write(line, column, value)
    assert _read(path) == _meant(rows)


@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
def test_every_spanish_letter_in_both_old_code_pages(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "p.csv"
    name = "ÑÁÉÍÓÚÜ ñáéíóúü"
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(GOOD)
        writer.writerow((GOOD | {"NOMBRE": name}).values())
    assert [row.holder_name for row in plan(path).rows] == [name]
