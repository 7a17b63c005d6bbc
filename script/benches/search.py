"""Search as it is typed, key by key, against SELECT 1 through the same driver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from random import Random

from sqlalchemy import text

from benches.measure import Line, Work, in_turn
from benches.town import Town
from tehuacan_comercial.services.accounts import AccountsService
from tehuacan_comercial.services.actor import Actor

AIM_MS = 6.0
COMMON = ("maria", "juan", "jose", "hernandez", "garcia", "san juan", "av reforma", "maria gua")
"""What matches thousands of accounts."""

_SAMPLE = """
SELECT account_number, holder_name, address, neighbourhood, coalesce(phone, ''),
       coalesce(meter_serial, '')
FROM account_directory ORDER BY hashint8(account_id + %s) LIMIT 120
"""


def measure(town: Town, rounds: int, seed: int) -> Iterator[Line]:
    """Typed prefixes of real accounts; then the words that are everywhere."""
    database = town.cashier(1)
    accounts = AccountsService(database, Actor("caja1", "Caja 1", "", "cashier"))
    one = text("SELECT 1")

    def limit() -> None:
        with database.read() as connection:
            connection.execute(one).scalar()

    try:
        for bench, typed in (("search", _typed(town, seed)), ("search: common words", COMMON)):
            ours, bare = in_turn(rounds, _next_key(accounts, typed), limit, warm_up=30)
            aim = f"p95 <= {AIM_MS:g} ms"
            yield Line(bench, ours, bare, aim, ours.p95 <= AIM_MS, town.accounts)
    finally:
        database.close()


def _next_key(accounts: AccountsService, typed: Sequence[str]) -> Work:
    keys = cycle(typed)
    return lambda: accounts.search(next(keys))


def _typed(town: Town, seed: int) -> list[str]:
    """Every prefix of what people type, from the first letter on, in the order of the keys."""
    dice = Random(seed)  # noqa: S311 - what is looked for, not a secret
    with town.admin() as connection:
        rows = connection.execute(_SAMPLE, (seed,)).fetchall()
    wanted = [_wanted(dice, row) for row in rows]
    return [text[:end] for text in wanted for end in range(1, len(text) + 1)]


def _wanted(dice: Random, row: tuple[str, ...]) -> str:
    """A number, a name in either order, an address, a telephone or a meter."""
    number, name, address, neighbourhood, phone, meter = row
    surname, _second, *first = name.split()
    ways = (
        number,
        name[:18],
        f"{first[0]} {surname}"[:18],
        f"{surname} {neighbourhood}"[:18],
        address[-16:],
        phone or number.replace("-", ""),
        meter or name[:12],
    )
    return dice.choice(ways).lower()
