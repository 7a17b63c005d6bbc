"""Makes a new cluster: SCRAM for everybody, checksums, UTF-8, sorting that no library changes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tehuacan_comercial.data.embedded import settings
from tehuacan_comercial.data.embedded.launch import Launcher
from tehuacan_comercial.domain.refusals import ServerUnreachable

_COMMON = [
    *("-D", "{folder}", "--pwfile={extra}", "-A", "scram-sha-256"),
    *("-k", "-E", "UTF8", "--no-instructions"),
]


def create(data_folder: Path, launcher: Launcher, superuser: str, password: str) -> None:
    """Runs initdb in a folder beside, then one rename: a half-made cluster is never used.

    Raises:
        ServerUnreachable: the folder holds other things, or initdb failed; the detail says why.
    """
    data_folder.parent.mkdir(parents=True, exist_ok=True)
    if data_folder.exists():
        _require_empty(data_folder)
    fresh = data_folder.with_name(f"{data_folder.name}.new")
    with tempfile.TemporaryDirectory() as private:
        password_file = Path(private) / "password"
        password_file.write_text(password + "\n", encoding="utf-8")
        launcher.own(password_file)
        _initdb(fresh, launcher, superuser, password_file)
    settings.adopt(fresh)
    launcher.own(fresh)
    fresh.rename(data_folder)


def _require_empty(data_folder: Path) -> None:
    try:
        data_folder.rmdir()
    except OSError as error:
        raise ServerUnreachable(
            f"La carpeta {data_folder} contiene otras cosas y no una base de datos de "
            "este programa. Muévalas a otro lugar o elija otra carpeta."
        ) from error


def _initdb(fresh: Path, launcher: Launcher, superuser: str, password_file: Path) -> None:
    answers: list[str] = []
    for locale in _locales(launcher.binaries.major):
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        launcher.own(fresh)
        arguments = [*_COMMON, "-U", superuser, *locale]
        done = launcher.run("initdb", arguments, folder=fresh, extra=password_file)
        if done.returncode == 0:
            return
        answers.append(done.stdout.strip())
    raise ServerUnreachable("No se pudo crear la base de datos: " + "\n".join(answers))


def _locales(major: int) -> list[list[str]]:
    """How text folds and sorts, best first: the same on every machine, no library needed."""
    if major >= 18:
        return [["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C"]]
    if major == 17:
        return [["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]]
    return [["--locale=C.UTF-8"], ["--locale=C"]]
