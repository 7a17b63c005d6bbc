"""Pictures of deposits: sessions that wait, a batch counted, its slips, the bank's stamps."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from pictures import sheets
from pictures.album import Album
from pictures.stage import HEAD_CASHIER, SYSTEMS, Visit, shown, signed_in
from tehuacan_comercial.assets import resource
from tehuacan_comercial.bootstrap import day
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, sheet
from tehuacan_comercial.config import home
from tehuacan_comercial.domain.check_digits import base10_digit
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.bank_files import load_layout
from tehuacan_comercial.services.deposits import BatchSheet
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.deposits.count_sheet import BatchCountSheet
from tehuacan_comercial.ui.deposits.page import DepositsPage
from tehuacan_comercial.ui.deposits.slips_sheet import SlipsSheet
from tehuacan_comercial.ui.deposits.stamp_sheet import StampSheet
from tehuacan_comercial.ui.prompts import ConfirmSheet

BANK, SHOP = "BBVA", "OXXO"


def batch(door: FrontDoor, album: Album) -> Steps:
    """From the closed sessions to the bank."""
    visit = Visit(door, HEAD_CASHIER)
    yield "la pestaña", visit.ready
    page, window = visit.page("deposits", DepositsPage), visit.window
    waiting, batches = page.waiting, page.batches
    yield "por depositar", lambda: waiting.table.model.all_rows()
    waiting.table.model.set_checked([row.session_id for row in waiting.table.model.all_rows()])
    yield from album.picture("depositos", window)
    yield from shown(
        album, "deposito-abrir", window, ConfirmSheet, waiting.buttons["open"].click,
        end=ConfirmSheet.accept,
    )  # fmt: skip
    yield "el lote", lambda: any(row.state == "open" for row in batches.table.model.all_rows())
    page.show_part("batches")
    number = max(row.batch_id for row in batches.table.model.all_rows())
    batches.table.select(number)
    money = visit.desk.deposits.sheet(number).money
    yield "contar", batches.buttons["count"].isEnabled
    yield from shown(
        album, "deposito-contar", window, BatchCountSheet, batches.buttons["count"].click,
        lambda asked: _fill(asked, money), end=BatchCountSheet.accept,
    )  # fmt: skip
    yield "las fichas", batches.buttons["balance"].isEnabled
    yield from shown(
        album, "deposito-fichas", window, SlipsSheet, batches.buttons["balance"].click,
        end=SlipsSheet.accept,
    )  # fmt: skip
    yield "cuadrado", batches.buttons["deposit"].isEnabled
    yield from album.picture("depositos-lotes", window)
    yield from shown(
        album, "deposito-banco", window, StampSheet, batches.buttons["deposit"].click, _stamp,
        end=StampSheet.accept,
    )  # fmt: skip
    yield "depositado", lambda: visit.desk.deposits.sheet(number).batch.state == "deposited"
    held = visit.desk.deposits.sheet(number)
    if held.batch.list_id is not None:
        paper = visit.desk.receipts.deposit_list(held.batch.list_id)
        sheets.keep_printed(album, "relacion-de-depositos", visit.desk.receipts, paper)
    _statement(visit.desk, held)
    page.reload()
    page.show_part("bank")
    yield "el banco", lambda: page.lines.table.model.all_rows() and not sheet(StampSheet)
    yield from album.picture("depositos-conciliacion", window)
    _shop(door, visit.desk)
    page.reload()
    page.show_part("unidentified")
    yield "lo que nadie conoce", lambda: page.unidentified.table.model.all_rows()
    yield from album.picture("depositos-por-identificar", window)
    page.show_part("files")
    yield "los archivos", lambda: len(page.files.table.model.all_rows()) > 1
    yield from album.picture("depositos-archivos", window)
    visit.leave()


def _statement(desk: Desk, held: BatchSheet) -> None:
    """What the bank says some days later: one slip is there, one came without its reference."""
    path, day_of = Path(home()) / "estado-de-cuenta.csv", desk.signed_in.today
    first, second = held.slips[:2]
    lines = (
        "Fecha,Cargo,Abono,Referencia,Concepto",
        f"{day_of:%d/%m/%Y},,{first.amount},DEP00512,DEPOSITO EN EFECTIVO",
        f"{day_of:%d/%m/%Y},,{second.amount},,DEPOSITO SBC",
        f"{day_of:%d/%m/%Y},,845.50,7731,SPEI RECIBIDO",
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    layout = load_layout(resource("import") / "banco_movimientos.toml")
    desk.bank_files.import_statement(uuid4(), path, layout, BANK)


def _shop(door: FrontDoor, desk: Desk) -> None:
    """What a shop took: one payment that finds its account, and two that do not."""
    systems = Desk(signed_in(door, SYSTEMS), home() / "sistemas")
    systems.signed_in.database.call("save_channel", {"code": SHOP, "name": "Oxxo (DEMOSTRACIÓN)"})
    systems.close()
    today = desk.signed_in.today
    digits = desk.accounts.search("norte")[0].account_number.replace("-", "")
    wrong = f"{digits}{(int(base10_digit(digits)) + 1) % 10}"
    right = f"{digits}{base10_digit(digits)}"
    stranger = f"99912345{base10_digit('99912345')}"
    paid = (("7731A", right, 15000), ("7731B", stranger, 31840), ("7732A", wrong, 20500))
    rows = (f"D{today:%Y%m%d}{folio:<10}{reference}{cents:010}" for folio, reference, cents in paid)
    total = f"T{len(paid):06}{sum(cents for *_, cents in paid):012}"
    path = Path(home()) / "pagos-tienda.txt"
    path.write_text("\n".join(("H", *rows, total, "")), encoding="utf-8")
    layout = load_layout(resource("import") / "canal_pagos.toml")
    desk.bank_files.import_channel(uuid4(), path, layout, SHOP)


def _fill(asked: BatchCountSheet, money: dict[TenderKind, Decimal]) -> None:
    asked.grid.set_counts(day.pieces_for(money[TenderKind.CASH]))
    for kind, field in asked.proofs.items():
        field.field.set_value(money[kind])


def _stamp(asked: StampSheet) -> None:
    for number, field in enumerate(asked.references):
        field.setText(f"DEP{512 + number:05}")
