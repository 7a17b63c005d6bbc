"""``load-rules``: files of rules become versions in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tehuacan_comercial.admin.access import Access, Office, open_office
from tehuacan_comercial.admin.say import DONE, NoError, progress, say
from tehuacan_comercial.domain.rules.values import RuleKind

if TYPE_CHECKING:
    from tehuacan_comercial.services.rules import LoadedRules


def load(access: Access, path: Path) -> int:
    """Loads one file, or every file of a folder."""
    if not path.exists():
        raise NoError(f"No existe {path}.")
    with open_office(access) as office:
        lines = load_into(office, path)
    for line in lines:
        say(line)
    return DONE


def load_into(office: Office, path: Path) -> list[str]:
    """Loads rules into an open database; gives one sentence for each file."""
    from tehuacan_comercial.services.rules import RulesService

    service = RulesService(office.database, office.actor)
    with progress() as bar:
        if path.is_dir():
            loaded = service.load_folder(
                path, lambda done, total, what: bar.step(done, total, what)
            )
        else:
            loaded = (service.load_file(path),)
    return [line for each in loaded for line in told(each)]


def told(each: LoadedRules) -> list[str]:
    """What became of a file, and what it does not name."""
    line = f"{each.file}: {each.title}, versión {each.version}, vigente desde {each.valid_from}"
    lines = [line + ("." if each.loaded else "; ya estaba cargada.")]
    lines += [_missing(each.kind, code, name) for code, name in each.missing]
    return lines


def _missing(kind: RuleKind, code: str, name: str) -> str:
    """What an older file does not name, and what to write in it."""
    if kind is RuleKind.ACCOUNTING_MAP:
        what, rows = "la cuenta de", f'[[ledger]] con ledger = "{code}" y su account'
        without = "Sin ella, el día que la use no tendrá póliza."
    else:
        what = "quién decide"
        rows = f'[[limit]] con kind = "{code}" y [[reason]] con list = "{code}"'
        without = "Sin ello nadie la solicita ni la autoriza."
    return f"  FALTA {what} «{name}»: agregue {rows}, suba version y cárguelo de nuevo. {without}"
