"""``channel``, ``channel-import`` and ``statement-import``: what banks and shops send."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from sqlalchemy import text

from tehuacan_comercial.admin.access import Access, open_office
from tehuacan_comercial.admin.say import DONE, NoError, complain, say
from tehuacan_comercial.domain.bank_files import Part
from tehuacan_comercial.domain.counting import counted
from tehuacan_comercial.domain.money import NotAnAmount, parse_amount
from tehuacan_comercial.ui.formats import money


@dataclass(frozen=True, slots=True)
class ChannelWish:
    """What was asked on the command line; amounts as typed."""

    file: Path
    mapping: Path
    channel: str
    rows: int | None
    amount: str
    dry_run: bool


def add_channel(access: Access, code: str, name: str) -> int:
    """Adds or changes a channel, with the till its payments are posted at."""
    with open_office(access) as office:
        office.database.call("save_channel", {"code": code, "name": name})
    say(f"Canal {code}: {name}. Sus recibos llevan la serie {code}.")
    return DONE


def show_channels(access: Access) -> int:
    """Lists the channels."""
    query = "SELECT code, name, active FROM channel ORDER BY code"
    with open_office(access) as office, office.database.read() as connection:
        rows = connection.execute(text(query)).all()
    for code, name, active in rows:
        say(f"{code:<8} {name}{'' if active else '  fuera de uso'}")
    say(f"{len(rows)} canales.")
    return DONE


def import_channel(access: Access, wish: ChannelWish) -> int:
    """Posts a file of payments whole, or tells why not."""
    from tehuacan_comercial.services.bank_files import Control, load_layout
    from tehuacan_comercial.services.bank_files.service import BankFilesService

    control = None
    if wish.rows is not None or wish.amount:
        control = Control(wish.rows, _pesos(wish.amount) if wish.amount else None)
    layout = load_layout(wish.mapping)
    with open_office(access) as office:
        service = BankFilesService(office.database, office.actor)
        done = service.import_channel(
            uuid4(), wish.file, layout, wish.channel, control=control, dry_run=wish.dry_run
        )
    _tell("Aplicados", done.posted)
    _tell("Por identificar", done.unidentified)
    _tell("Repetidos, sin registrar", done.repeated)
    if done.repeated.rows:
        complain("Los repetidos vinieron en un archivo anterior; revíselos con el canal.")
    if done.file_id is None:
        say("No se registró nada: sólo se pidió revisar.")
    return DONE


def import_statement(access: Access, file: Path, mapping: Path, account: str) -> int:
    """Keeps a statement and matches the slips."""
    from tehuacan_comercial.services.bank_files import load_layout
    from tehuacan_comercial.services.bank_files.service import BankFilesService

    layout = load_layout(mapping)
    with open_office(access) as office:
        service = BankFilesService(office.database, office.actor)
        done = service.import_statement(uuid4(), file, layout, account)
        waiting = service.open_slips()
    say(f"{done.rows:,} movimientos; {done.matched:,} fichas conciliadas.")
    say(f"Abonos sin ficha: {done.loose:,}. Repetidos de otro archivo: {done.repeated:,}.")
    for slip in waiting:
        complain(
            f"  Sin conciliar: {slip.folio}, {slip.bank_account}, {money(slip.amount)}, "
            f"referencia {slip.reference}, {slip.deposited_on:%d/%m/%Y}"
        )
    return DONE


def _tell(what: str, part: Part) -> None:
    say(f"{what}: {counted(part.rows, 'pago', 'pagos')}, {money(part.amount)}.")


def _pesos(typed: str) -> Decimal:
    try:
        return parse_amount(typed)
    except NotAnAmount as error:
        raise NoError(f"«{typed}» no es una cantidad en pesos.") from error
