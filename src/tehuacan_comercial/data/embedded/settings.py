"""What our ``tehuacan.conf`` says: written beside PostgreSQL's own file at every start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FILE_NAME = "tehuacan.conf"
_INCLUDE = f"\ninclude_if_exists = '{FILE_NAME}'\n"

_BASE = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "password_encryption": "scram-sha-256",
    "timezone": "America/Mexico_City",
    "log_timezone": "America/Mexico_City",
    "lc_messages": "C",
    # One file for each day of the week, overwritten a week later: a log that never fills the disk.
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # statements carry people's data
    "log_checkpoints": "off",
    # Packing pages into the log costs a charge a quarter of its time; the disk it saves is little.
    "wal_compression": "off",
    "max_wal_size": "1GB",
}


def adopt(folder: Path) -> None:
    """Makes PostgreSQL's own configuration read ours, last, so that ours wins."""
    with (folder / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(_INCLUDE)


def write(folder: Path, port: int, extra: Mapping[str, str]) -> None:
    """Writes the settings for the next start. ``extra`` wins over ours."""
    chosen = _BASE | {"port": str(port)} | dict(extra)
    lines = (f"{name} = {_quoted(value)}\n" for name, value in chosen.items())
    text = "# Written by the program at every start; changes here are lost.\n" + "".join(lines)
    (folder / FILE_NAME).write_text(text, encoding="utf-8")


def kept_port(folder: Path) -> int | None:
    """The port of the last start."""
    try:
        text = (folder / FILE_NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    for line in text.splitlines():
        name, _, value = line.partition(" = ")
        if name == "port":
            return int(value.strip("'"))
    return None


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
