"""Backup and restore: whole, tried before it counts, nothing lost when it fails."""

from __future__ import annotations

import fcntl
import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tehuacan_comercial.data.backup import backup, restore, try_restore
from tehuacan_comercial.data.embedded import SUPERUSER, ServerAddress
from tehuacan_comercial.data.embedded.cluster import SUPERUSER_SECRET
from tehuacan_comercial.domain.refusals import ServerUnreachable
from tests.support.secrets import FileSecrets
from tests.support.server import TestServer, run_folder


@pytest.fixture
def keeper(any_server: TestServer) -> tuple[ServerAddress, str, str]:
    name = any_server.cluster.data_folder.name
    password = FileSecrets(run_folder() / f"{name}.secrets").get(SUPERUSER_SECRET)
    assert password is not None
    return any_server.cluster.address, SUPERUSER, password


@pytest.fixture
def alone() -> Iterator[None]:
    """These tests look at every database of a server: one at a time, whichever worker runs it."""
    with (run_folder() / "databases.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def office(any_server: TestServer, alone: None) -> Iterator[str]:
    """A small database with pesos in it."""
    name = f"oficina_{secrets.token_hex(4)}"
    any_server.cluster.ensure_database(name)
    _do(any_server, name, "CREATE TABLE pesos AS SELECT 12.34::numeric(12,2) AS amount, 'ñ' AS t")
    yield name
    for found in _databases(any_server):
        if found.startswith((name, "ensayo_")):
            any_server.drop(found)


def _do(server: TestServer, database: str, query: str) -> None:
    with server.connect(database) as connection:
        connection.execute(query.encode())


def _pesos(server: TestServer, database: str) -> str:
    with server.connect(database) as connection:
        row = connection.execute("SELECT string_agg(amount || t, ' ') FROM pesos").fetchone()
    assert row is not None
    return str(row[0])


def _databases(server: TestServer) -> list[str]:
    """Without those of tests that run beside this one, which come and go."""
    with server.connect() as connection:
        found = [str(row[0]) for row in connection.execute("SELECT datname FROM pg_database")]
    return [name for name in found if not name.startswith("prueba_")]


def test_a_backup_tells_what_it_wrote(
    keeper: tuple[ServerAddress, str, str], office: str, tmp_path: Path
) -> None:
    target = tmp_path / "respaldos del año" / "hoy.dump"
    facts = backup(*keeper, office, target)
    assert facts.file == target
    assert facts.size == target.stat().st_size > 0
    assert facts.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert target.stat().st_mode & 0o077 == 0
    assert [path.name for path in target.parent.iterdir()] == ["hoy.dump"]


def test_a_failed_backup_leaves_no_file_and_not_the_old_one_harmed(
    keeper: tuple[ServerAddress, str, str], tmp_path: Path
) -> None:
    target = tmp_path / "hoy.dump"
    target.write_bytes(b"yesterday's")
    with pytest.raises(ServerUnreachable, match="no_existe"):
        backup(*keeper, "no_existe", target)
    assert target.read_bytes() == b"yesterday's"
    assert [path.name for path in tmp_path.iterdir()] == ["hoy.dump"]


def test_a_wrong_password_makes_no_backup(
    keeper: tuple[ServerAddress, str, str], office: str, tmp_path: Path
) -> None:
    with pytest.raises(ServerUnreachable, match="password authentication failed"):
        backup(keeper[0], keeper[1], "otra", office, tmp_path / "hoy.dump")


def test_restore_brings_back_the_day_and_keeps_what_it_replaced(
    any_server: TestServer,
    keeper: tuple[ServerAddress, str, str],
    office: str,
    tmp_path: Path,
) -> None:
    facts = backup(*keeper, office, tmp_path / "hoy.dump")
    _do(any_server, office, "UPDATE pesos SET amount = 0")
    seen: list[str] = []
    with any_server.connect(office):  # a forgotten connection does not hinder
        restore(
            *keeper, office, facts.file, verify=lambda name: seen.append(_pesos(any_server, name))
        )
    assert seen == ["12.34ñ"]
    assert _pesos(any_server, office) == "12.34ñ"
    kept = [name for name in _databases(any_server) if name.startswith(f"{office}_antes_")]
    assert [_pesos(any_server, name) for name in kept] == ["0.00ñ"]
    assert not [name for name in _databases(any_server) if name.startswith("ensayo_")]


def _accept(_name: str) -> None:
    pass


def test_restore_onto_a_server_that_has_none(
    any_server: TestServer,
    keeper: tuple[ServerAddress, str, str],
    office: str,
    tmp_path: Path,
) -> None:
    facts = backup(*keeper, office, tmp_path / "hoy.dump")
    any_server.drop(office)
    restore(*keeper, office, facts.file, verify=_accept)
    assert _pesos(any_server, office) == "12.34ñ"


class _NotCleanError(Exception):
    """What a verification raises."""


def _refuse(_name: str) -> None:
    raise _NotCleanError


def test_a_restore_that_does_not_verify_changes_nothing(
    any_server: TestServer,
    keeper: tuple[ServerAddress, str, str],
    office: str,
    tmp_path: Path,
) -> None:
    facts = backup(*keeper, office, tmp_path / "hoy.dump")
    _do(any_server, office, "UPDATE pesos SET amount = 1")
    before = set(_databases(any_server))
    with pytest.raises(_NotCleanError):
        restore(*keeper, office, facts.file, verify=_refuse)
    with pytest.raises(_NotCleanError):
        try_restore(*keeper, facts.file, verify=_refuse)
    assert _pesos(any_server, office) == "1.00ñ"
    assert set(_databases(any_server)) == before


def test_a_damaged_file_changes_nothing(
    any_server: TestServer,
    keeper: tuple[ServerAddress, str, str],
    office: str,
    tmp_path: Path,
) -> None:
    facts = backup(*keeper, office, tmp_path / "hoy.dump")
    content = facts.file.read_bytes()
    facts.file.write_bytes(content[: len(content) // 3])
    before = set(_databases(any_server))
    with pytest.raises(ServerUnreachable):
        restore(*keeper, office, facts.file, verify=_accept)
    assert set(_databases(any_server)) == before
    assert _pesos(any_server, office) == "12.34ñ"


def test_nothing_is_dumped_in_the_clear_where_encryption_was_asked(
    keeper: tuple[ServerAddress, str, str], office: str, tmp_path: Path
) -> None:
    """The test server speaks no TLS, so a dump that asks for it is not made at all."""
    target = tmp_path / "oficina.dump"
    with pytest.raises(ServerUnreachable):
        backup(*keeper, office, target, sslmode="require")
    assert list(tmp_path.iterdir()) == []
