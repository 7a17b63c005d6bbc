"""Dates as text in the office's forms, or as Excel's day numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_TOKEN = {
    "aaaa": r"(?P<year>\d{4})", "aa": r"(?P<year>\d{2})", "mmm": r"(?P<name>[a-záéíóú]{3,10})\.?",
    "mm": r"(?P<month>\d{1,2})", "m": r"(?P<month>\d{1,2})",
    "dd": r"(?P<day>\d{1,2})", "d": r"(?P<day>\d{1,2})",
}  # fmt: skip
_MIDNIGHT = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]\.? ?m\.?)?$", re.IGNORECASE)
_SERIAL = re.compile(r"^\d{5}(\.\d+)?$")
EPOCH = date(1899, 12, 30)


class NotADateError(ValueError):
    """The text is no date in any allowed form; the message is the Spanish reason."""


def read_date(text: str, forms: tuple[str, ...], today: date, epoch: date = EPOCH) -> date:
    """The date written in ``text``: one of ``forms``, or five digits of Excel's day count.

    A year of two digits is the latest one not after ``today``.

    Raises:
        NotADateError: it fits no form, or the day does not exist.
    """
    bare = _MIDNIGHT.sub("", text.casefold()).strip()
    if _SERIAL.match(bare):
        return from_serial(int(bare.split(".")[0]), epoch)
    bare = re.sub(r"\s+de(l)?\s+", " ", bare)
    for form in forms:
        found = _pattern(form).match(bare)
        if found:
            return _date_of(found, today)
    raise NotADateError(f"No es una fecha; escríbala como {forms[0]}.")


def from_serial(days: int, epoch: date = EPOCH) -> date:
    """The date of Excel's day number (1900 or 1904 system by ``epoch``).

    Raises:
        NotADateError: the number is outside of what a registry can hold.
    """
    if not 367 <= days <= 73050:
        raise NotADateError("Ese número no corresponde a una fecha de Excel.")
    return epoch + timedelta(days=days)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    parts = re.split(r"([-/. ])", form)
    written = "".join(_TOKEN.get(part, re.escape(part)) for part in parts)
    return re.compile(written.replace(r"\ ", " ") + r"$", re.IGNORECASE)


def _date_of(found: re.Match[str], today: date) -> date:
    parts = found.groupdict()
    month = int(parts["month"]) if parts.get("month") else _month_named(parts["name"])
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if 2000 + year <= today.year else 1900
    try:
        return date(year, month, int(parts["day"]))
    except ValueError as error:
        raise NotADateError("Esa fecha no existe en el calendario.") from error


def _month_named(name: str) -> int:
    short = name[:3].replace("set", "sep")
    if short not in MONTHS:
        raise NotADateError(f"«{name}» no es un mes.")
    return MONTHS.index(short) + 1
