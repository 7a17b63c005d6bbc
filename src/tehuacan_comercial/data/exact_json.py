"""JSON that keeps money exact: Decimals leave as strings and numbers come back as Decimals."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID


def dumps(value: object) -> str:
    """JSON text; Decimal, date, datetime and UUID become strings, an Enum its value."""
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
