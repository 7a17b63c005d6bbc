"""From the text of rules files to rule values, or one refusal with every problem at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from tehuacan_comercial.domain.refusals import InvalidRules
from tehuacan_comercial.domain.rules.accounting import read_accounting
from tehuacan_comercial.domain.rules.authority import read_authority
from tehuacan_comercial.domain.rules.catalogue import read_concepts
from tehuacan_comercial.domain.rules.charges import (
    read_returned_cheque,
    read_surcharges,
    read_taxes,
)
from tehuacan_comercial.domain.rules.dates import read_calendar, read_uma
from tehuacan_comercial.domain.rules.office import (
    read_anomalies,
    read_denominations,
    read_office,
)
from tehuacan_comercial.domain.rules.queue import read_queue
from tehuacan_comercial.domain.rules.source import Source
from tehuacan_comercial.domain.rules.table import RuleFile, Table
from tehuacan_comercial.domain.rules.tariff import read_tariff
from tehuacan_comercial.domain.rules.values import ConceptRules, RuleHeader, RuleKind, RuleSet

DEMONSTRATION = "DEMOSTRACIÓN"

_ALONE: Mapping[RuleKind, Callable[[RuleHeader, RuleFile], RuleSet]] = {
    RuleKind.CONCEPTS: read_concepts,
    RuleKind.UMA: read_uma,
    RuleKind.CALENDAR: read_calendar,
    RuleKind.OFFICE: read_office,
    RuleKind.DENOMINATIONS: read_denominations,
    RuleKind.ANOMALIES: read_anomalies,
    RuleKind.AUTHORITY: read_authority,
    RuleKind.QUEUE: read_queue,
}
_ON_CATALOGUE: Mapping[RuleKind, Callable[[RuleHeader, RuleFile, ConceptRules], RuleSet]] = {
    RuleKind.TARIFF: read_tariff,
    RuleKind.TAXES: read_taxes,
    RuleKind.SURCHARGES: read_surcharges,
    RuleKind.ACCOUNTING_MAP: read_accounting,
    RuleKind.RETURNED_CHEQUE: read_returned_cheque,
}


def parse_rules(name: str, text: str, catalogue: ConceptRules | None = None) -> RuleSet:
    """Read one rules file.

    Tariff, taxes and surcharges are checked against the *catalogue* of concepts.

    Raises:
        InvalidRules: with every problem, in Spanish, by file, line and reason.
    """
    source = Source(name, text)
    rules = _read(source, catalogue)
    if rules is None or source.problems:
        raise InvalidRules(name, tuple(source.problems))
    return rules


def parse_files(
    files: Mapping[str, str], catalogues: Sequence[ConceptRules] = ()
) -> tuple[RuleSet, ...]:
    """Read rules files together, by name; the concepts among them come first.

    *catalogues* are versions of the concepts that are loaded already.

    Raises:
        InvalidRules: with the problems of all files.
    """
    known = list(catalogues)
    rule_sets: list[RuleSet] = []
    problems: list[str] = []
    for name, text in sorted(files.items(), key=lambda each: (not _has_concepts(each[1]), each[0])):
        try:
            rules = parse_rules(name, text, _catalogue_for(text, known))
        except InvalidRules as refused:
            problems.extend(refused.problems)
            continue
        problems.extend(_repeats(name, rules, rule_sets))
        rule_sets.append(rules)
        if isinstance(rules, ConceptRules):
            known.append(rules)
    if problems:
        raise InvalidRules(", ".join(sorted(files)), tuple(problems))
    return tuple(rule_sets)


def _read(source: Source, catalogue: ConceptRules | None) -> RuleSet | None:
    try:
        data = tomllib.loads(source.text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        source.complain(*_where(error, source))
        return None
    file = RuleFile(source, data)
    header = _header(file.head)
    if header.kind.value != data.get("kind"):
        return None  # said already; what the rest should look like is anybody's guess
    if header.kind in _ALONE:
        rules = _ALONE[header.kind](header, file)
    elif catalogue is None:
        source.complain(1, "no hay catálogo de conceptos válido contra el cual revisarlo")
        return None
    else:
        rules = _ON_CATALOGUE[header.kind](header, file, catalogue)
    file.finish()
    return rules


def _where(error: tomllib.TOMLDecodeError, source: Source) -> tuple[int, str]:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    line = int(found[1]) if found else max(len(source.lines), 1)
    column = f" en la columna {found[2]}" if found else ""
    return line, f"no se entiende lo escrito{column}; revise comillas, corchetes y signos ="


def _header(head: Table) -> RuleHeader:
    header = RuleHeader(
        kind=head.choice("kind", RuleKind),
        code=head.code("code"),
        version=head.whole("version", least=1),
        title=head.text("title"),
        legal_basis=head.text("legal_basis"),
        published_in=head.text("published_in"),
        valid_from=head.day("valid_from"),
        valid_to=head.optional_day("valid_to"),
        demonstration=head.flag("demonstration"),
    )
    if header.valid_to is not None and header.valid_to < header.valid_from:
        head.complain("la vigencia termina antes de empezar", "valid_to")
    if header.demonstration != (DEMONSTRATION in header.title):
        head.complain(
            f"el título lleva la palabra {DEMONSTRATION} si y solo si demonstration = true", "title"
        )
    return header


def _has_concepts(text: str) -> bool:
    return re.search(r'^\s*kind\s*=\s*"concepts"', text, re.MULTILINE) is not None


def _catalogue_for(text: str, known: Sequence[ConceptRules]) -> ConceptRules | None:
    """The concepts in force when the rules of *text* begin; the earliest when none are yet."""
    found = re.search(r"^\s*valid_from\s*=\s*(\d{4}-\d{2}-\d{2})", text, re.MULTILINE)
    begins = found[1] if found else date.max.isoformat()
    in_force = [each for each in known if each.header.valid_from.isoformat() <= begins]
    if in_force:
        return max(in_force, key=lambda each: (each.header.valid_from, each.header.version))
    return min(known, key=lambda each: each.header.valid_from, default=None)


def _repeats(name: str, rules: RuleSet, earlier: Sequence[RuleSet]) -> list[str]:
    mine = (rules.header.kind, rules.header.code, rules.header.version)
    if any((each.header.kind, each.header.code, each.header.version) == mine for each in earlier):
        return [f"{name}, línea 1: la versión {mine[2]} de {mine[1]} viene en dos archivos"]
    return []
