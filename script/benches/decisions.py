"""How soon the other side's screen shows a request and its decision, in two real windows."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import eq
from pathlib import Path
from random import Random
from typing import IO, Any
from uuid import uuid4

from benches import PASSWORD
from benches.desk import Debtor, account_ids, debtors, open_desk
from benches.measure import Figures, Line, note, timed
from benches.town import MANAGER, Town
from benches.walk import CASHIER
from benches.window import environment, station_home
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain.authorisations import DecisionCommand, RequestCommand, Verdict
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.authorisations import AuthorisationsService, decide_on_the_spot
from tehuacan_comercial.services.sign_in import FailedTries

AIM_MS = 1000.0
_PAUSE = (0.5, 1.5)
"""Seconds between two acts, so that they fall anywhere between two polls."""
_TAIL = 2.0
_PATIENCE = 120.0
_LOOKS = 20
VOID, TRANSFER = "void_receipt", "transfer_payment"


@dataclass(frozen=True)
class Wish:
    """What is asked of the manager, and where they decide it."""

    kind: str
    receipt_id: int
    options: Mapping[str, object]
    on_the_spot: bool


@dataclass
class Acts:
    """When each request and each decision was known to be committed."""

    asked: dict[int, float] = field(default_factory=dict)
    at_the_dashboard: dict[str, float] = field(default_factory=dict)
    """By the title of what was asked, for the station's notice says it."""
    transfers: dict[str, float] = field(default_factory=dict)
    on_the_spot: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """Who asks and who decides, each on their own connection, and where they may sign in."""

    town: Town
    asks: AuthorisationsService
    decides: AuthorisationsService
    home: Path

    def ask(self, wish: Wish) -> tuple[int, str]:
        """The number of a new request, and its title."""
        title = self.asks.preview(wish.kind, wish.receipt_id, wish.options)["title"]
        command = RequestCommand(
            uuid4(), wish.kind, wish.receipt_id, "CUENTA", options=wish.options
        )
        return self.asks.request(command).decided.authorisation_id, str(title)

    def approve(self, authorisation_id: int, *, on_the_spot: bool) -> None:
        """At the dashboard, or signed in at the station of whoever asked (D2)."""
        command = DecisionCommand(uuid4(), authorisation_id, Verdict.APPROVE)
        if not on_the_spot:
            self.decides.decide(command)
            return
        tries = FailedTries(self.home / "intentos.json")
        decide_on_the_spot(self._login, (MANAGER, PASSWORD), "E1", tries, command)

    def _login(self, username: str, _secret: str) -> str:
        return self.town.office.login_url(self.town.database, username)


def measure(town: Town, period: str, rounds: int, seed: int) -> Iterator[Line]:
    """``rounds`` of each: void and transfer decided at the dashboard, void decided on the spot."""
    note("requests and decisions between a station and the dashboard")
    home = station_home(town)
    cashier, manager = town.cashier(1), town.manager()
    try:
        desk = _desk(town, cashier, manager, home)
        wishes = _wishes(town, period, rounds)
        desk.ask(next(wishes))  # one that stays: an inbox that is never empty is always painted
        acts, said = _both(desk, wishes, home, seed)
        limit = Figures.of([timed(desk.decides.pending) for _look in range(_LOOKS)])
    finally:
        cashier.close()
        manager.close()
    notices: Sequence[tuple[float, str]] = said["station"]["seen"]
    inbox: Sequence[tuple[float, list[int]]] = said["inbox"]["seen"]
    for name, latencies in (
        ("a request, in the manager's inbox", _shown(acts.asked, inbox)),
        ("decided at the dashboard, at the station", _told(acts.at_the_dashboard, notices)),
        ("a transfer decided, at the station", _told(acts.transfers, notices)),
        ("decided on the spot, in the manager's inbox", _gone(acts.on_the_spot, inbox)),
    ):
        yield _line(f"decision: {name}", latencies, limit, town)


def _line(name: str, latencies: list[float], limit: Figures, town: Town) -> Line:
    longest = max(latencies) * 1000
    return Line(
        name, Figures.of(latencies), limit, f"longest_ms <= {AIM_MS:g}", longest <= AIM_MS,
        town.accounts, 2, {"longest_ms": round(longest, 1)},
    )  # fmt: skip


def _desk(town: Town, cashier: Database, manager: Database, home: Path) -> Desk:
    return Desk(
        town,
        AuthorisationsService(cashier, Actor(CASHIER, CASHIER, "", "cashier")),
        AuthorisationsService(manager, Actor(MANAGER, MANAGER, "", "manager")),
        home,
    )


