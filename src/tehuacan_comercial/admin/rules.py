"""``load-rules``: files of rules become versions in force."""

from __future__ import annotations

from pathlib import Path

from tehuacan_comercial.admin.access import Access, Office, open_office
from tehuacan_comercial.admin.say import DONE, NoError, progress, say


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
    return [
        f"{each.file}: {each.title}, versión {each.version}, vigente desde {each.valid_from}"
        + ("." if each.loaded else "; ya estaba cargada.")
        for each in loaded
    ]
