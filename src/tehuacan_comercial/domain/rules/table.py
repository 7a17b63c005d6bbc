"""A TOML table read key by key: wrong or missing values become problems, reading goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from tehuacan_comercial.domain.rules.source import Source, Span

Choice = TypeVar("Choice", bound=StrEnum)

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")


class Table:
    """One table of a rules file. Getters return a neutral value where they found a problem.

    *sound* tells whether this table had none, so that checks between its values make sense.
    """

    def __init__(self, source: Source, data: Mapping[str, object], span: Span) -> None:
        self._source = source
        self._data = data
        self._span = span
        self._asked: set[str] = set()
        self.sound = True

    @property
    def line(self) -> int:
        """Where the table begins."""
        return self._span.first

    def complain(self, reason: str, key: str | None = None) -> None:
        """Note a problem at the key's line, or at the table's."""
        self.sound = False
        line = self._source.line_of_key(self._span, key) if key else self._span.first
        self._source.complain(line, reason)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._data

    def text(self, key: str, pattern: re.Pattern[str] | None = None) -> str:
        """A text with something in it, of the pattern when one is given."""
        value = self._get(key)
        if not isinstance(value, str) or not value.strip():
            return self._wrong(key, value, "un texto entre comillas", "")
        if pattern and not pattern.fullmatch(value):
            self.complain(f"«{key}» tiene una forma no válida: «{value}»", key)
        return value.strip()

    def code(self, key: str) -> str:
        """A code: capitals, digits and dashes."""
        return self.text(key, CODE)

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is absent."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of them, each once."""
        value = self._get(key)
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not values:
            return self._wrong(key, value, "un texto o una lista de textos", ())
        if not all(isinstance(each, str) and each.strip() for each in values):
            return self._wrong(key, value, "una lista que solo lleve textos", ())
        if len(set(values)) < len(values):
            self.complain(f"«{key}» repite un valor", key)
        return tuple(values)

    def whole(self, key: str, least: int = 0) -> int:
        """A whole number, *least* or more."""
        value = self._get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            return self._wrong(key, value, "un número entero", least)
        if value < least:
            self.complain(f"«{key}» debe ser {least} o más; dice {value}", key)
        return value

    def optional_whole(self, key: str, least: int = 0) -> int | None:
        """A whole number, or None where the key is absent."""
        return self.whole(key, least) if self.has(key) else None

    def number(self, key: str, places: int = 2) -> Decimal:
        """A number that is not negative, with so many decimals at most."""
        value = self._get(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return self._wrong(key, value, "un número sin comillas", Decimal(0))
        number = Decimal(value)
        if not number.is_finite() or number < 0:
            self.complain(f"«{key}» no puede ser negativo: {value}", key)
            return Decimal(0)
        if number != round(number, places):
            self.complain(f"«{key}» admite hasta {places} decimales; dice {value}", key)
        return number

    def optional_number(self, key: str, places: int = 2) -> Decimal | None:
        """A number, or None where the key is absent."""
        return self.number(key, places) if self.has(key) else None

    def day(self, key: str) -> date:
        """A date written 2026-01-31, without quotes."""
        value = self._get(key)
        if isinstance(value, datetime) or not isinstance(value, date):
            return self._wrong(key, value, "una fecha sin comillas (2026-01-31)", date.min)
        return value

    def optional_day(self, key: str) -> date | None:
        """A date, or None where the key is absent."""
        return self.day(key) if self.has(key) else None

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._get(key)
        if not isinstance(value, bool):
            return self._wrong(key, value, "true o false", False)
        return value

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """One of the words of an enumeration."""
        return self._member(key, self.text(key), choices)

    def choices(self, key: str, choices: type[Choice]) -> tuple[Choice, ...]:
        """One or several words of an enumeration."""
        return tuple(self._member(key, each, choices) for each in self.texts(key))

    def inline_tables(self, key: str) -> tuple[Table, ...]:
        """The ``{ … }`` of a list, at least one."""
        value = self._get(key)
        if not isinstance(value, list) or not value:
            return self._wrong(key, value, "una lista de renglones { … }", ())
        return tuple(
            Table(self._source, each, self._source.span_of_inline(self._span, key, index))
            for index, each in enumerate(value)
            if isinstance(each, dict) or self._wrong(key, each, "renglones { … }", False)
        )

    def finish(self) -> None:
        """Complain about keys that nobody asked for: a misspelt key must not be ignored."""
        for key in self._data:
            if key not in self._asked:
                self.complain(f"no se conoce «{key}»; revise cómo está escrito", key)

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self._data.get(key)

    def _member(self, key: str, word: str, choices: type[Choice]) -> Choice:
        for member in choices:
            if member.value == word:
                return member
        if word:
            known = ", ".join(member.value for member in choices)
            self.complain(f"«{key}» no puede ser «{word}»; escriba uno de: {known}", key)
        return next(iter(choices))

    _Neutral = TypeVar("_Neutral")

    def _wrong(self, key: str, value: object, wanted: str, neutral: _Neutral) -> _Neutral:
        if value is None:
            self.complain(f"falta «{key}»", key)
        else:
            self.complain(f"«{key}» debe ser {wanted}", key)
        return neutral


class RuleFile:
    """The parsed file: its head, and its tables by name."""

    def __init__(self, source: Source, data: Mapping[str, object]) -> None:
        self._source = source
        self._data = data
        self._asked: set[str] = set()
        head = {key: value for key, value in data.items() if not _is_tables(value)}
        self.head = Table(source, head, source.span_of_head())

    def rows(self, name: str) -> tuple[Table, ...]:
        """The ``[[name]]`` tables, at least one."""
        rows = self.optional_rows(name)
        if not rows:
            self._source.complain(1, f"el archivo no tiene ningún [[{name}]]")
        return rows

    def optional_rows(self, name: str) -> tuple[Table, ...]:
        """The ``[[name]]`` tables, perhaps none."""
        self._asked.add(name)
        value = self._data.get(name)
        tables = value if isinstance(value, list) else []
        return tuple(
            Table(self._source, each, self._source.span_of_table(name, index))
            for index, each in enumerate(tables)
            if isinstance(each, dict)
        )

    def complain(self, line: int, reason: str) -> None:
        """Note a problem of the file as a whole."""
        self._source.complain(line, reason)

    def finish(self) -> None:
        """Complain about tables and head keys that nobody asked for."""
        self.head.finish()
        for name, value in self._data.items():
            if _is_tables(value) and name not in self._asked:
                line = self._source.span_of_table(name, 0).first
                self._source.complain(line, f"no se conoce la sección «{name}»")


def _is_tables(value: object) -> bool:
    if isinstance(value, dict):
        return True
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)
