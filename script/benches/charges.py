"""Posting a charge at one till, against a bare durable commit on the same server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from benches.bare import BareCommit, bare_url
from benches.desk import Debtor, MeasuredDesk, account_ids, debtors, open_desk
from benches.measure import Line, Work, in_turn, ratio
from benches.town import Town
from tehuacan_comercial.services.intents import Intent, IntentJournal

AIM = 4.0
RED_LINE = 10.0
WARM_UP = 20


def measure(town: Town, period: str, rounds: int, seed: int) -> Iterator[Line]:
    """The whole use case, and its two halves apart: the intent on disk, the function's call."""
    turns = rounds + WARM_UP
    accounts = account_ids(town)
    Random(seed).shuffle(accounts)  # noqa: S311 - an order, not a secret
    with town.admin() as connection:
        ready = list(debtors(connection, accounts[: 3 * turns], period))
    desk = open_desk(town, 1, town.office.home / "cobros")
    bare = BareCommit(bare_url(town))
    try:
        whole, call, intent, limit = in_turn(
            rounds,
            _whole(desk, ready[:turns]),
            _call_only(desk, ready[turns : 2 * turns]),
            _intent_only(desk, ready[:turns], IntentJournal(town.office.home / "intents")),
            bare,
            warm_up=WARM_UP,
        )
    finally:
        bare.close()
        desk.database.close()
    times = ratio(whole, limit)
    aim = f"ratio <= {AIM:g} (red line {RED_LINE:g})"
    yield Line("charge", whole, limit, aim, times <= AIM, town.accounts)
    yield Line("charge: the call alone", call, limit, "", None, town.accounts)
    yield Line("charge: the intent on disk alone", intent, limit, "", None, town.accounts)


def _whole(desk: MeasuredDesk, ready: Sequence[Debtor]) -> Work:
    waiting = iter(ready)
    return lambda: desk.charge(next(waiting))


def _call_only(desk: MeasuredDesk, ready: Sequence[Debtor]) -> Work:
    payloads = iter([desk.command(debtor).payload() for debtor in ready])
    return lambda: desk.database.call("post_payment", next(payloads))


def _intent_only(desk: MeasuredDesk, ready: Sequence[Debtor], journal: IntentJournal) -> Work:
    intents = iter([Intent("caja1", desk.command(debtor).payload()) for debtor in ready])

    def work() -> None:
        intent = next(intents)
        journal.write(intent)
        journal.forget(intent.command_id)

    return work
