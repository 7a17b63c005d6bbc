"""Use cases of rules: a file or a folder of them is checked and becomes versions in force (D8)."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.data.queries import tariffs as queries
from tehuacan_comercial.domain.calendar import BusinessCalendar
from tehuacan_comercial.domain.permissions import Permission
from tehuacan_comercial.domain.refusals import InvalidRules
from tehuacan_comercial.domain.rules.parse import parse_files, parse_rules
from tehuacan_comercial.domain.rules.values import ConceptRules, RuleKind, RuleSet
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.permission import requires
from tehuacan_comercial.services.rule_rows import rows_of

__all__ = ["LoadedRules", "RulesService"]

Progress = Callable[[int, int, str], None]
"""Called with (done, total, title of what was just loaded)."""

_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """One file: which version it became; not *loaded* when the very same text already was.

    ``missing`` is what the program knows and the file does not name, as code and name: an older
    file stays valid, and says nothing of what came after it.
    """

    file: str
    kind: RuleKind
    code: str
    version: int
    title: str
    valid_from: date
    rule_set_id: int
    loaded: bool
    missing: tuple[tuple[str, str], ...] = ()


class RulesService:
    """Rules for the signed-in person, or for the office tools."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self._database = database
        self.actor = actor

    @requires(Permission.RULES_LOAD)
    def load_file(self, path: Path) -> LoadedRules:
        """Load one file; concepts already in force are its catalogue.

        Raises:
            InvalidRules: with every problem by line; nothing is loaded.
            RuleSetUsed: it would change a version that made amounts; give it a later date.
        """
        return self._load({path.name: _text_of(path)}, None)[0]

    @requires(Permission.RULES_LOAD)
    def load_folder(
        self, folder: Path, progress: Progress | None = None
    ) -> tuple[LoadedRules, ...]:
        """Load every ``.toml`` of a folder, concepts first, each kind in the order of its dates.

        All files are checked before the first is written.

        Raises:
            InvalidRules: with the problems of all files; nothing is loaded.
            RuleSetUsed: as ``load_file``; the files before it stay loaded.
        """
        files = {path.name: _text_of(path) for path in sorted(folder.glob("*.toml"))}
        if not files:
            raise InvalidRules(str(folder), ("la carpeta no tiene archivos .toml",))
        return self._load(files, progress)

    @requires(Permission.STAFF_SIGN_IN)
    def calendar(self, day: date) -> BusinessCalendar:
        """The working calendar in force on a day; without one, only weekends rest."""
        with self._database.read() as connection:
            return queries.calendar_on(connection, day)

    def _load(self, files: Mapping[str, str], progress: Progress | None) -> tuple[LoadedRules, ...]:
        parsed = parse_files(files, self._catalogues())
        named = _by_version(files, parsed)
        order = sorted(named, key=lambda each: _turn(each[1]))
        loaded: list[LoadedRules] = []
        for name, rules in order:
            loaded.append(self._load_one(name, files[name], rules))
            if progress is not None:
                progress(len(loaded), len(order), rules.header.title)
        return tuple(loaded)

    def _load_one(self, name: str, text: str, rules: RuleSet) -> LoadedRules:
        head = rules.header
        command: dict[str, object] = {
            "kind": head.kind,
            "code": head.code,
            "version": str(head.version),
            "title": head.title,
            "legal_basis": head.legal_basis,
            "published_in": head.published_in,
            "valid_from": head.valid_from,
            "valid_to": head.valid_to,
            "demonstration": head.demonstration,
            "source_text": text,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            **rows_of(rules, self._today()),
        }
        done = self._database.call("load_rules", command, deadline_seconds=_SECONDS)
        return LoadedRules(
            name, head.kind, head.code, head.version, head.title, head.valid_from,
            int(done["rule_set_id"]), bool(done["loaded"]),
            tuple((str(row["code"]), str(row["name"])) for row in done["missing"]),
        )  # fmt: skip

    def _catalogues(self) -> list[ConceptRules]:
        """The concepts that are loaded already, read from the files they came from."""
        with self._database.read() as connection:
            texts = queries.sources_of(connection, RuleKind.CONCEPTS)
        found = (parse_rules("concepts", text) for text in texts)
        return [rules for rules in found if isinstance(rules, ConceptRules)]

    def _today(self) -> date:
        with self._database.read() as connection:
            return queries.office_today(connection)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problem = f"{path.name}, línea 1: el archivo no está en UTF-8"
        raise InvalidRules(path.name, (problem,)) from error


def _by_version(files: Mapping[str, str], parsed: tuple[RuleSet, ...]) -> list[tuple[str, RuleSet]]:
    """Each rule set with the name of the file that says its kind, code and version."""
    names = {_version_of(text): name for name, text in files.items()}
    heads = [(rules.header.kind.value, rules.header.code, rules.header.version) for rules in parsed]
    return [(names[head], rules) for head, rules in zip(heads, parsed, strict=True)]


def _version_of(text: str) -> tuple[str, str, int]:
    data = tomllib.loads(text)
    return data["kind"], data["code"], data["version"]


def _turn(rules: RuleSet) -> tuple[bool, str, date, int]:
    head = rules.header
    return head.kind is not RuleKind.CONCEPTS, head.kind.value, head.valid_from, head.version