def _wishes(town: Town, period: str, rounds: int) -> Iterator[Wish]:
    """Receipts charged for this; the first is the void that nobody decides."""
    accounts = account_ids(town)
    with town.admin() as connection:
        waiting = list(debtors(connection, accounts[::-1], period))
    if len(waiting) <= 3 * rounds:
        raise LookupError(f"{len(waiting)} debtors of {period}")
    receipts = _charge(town, waiting[: 3 * rounds + 1])
    paper = {"paper": "in_hand", "refund": "payable"}
    yield Wish(VOID, receipts[0][0], paper, on_the_spot=False)
    for number, (receipt, account) in enumerate(receipts[1:]):
        if number % 3 == 1:
            target = accounts[0] if account != accounts[0] else accounts[1]
            yield Wish(TRANSFER, receipt, {"to_account": target}, on_the_spot=False)
        else:
            yield Wish(VOID, receipt, paper, on_the_spot=number % 3 == 2)


def _charge(town: Town, waiting: Sequence[Debtor]) -> list[tuple[int, int]]:
    """Receipts of the cashier who sits at the station, each with its account."""
    desk = open_desk(town, 1, town.office.home / "decisiones")
    made = []
    for debtor in waiting:
        charged = desk.cash.charge(desk.command(debtor))
        made.append((charged.charged.receipt_id, debtor.account_id))
    desk.database.close()
    return made


def _both(
    desk: Desk, wishes: Iterator[Wish], home: Path, seed: int
) -> tuple[Acts, dict[str, dict[str, Any]]]:
    """What was done, and what the two windows said they showed."""
    over = home / "decidido"
    windows = [_window(home, which, over) for which in ("station", "dashboard")]
    try:
        for each in windows:
            _output(each).readline()
        acts = _act(desk, wishes, Random(seed))  # noqa: S311 - pauses, not secrets
        time.sleep(_TAIL)
        over.touch()
        texts = [each.communicate(timeout=_PATIENCE)[0] for each in windows]
    finally:
        for each in windows:
            each.kill()
    lines = [json.loads(line) for text in texts for line in text.splitlines()]
    return acts, {line["name"]: line for line in lines}


def _act(desk: Desk, wishes: Iterator[Wish], dice: Random) -> Acts:
    acts = Acts()
    for wish in wishes:
        time.sleep(dice.uniform(*_PAUSE))
        number, title = desk.ask(wish)
        acts.asked[number] = time.monotonic()
        time.sleep(dice.uniform(*_PAUSE))
        desk.approve(number, on_the_spot=wish.on_the_spot)
        committed = time.monotonic()
        if wish.on_the_spot:
            acts.on_the_spot[number] = committed
        elif wish.kind == TRANSFER:
            acts.transfers[title] = committed
        else:
            acts.at_the_dashboard[title] = committed
    return acts


def _window(home: Path, which: str, over: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "benches.deciding", which, str(over)],
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
    )


def _output(process: subprocess.Popen[str]) -> IO[str]:
    if process.stdout is None:
        raise RuntimeError("no output")
    return process.stdout


def _shown(acts: Mapping[int, float], seen: Sequence[tuple[float, list[int]]]) -> list[float]:
    """Seconds until the inbox showed each request."""
    return [_wait(at, seen, partial(_holds, key)) for key, at in acts.items()]


def _gone(acts: Mapping[int, float], seen: Sequence[tuple[float, list[int]]]) -> list[float]:
    """Seconds until the inbox showed each no more."""
    return [_wait(at, seen, partial(_lacks, key)) for key, at in acts.items()]


def _told(acts: Mapping[str, float], seen: Sequence[tuple[float, str]]) -> list[float]:
    """Seconds until a notice said each."""
    return [_wait(at, seen, partial(eq, key)) for key, at in acts.items()]


def _holds(key: int, shown: list[int]) -> bool:
    return key in shown


def _lacks(key: int, shown: list[int]) -> bool:
    return key not in shown


def _wait(
    committed: float,
    seen: Sequence[tuple[float, Any]],
    fits: Callable[[Any], bool],
) -> float:
    """From the commit to the first picture since that fits; a picture between the commit and the
    answer counts as at once.

    Raises:
        LookupError: none ever did.
    """
    found = next((at for at, shown in seen if at >= committed - _TAIL / 4 and fits(shown)), None)
    if found is None:
        raise LookupError("a decision was never shown")
    return max(0.0, found - committed)
