"""The truth after a run: the books verify, and each intended payment stands exactly once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain.refusals import Refusal
from tehuacan_comercial.services.actor import OFFICE
from tehuacan_comercial.services.verify import VerifyService, Violation
from tests.support.day.office import Office
from tests.support.day.told import Told

_PAYMENTS = """
SELECT p.command_id::text, p.account_id, p.applied, coalesce(r.folio, 'sin recibo')
FROM payment p LEFT JOIN receipt r ON r.payment_id = p.id ORDER BY p.id
"""


@dataclass(frozen=True)
class Standing:
    """A payment in the books; pesos."""

    account_id: int
    applied: Decimal
    folio: str


def settled_truth(office: Office, *, refusable: tuple[type[Refusal], ...] = ()) -> list[str]:
    """Everything that is wrong; an empty list after an honest day.

    ``refusable`` are the refusals that the day's plan provokes. Any other one, technical trouble
    included, is a payment lost: payments must equal intents.
    """
    books = _books(office)
    wrong = [f"{found.check}: {found.sentence}" for found in _verify(office)]
    for told in office.told.values():
        wrong += _contradictions(told, books.get(told.command_id), refusable)
    foreign = set(books) - set(office.told)
    return wrong + [f"nobody intended payment {books[key].folio} ({key})" for key in foreign]


def _books(office: Office) -> dict[str, Standing]:
    return {
        str(row[0]): Standing(int(str(row[1])), Decimal(str(row[2])), str(row[3]))
        for row in office.ask(_PAYMENTS)
    }


def _verify(office: Office) -> list[Violation]:
    database = Database(office.town.server.superuser_url(office.town.database))
    try:
        return VerifyService(database, OFFICE).run()
    finally:
        database.close()


def _contradictions(
    told: Told, found: Standing | None, refusable: tuple[type[Refusal], ...]
) -> list[str]:
    name = f"the charge {told.command_id}"
    if told.unknown:
        return [f"{name} was never settled"]
    if told.charged is None:
        wrong = [] if found is None else [f"{name} was refused and stands as {found.folio}"]
        if not isinstance(told.refusal, refusable):
            wrong.append(f"{name} is lost: {type(told.refusal).__name__} {told.refusal}")
        return wrong
    if found is None:
        return [f"{name} was told as {told.charged.folio} and is not in the books"]
    wanted = Standing(told.command.account_id, told.applied, told.charged.folio)
    return [] if wanted == found else [f"{name} was told as {wanted} and is {found}"]
