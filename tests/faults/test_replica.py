"""A real streaming replica under the manager's window: read while it keeps up, told when not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tehuacan_comercial.data.embedded import SUPERUSER, EmbeddedCluster
from tehuacan_comercial.services import dashboard_source
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.dashboard import Board, Source
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries, sign_in
from tests.support.books import open_charges, open_session, pay
from tests.support.secrets import FileSecrets
from tests.support.server import TestServer
from tests.support.town import PASSWORD, Town, build_town

PATIENCE = 15.0


@pytest.fixture
def town(own_server: TestServer, own_database: str) -> Iterator[Town]:
    made = build_town(own_server, own_database)
    yield made
    made.close()


@pytest.fixture
def replica(own_server: TestServer, town: Town) -> Iterator[TestServer]:
    """PostgreSQL's own copy of the server, following it."""
    assert town.database
    main = own_server.cluster
    folder = main.data_folder.with_name("replica")
    folder.mkdir(mode=0o700)
    main._launcher.own(folder)
    secrets = FileSecrets(main.data_folder.parent / "secrets.json")
    password = main._superuser_password()
    address = main.address
    login = f"host={address.host} port={address.port} user={SUPERUSER} password={password}"
    copied = main._launcher.run(
        "pg_basebackup",
        ["-D", "{folder}", "-d", login, "-R", "-X", "stream", "-c", "fast"],
        folder=folder,
    )
    assert copied.returncode == 0, copied.stdout
    made = TestServer(EmbeddedCluster(folder, secrets))
    made.cluster.start()
    yield made
    made.cluster.stop("immediate")


@pytest.fixture
def desk(town: Town, replica: TestServer, tmp_path: Path) -> Iterator[Desk]:
    def login(user: str, secret: str) -> str:
        return town.server.login_url(town.database, user, secret)

    def read(user: str, secret: str) -> str:
        return replica.login_url(town.database, user, secret)

    tries = FailedTries(tmp_path / "tries.json")
    made = Desk(sign_in(login, "gerente", PASSWORD, "E1", tries, read), tmp_path)
    yield made
    made.close()


def until(look: Callable[[], Board], wanted: Callable[[Board], bool]) -> Board:
    limit = time.monotonic() + PATIENCE
    while not wanted(board := look()):
        assert time.monotonic() < limit, board.origin
        time.sleep(0.05)
    return board


def test_a_replica_is_read_told_when_late_and_left_when_dead(
    town: Town, replica: TestServer, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard_source, "REST_SECONDS", 0.0)
    monkeypatch.setattr(dashboard_source, "LATE_SECONDS", 1.0)
    payment = Changes(topics=frozenset({"payment", "session"}))

    def look() -> Board:
        return desk.dashboard.look(payment)

    rosa = town.sign_in("rosa")
    session = open_session(rosa, "C1")
    first, second, third = town.account_ids()
    pay(rosa, session, first, open_charges(town, first)[:1], "cash")
    board = until(look, lambda board: board.receipts == 1)
    assert board.origin.source is Source.REPLICA
    assert board.origin.age == 0.0

    with replica.connect() as connection:
        connection.execute("SELECT pg_wal_replay_pause()")
    pay(rosa, session, second, open_charges(town, second)[:1], "cash")
    board = until(look, lambda board: board.origin.source is Source.LATE)
    assert board.origin.age is not None
    assert board.origin.age > 1.0
    assert board.receipts == 2, "the primary answers for it"

    with replica.connect() as connection:
        connection.execute("SELECT pg_wal_replay_resume()")
    board = until(look, lambda board: board.origin.source is Source.REPLICA)
    assert board.receipts == 2

    replica.cluster.stop("immediate")
    pay(rosa, session, third, open_charges(town, third)[:1], "cash")
    board = until(look, lambda board: board.origin.source is Source.SILENT)
    assert board.receipts == 3
    assert board.collected == board.takings.amount()
