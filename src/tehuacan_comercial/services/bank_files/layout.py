"""The mapping file of a bank's or shop's file: which part of a row is what."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from tehuacan_comercial.domain.check_digits import Base97
from tehuacan_comercial.domain.refusals import InvalidRules

FIELDS = frozenset(
    {"day", "amount", "credit", "debit", "reference", "folio", "description", "account"}
)
_TOP = frozenset(
    {
        "name", "kind", "format", "encodings", "delimiter", "header", "dates", "implied_decimals",
        "tolerance_days", "fields", "detail", "control", "reference",
    }
)  # fmt: skip

Place = str | tuple[int, int]
"""A column's title, or the first position (from 1) and the length."""


class FileKind(StrEnum):
    """A bank's statement, or payments by channel."""

    STATEMENT = "statement"
    CHANNEL = "channel"


class CheckKind(StrEnum):
    """How a reference proves itself (RULES §6)."""

    NONE = "none"
    BASE10 = "base10"
    BASE97 = "base97"


@dataclass(frozen=True, slots=True)
class ReferenceRule:
    """Where the account's digits are within a reference, and what proves them."""

    check: CheckKind
    account: tuple[int, int]
    base97: Base97 = field(default_factory=Base97)


@dataclass(frozen=True, slots=True)
class FileLayout:
    """A mapping as read. ``detail`` and ``control`` are how such rows begin; '' is any row."""

    name: str
    kind: FileKind
    fixed: bool
    encodings: tuple[str, ...]
    delimiter: str
    header: bool
    dates: str
    implied_decimals: int
    tolerance_days: int
    fields: Mapping[str, Place]
    detail: str
    control: str
    control_places: Mapping[str, Place]
    reference: ReferenceRule | None


def load_layout(path: Path) -> FileLayout:
    """Read and check a mapping file.

    Raises:
        InvalidRules: naming the file and everything that is wrong in it.
        OSError: it cannot be read.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidRules(path.name, (f"no es un archivo TOML: {error}",)) from error
    problems: list[str] = []
    layout = _layout(data, problems)
    if problems or layout is None:
        raise InvalidRules(path.name, tuple(problems))
    return layout


def _layout(data: Mapping[str, Any], problems: list[str]) -> FileLayout | None:
    problems += [f"no se conoce «{key}»" for key in sorted(set(data) - _TOP)]
    fixed = data.get("format") == "fixed"
    if data.get("format") not in ("csv", "fixed"):
        problems.append("format debe ser csv o fixed")
    if data.get("kind") not in tuple(FileKind):
        problems.append("kind debe ser statement o channel")
    fields = _places(data.get("fields", {}), fixed, FIELDS, "fields", problems)
    if "day" not in fields or not ({"amount"} <= set(fields) or {"credit"} <= set(fields)):
        problems.append("fields necesita day, y amount o credit")
    if data.get("kind") == FileKind.CHANNEL and not {"reference", "account"} & set(fields):
        problems.append("un archivo de pagos necesita reference o account")
    detail, control = data.get("detail", {}), data.get("control", {})
    known = frozenset({"rows", "amount", "credits", "debits"})
    totals = {key: place for key, place in control.items() if key != "starts"}
    places = _places(totals, fixed, known, "control", problems)
    reference = _reference(data.get("reference"), problems)
    if problems:
        return None
    return FileLayout(
        str(data.get("name", "")), FileKind(data["kind"]), fixed,
        tuple(data.get("encodings", ("utf-8-sig", "cp1252"))), str(data.get("delimiter", ",")),
        bool(data.get("header", not fixed)), str(data.get("dates", "%d/%m/%Y")),
        int(data.get("implied_decimals", 0)), int(data.get("tolerance_days", 3)), fields,
        str(detail.get("starts", "")), str(control.get("starts", "")), places, reference,
    )  # fmt: skip


def _places(
    given: Mapping[str, Any],
    fixed: bool,
    known: frozenset[str],
    where: str,
    problems: list[str],
) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for key, value in given.items():
        if key not in known:
            problems.append(f"{where} no conoce «{key}»")
        elif fixed or where == "control":
            pair = _pair(value)
            if pair is None:
                problems.append(f"{where}.{key} debe ser [posición, longitud]")
            else:
                found[key] = pair
        elif isinstance(value, str) and value:
            found[key] = value
        else:
            problems.append(f"{where}.{key} debe ser el título de una columna")
    return found


def _pair(value: object) -> tuple[int, int] | None:
    match value:
        case [int(first), int(length)] if first >= 1 and length >= 1:
            return first, length
    return None


def _reference(given: Mapping[str, Any] | None, problems: list[str]) -> ReferenceRule | None:
    if given is None:
        return None
    pair = _pair(given.get("account"))
    if pair is None or given.get("check", "none") not in tuple(CheckKind):
        problems.append("reference necesita account = [posición, longitud] y check")
        return None
    base97 = Base97(int(given.get("base_year", 2014)), str(given.get("constant", "2")))
    return ReferenceRule(CheckKind(given.get("check", "none")), pair, base97)
