"""From the start of the process to a usable window; the main thread's longest absence in a day."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benches.measure import Figures, Line, note, ratio
from benches.town import Admin, Town

AIM = 3.0
GAP_MS = 50.0
_SCRIPTS = Path(__file__).parents[1]
_PATIENCE = 900.0

_DEBTORS = """
SELECT d.account_number FROM account_directory d
WHERE EXISTS (SELECT FROM charge c WHERE c.account_id = d.account_id AND c.settled < c.total)
ORDER BY hashint8(d.account_id + %s) LIMIT %s
"""


def measure(town: Town, starts: int, charges: int, seed: int) -> Iterator[Line]:
    """Starts in turn with bare windows; then one day."""
    home = station_home(town)
    painted: list[float] = []
    usable: list[float] = []
    bare: list[float] = []
    for number in range(starts + 1):
        taken = (
            _run(home, "bare")["painted"],
            _run(home, "start")["painted"],
            _after_typing(_run(home, "day")),
        )
        if number:  # the first of each reads the disk
            for figure, seconds in zip((bare, painted, usable), taken, strict=True):
                figure.append(seconds)
    ours, limit, signed_in = Figures.of(painted), Figures.of(bare), Figures.of(usable)
    times = ratio(ours, limit)
    aim = f"ratio <= {AIM:g}"
    yield Line("start: sign-in painted", ours, limit, aim, times <= AIM, town.accounts)
    yield Line("start: from Enter to the till", signed_in, limit, "", None, town.accounts)
    with town.admin() as connection:
        accounts = _debtors(connection, seed, charges)
    yield _day(town, home, accounts)


def _day(town: Town, home: Path, accounts: Sequence[str]) -> Line:
    note(f"a day of {len(accounts)} charges")
    idle: list[float] = _lines(home, "bare")["idle"]["gaps"]
    charged = _lines(home, "day", *accounts)["charged"]
    gaps: list[float] = charged["gaps"]
    own: list[float] = charged["own"]
    ours, limit = Figures.of(gaps), Figures.of(idle)
    longest = max(gaps) * 1000
    more: dict[str, object] = {
        "charges": len(accounts),
        "longest_gap_ms": round(longest, 1),
        "longest_gap_of_an_idle_window_ms": round(max(idle) * 1000, 1),
        "longest_own_ms": round(max(own) * 1000, 1),
        "own_over_aim": sum(work * 1000 > GAP_MS for work in own),
        "beats": len(gaps),
        "gaps_over_aim": sum(gap * 1000 > GAP_MS for gap in gaps),
    }
    return Line(
        "gap of the main thread", ours, limit, f"longest_gap_ms <= {GAP_MS:g}", longest <= GAP_MS,
        town.accounts, 1, more,
    )  # fmt: skip


def station_home(town: Town) -> Path:
    """A station that was set up before: its server is the run's."""
    home = town.office.home / "station"
    home.mkdir(exist_ok=True)
    address = town.office.cluster.address
    (home / "estacion.toml").write_text(
        f'server = "postgresql://{address.host}:{address.port}/{town.database}"\n'
        'sslmode = "disable"\nstation = "E1"\ntill = "C1"\n',
        encoding="utf-8",
    )
    return home


def _debtors(connection: Admin, seed: int, count: int) -> list[str]:
    rows = connection.execute(_DEBTORS, (seed, count)).fetchall()
    return [str(row[0]) for row in rows]


def _run(home: Path, mode: str) -> dict[str, float]:
    """Seconds from the start of the process to each thing it said."""
    begun = time.monotonic()
    return {name: line["at"] - begun for name, line in _lines(home, mode).items()}


def _after_typing(said: dict[str, float]) -> float:
    return said["usable"] - said["typed"]


def environment(home: Path) -> dict[str, str]:
    """Of a process with a window of its own; it finds the program where this one does."""
    ours = (str(_SCRIPTS), os.environ.get("PYTHONPATH", ""))
    return {
        **os.environ,
        "TEHUACAN_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(filter(None, ours)),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }


def _lines(home: Path, mode: str, *accounts: str) -> dict[str, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "benches.station", mode, *accounts],
        env=environment(home),
        stdout=subprocess.PIPE,
        check=True,
        timeout=_PATIENCE,
        text=True,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["name"]: line for line in found}
