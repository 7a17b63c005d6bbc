"""Pictures of the head cashier's day: drawers, a delivery received, a surprise count."""

from __future__ import annotations

from decimal import Decimal

from pictures import sheets
from pictures.album import Album
from pictures.crew import Colleague, Crew
from pictures.custody import DELIVERED
from pictures.stage import HEAD_CASHIER, Visit, shown
from tehuacan_comercial.bootstrap import day
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.custody import CountCommand
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.ui.custody.count_sheet import CountSheet
from tehuacan_comercial.ui.custody.counted_sheet import CountedSheet
from tehuacan_comercial.ui.custody.receive_sheet import ReceiveSheet
from tehuacan_comercial.ui.custody.supervision_page import SupervisionPage

SHORT = Decimal(20)


def morning(door: FrontDoor, album: Album, crew: Crew) -> Steps:
    """Drawers at work: a delivery received, a surprise count, a corte parcial."""
    visit = Visit(door, HEAD_CASHIER)
    yield "la pestaña", visit.ready
    page, window = visit.page("supervision", SupervisionPage), visit.window
    yield "las cajas", lambda: page.view and page.view.in_transit
    counted = crew["C2"]
    page.sessions.select(counted.session_id)
    yield from album.picture("supervision", window)
    (delivery,) = (row.withdrawal_id for row in visit.desk.custody.in_transit())
    yield from shown(
        album,
        "recibir-entrega",
        window,
        ReceiveSheet,
        page.receive,
        lambda asked: asked.grid.set_counts(day.pieces_for(DELIVERED)),
        end=ReceiveSheet.accept_delivery,
    )
    yield "nada en tránsito", lambda: page.view and not page.view.in_transit
    page.sessions.select(counted.session_id)
    yield from shown(
        album,
        "arqueo-sorpresa",
        window,
        CountSheet,
        lambda: page.do("surprise"),
        lambda asked: _fill(asked, counted, SHORT),
        end=CountSheet.submit,
    )
    yield from shown(album, "arqueo-sorpresa-firmado", window, CountedSheet, lambda: None)
    again = visit.desk.custody.count_by_surprise(
        CountCommand(new_command_id(), counted.session_id, *counted.counted())
    )
    receipts = visit.desk.receipts
    for kind, subject, name in (
        (CustodyPaper.WITHDRAWAL, delivery, "entrega"),
        (CustodyPaper.CASH_COUNT, again.count_id, "arqueo"),
    ):
        sheets.keep_printed(album, name, receipts, receipts.custody(kind, subject))
    report = visit.desk.custody.interim_report(new_command_id(), counted.session_id)
    number = int(report["report_id"])
    paper = receipts.custody(CustodyPaper.INTERIM_REPORT, number)
    sheets.keep_printed(album, "corte-parcial", receipts, paper)
    visit.leave()


def _fill(asked: CountSheet, colleague: Colleague, short: Decimal = Decimal(0)) -> None:
    asked.grid.set_counts(day.pieces_for(colleague.holds[TenderKind.CASH] - short))
    for kind, field in asked.proofs.items():
        field.field.set_value(colleague.holds[kind])
