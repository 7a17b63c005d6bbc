"""The server's disk is full: charges are refused as such, nothing is lost, and it goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.data import schema
from tehuacan_comercial.data.embedded import EmbeddedCluster
from tehuacan_comercial.domain.refusals import ServerFull, TroubleRefusal
from tests.support.day.office import Office, build_office
from tests.support.day.patience import PATIENCE
from tests.support.day.station import Station, stations
from tests.support.day.told import Told
from tests.support.day.truth import settled_truth
from tests.support.secrets import FileSecrets
from tests.support.server import TestServer
from tests.support.trials import Trials

MEGABYTE = 1024 * 1024
DISK = "220m"
SMALL = {"min_wal_size": "32MB", "max_wal_size": "64MB", "shared_buffers": "16MB"}
"""Little log in advance, and no room in memory for what does not fit on the disk."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own in memory, mounted for this test."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a small file system")
    place = tmp_path / "disco"
    place.mkdir()
    order = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0755", "tehuacan", str(place)]
    mounted = subprocess.run(order, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"this machine does not let root mount: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def cramped_office(small_disk: Path, tmp_path: Path) -> Iterator[Office]:
    """An office whose data stand on the small disk; its secrets stand elsewhere."""
    secrets = FileSecrets(tmp_path / "secrets.json")
    cluster = EmbeddedCluster(small_disk / "datos", secrets, extra_settings=SMALL)
    cluster.start()
    server = TestServer(cluster)
    cluster.ensure_database("oficina")
    schema.install(server.superuser_url("oficina"))
    made = build_office(server, "oficina", tmp_path)
    yield made
    made.town.close()
    cluster.stop("immediate")


class Filler:
    """A file that takes what is free on the disk, and gives it back."""

    def __init__(self, disk: Path) -> None:
        self._file = disk / "relleno"

    def fill(self) -> None:
        with self._file.open("ab", buffering=0) as file:
            size = 4 * MEGABYTE
            while size >= 512:
                try:
                    if file.write(b"x" * size) < size:
                        size //= 2
                except OSError:
                    size //= 2

    def free(self) -> None:
        self._file.unlink()


def charge_until_full(till: Station, accounts: list[int]) -> Told:
    """Goes on charging until there is no room for one more."""
    for number in range(5000):
        account = accounts[number % len(accounts)]
        told = till.charge(till.command(account, Decimal("0.10"), advance=Decimal(1)))
        if not told.stands:
            return told
    raise AssertionError("the disk is never full")


def test_a_full_disk_refuses_and_loses_nothing(
    cramped_office: Office, small_disk: Path, trials: Trials
) -> None:
    till = stations(cramped_office, 1)[0]
    accounts = cramped_office.accounts()
    filler = Filler(small_disk)
    for _ in range(2):
        filler.fill()
        told = charge_until_full(till, accounts)
        assert isinstance(told.refusal, ServerFull), told.refusal
        assert till.intents == []
        again = till.charge(told.command)  # the cashier tries the same sheet: still full
        assert not again.stands
        filler.free()
        go_on(cramped_office, till, again)
        trials.add()
    trials.add(len(cramped_office.told))
    till.count_and_close()
    assert settled_truth(cramped_office) == []


def go_on(office: Office, till: Station, told: Told) -> None:
    """There is room again; should the server have fallen over it, it is started."""
    for _ in range(PATIENCE):
        if till.charge_to_the_end(told.command).stands:
            return
        try:
            office.town.server.cluster.start()
        except TroubleRefusal:
            continue
    raise TimeoutError("the office does not go on")
