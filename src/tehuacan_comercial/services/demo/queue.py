"""The queue of the demonstration: mornings of the last days, and a few people who wait right now.

Arrivals, attentions, absences and those who give up are drawn; who is called when follows from the
office's own rule of fairness.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from tehuacan_comercial.data.demo_queue import PastPeriod, PastShift, PastTurn
from tehuacan_comercial.domain.queue_catalogue import Procedure, QueueCatalogue
from tehuacan_comercial.domain.queue_fairness import Waiting, next_in_line, run_after

from .paying import ZONE

OPENS, DOORS_CLOSE = time(8, 30), time(13, 30)
MEAN_GAP = 2.6
"""Minutes between two arrivals, on average."""
WAIT_NOW = (26, 19, 14, 9, 6, 2)
"""Minutes since the arrival of those who wait when the town is built."""

_POPULAR: Mapping[str, int] = {"PAGO": 12, "INFORMES": 8, "ACLARACION": 4}
_FIRST = 0.18
_ABSENT = 0.04
_PATIENCE = 45
"""Minutes after which half of those who wait have given up."""


@dataclass
class _Person:
    key: int
    procedure: Procedure
    priority: str
    arrived: datetime
    gives_up: datetime
    periods: list[PastPeriod] = field(default_factory=list)

    @property
    def waiting(self) -> Waiting:
        return Waiting(self.key, bool(self.priority), self.arrived)


def make_mornings(
    dice: Random,
    catalogue: QueueCatalogue,
    days: Sequence[date],
    staff: Mapping[str, str],
    host: str,
) -> tuple[list[PastTurn], list[PastShift]]:
    """Whole mornings of past days; *staff* is desk → user name, *host* gives the tickets."""
    turns: list[PastTurn] = []
    for day in days:
        people = list(_arrivals(dice, catalogue, day))
        _attend(dice, catalogue, people, day, staff)
        turns += _numbered(catalogue, people, day, host)
    shifts = [
        PastShift(desk, _name(catalogue, desk), user, _at(day, OPENS), _at(day, time(15, 0)))
        for day in days
        for desk, user in staff.items()
    ]
    return turns, shifts


def waiting_now(
    dice: Random, catalogue: QueueCatalogue, now: datetime, host: str
) -> list[PastTurn]:
    """A few people who arrived lately and whom nobody called yet; only of today."""
    today = now.astimezone(ZONE).date()
    moments = [now - timedelta(minutes=ago) for ago in WAIT_NOW]
    people = [
        _person(dice, catalogue, key, moment)
        for key, moment in enumerate(moments)
        if moment.astimezone(ZONE).date() == today
    ]
    return _numbered(catalogue, people, today, host)


def _arrivals(dice: Random, catalogue: QueueCatalogue, day: date) -> Iterator[_Person]:
    moment, key = _at(day, OPENS), 0
    while True:
        moment += timedelta(minutes=dice.expovariate(1 / MEAN_GAP))
        if moment >= _at(day, DOORS_CLOSE):
            return
        yield _person(dice, catalogue, key, moment)
        key += 1


def _person(dice: Random, catalogue: QueueCatalogue, key: int, arrived: datetime) -> _Person:
    weights = [_POPULAR.get(each.code, 1) for each in catalogue.procedures]
    (procedure,) = dice.choices(catalogue.procedures, weights)
    first = dice.choice(catalogue.priorities).code if dice.random() < _FIRST else ""
    patience = timedelta(minutes=10 + dice.expovariate(0.7 / _PATIENCE))
    return _Person(key, procedure, first, arrived, arrived + patience)


def _attend(
    dice: Random, catalogue: QueueCatalogue, people: list[_Person], day: date,
    staff: Mapping[str, str],
) -> None:  # fmt: skip
    """Each desk calls by the rule as soon as it is free, until nobody is left."""
    free = [(_at(day, OPENS), desk, 0) for desk in sorted(staff)]
    left = {each.key: each for each in people}
    while free and left:
        now, desk, run = heapq.heappop(free)
        for gone in [each for each in left.values() if each.gives_up <= now]:
            _add(gone, "abandon", "abandoned", None, staff[desk], gone.gives_up)
            del left[gone.key]
        mine = [each for each in left.values() if each.procedure.served_at(desk)]
        line = [each.waiting for each in mine if each.arrived <= now]
        chosen = next_in_line(line, run, catalogue.most_preferential)
        if chosen is None:
            later = [each.arrived for each in mine if each.arrived > now]
            if later:
                heapq.heappush(free, (min(later), desk, run))
            continue
        run = run_after(chosen, line, run)
        end = _serve(dice, left.pop(chosen.key), desk, staff[desk], now, run)
        heapq.heappush(free, (end, desk, run))


def _serve(
    dice: Random, person: _Person, desk: str, user: str, now: datetime, run: int
) -> datetime:
    """Called, and then attended or absent; gives when the desk is free again."""
    _add(person, "call_next", "called", desk, user, now, run)
    if dice.random() < _ABSENT:
        _add(person, "recall", "called", desk, user, now + timedelta(seconds=50))
        absent = now + timedelta(seconds=95)
        _add(person, "no_show", "no_show", desk, user, absent)
        return absent + timedelta(seconds=5)
    begun = now + timedelta(seconds=dice.randint(12, 70))
    _add(person, "begin", "serving", desk, user, begun)
    minutes = person.procedure.service_minutes * dice.lognormvariate(-0.1, 0.45)
    end = begun + timedelta(minutes=minutes)
    _add(person, "finish", "done", desk, user, end)
    return end + timedelta(seconds=dice.randint(5, 40))


def _add(
    person: _Person, act: str, state: str, desk: str | None, user: str, at: datetime, run: int = 0
) -> None:
    person.periods.append(PastPeriod(act, state, desk, user, at, run))


def _numbered(
    catalogue: QueueCatalogue, people: Sequence[_Person], day: date, host: str
) -> list[PastTurn]:
    """Each with the next number of its letter, as the tickets were given."""
    given: Counter[str] = Counter()
    named = {each.code: each.name for each in catalogue.priorities}
    turns = []
    for person in people:
        procedure = person.procedure
        given[procedure.prefix] += 1
        number = given[procedure.prefix]
        taken = PastPeriod("take", "waiting", None, host, person.arrived, 0)
        turns.append(
            PastTurn(
                day, procedure.prefix, number, f"{procedure.prefix}-{number:03}",
                person.priority, named.get(person.priority, ""), procedure,
                host, (taken, *person.periods),
            )
        )  # fmt: skip
    return turns


def _name(catalogue: QueueCatalogue, desk: str) -> str:
    found = catalogue.desk(desk)
    return found.name if found else desk


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZONE)
