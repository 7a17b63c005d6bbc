"""Reads ``postmaster.pid``: whether a server runs on a data folder, and where it answers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from psycopg.pq import PGconn, Ping

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Postmaster:
    """The server's process and TCP port, as PostgreSQL wrote them down."""

    pid: int
    port: int

    @property
    def answers(self) -> bool:
        """Whether a PostgreSQL server accepts connections there. Needs no password."""
        conninfo = f"host={HOST} port={self.port} connect_timeout=2 dbname=postgres"
        return PGconn.ping(conninfo.encode()) == Ping.OK


def read(folder: Path) -> Postmaster | None:
    """What ``postmaster.pid`` says; None when it is missing or not complete yet."""
    try:
        lines = (folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return Postmaster(int(lines[0]), int(lines[3]))
    except (FileNotFoundError, IndexError, ValueError):
        return None


def is_alive(folder: Path) -> bool:
    """Whether the process of ``postmaster.pid`` is a PostgreSQL that has not ended yet.

    It may be starting, recovering or being buried; on Windows the answer is always no.
    """
    found = read(folder)
    if found is None or sys.platform == "win32":
        return False
    name = _process_name(found.pid)
    return name is not None and name.startswith("postgres")


def remove_if_stale(folder: Path) -> bool:
    """Removes a ``postmaster.pid`` whose number now belongs to some other program.

    After a power cut the number may have been given to any process; PostgreSQL then refuses to
    start for as long as that one lives. A process called ``postgres`` is never declared dead.
    On Windows PostgreSQL finds this out by itself.
    """
    found = read(folder)
    if found is None or sys.platform == "win32":
        return False
    name = _process_name(found.pid)
    if name is None or name.startswith("postgres"):
        return False
    (folder / "postmaster.pid").unlink(missing_ok=True)
    return True


def _process_name(pid: int) -> str | None:
    """The program a process runs; None when there is no such process."""
    if Path("/proc/self/comm").exists():
        try:
            return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
        except OSError:  # it ended, perhaps while being read
            return None
    done = subprocess.run(
        ["ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False
    )
    return Path(done.stdout.strip()).name or None


def port_is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # elsewhere this option would allow stealing a used port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def any_free_port() -> int:
    """A port that the system says is free."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port
