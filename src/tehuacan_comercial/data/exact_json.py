"""JSON that keeps money exact: Decimals leave as strings and numbers come back as Decimals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID


def dumps(value: object) -> str:
    """JSON text; Decimal, date, datetime and UUID become strings, an Enum its value.

    Raises:
        TypeError: something in it is a float, which is never money, or has no JSON form.
    """
    _refuse_floats(value)
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def loads(text: str | bytes) -> Any:
    """The value; a number with a decimal point becomes the equal Decimal, an integer an int."""
    return json.loads(text, parse_float=Decimal)


def _plain(value: object) -> object:
    match value:
        case Decimal() | UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case frozenset() | set():
            return sorted(value)
    raise TypeError(f"{type(value).__name__} cannot be sent as JSON")


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"a float is not sent: {value!r}")
    if isinstance(value, Mapping):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)
