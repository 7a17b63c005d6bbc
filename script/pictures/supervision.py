"""Pictures of the head cashier's day: drawers, a surprise count, verifications, a reopening."""

from __future__ import annotations

from decimal import Decimal

from pictures import sheets
from pictures.album import Album
from pictures.crew import Colleague, Crew, pieces
from pictures.custody import DELIVERED
from pictures.stage import HEAD_CASHIER, Visit, shown
from tehuacan_comercial.bootstrap import day
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.custody import CountCommand
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.custody import SupervisedRow
from tehuacan_comercial.ui.authorisations.request_sheet import RequestSheet
from tehuacan_comercial.ui.custody.count_sheet import CountSheet
from tehuacan_comercial.ui.custody.counted_sheet import CountedSheet
from tehuacan_comercial.ui.custody.debts_sheet import DebtsSheet
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


def evening(door: FrontDoor, album: Album, crew: Crew) -> Steps:
    """All drawers are closed: what waits, a verification, and one that is asked to be reopened."""
    visit = Visit(door, HEAD_CASHIER)
    yield "la pestaña", visit.ready
    page, window = visit.page("supervision", SupervisionPage), visit.window
    yield "las cajas", lambda: page.view and len(page.view.sessions) == len(crew) + 1
    yield from album.picture("supervision-por-verificar", window)
    colleague = crew["C2"]
    page.sessions.select(colleague.session_id)
    yield from shown(
        album, "reapertura-solicitar", window, RequestSheet,
        lambda: page.do("reopen"), _choose_reason,
    )  # fmt: skip
    yield from shown(
        album,
        "verificar",
        window,
        CountSheet,
        lambda: page.do("verify"),
        lambda asked: _fill(asked, colleague),
        end=CountSheet.submit,
    )
    yield from shown(album, "verificado", window, CountedSheet, lambda: None)
    _verify_the_rest(visit, crew["C3"], page)
    yield from shown(album, "faltantes", window, DebtsSheet, page.debts_button.click)
    visit.leave()


def _verify_the_rest(visit: Visit, colleague: Colleague, page: SupervisionPage) -> None:
    verify = visit.desk.custody.verify
    verify(CountCommand(new_command_id(), colleague.session_id, *colleague.counted()))
    for row in page.sessions.model.all_rows():
        if row.till_code == "C1":
            verify(CountCommand(new_command_id(), row.session_id, *_by_the_books(row)))


def _by_the_books(row: SupervisedRow) -> tuple[dict[Decimal, int], dict[TenderKind, Decimal]]:
    return pieces(row.cash), {}


def _fill(asked: CountSheet, colleague: Colleague, short: Decimal = Decimal(0)) -> None:
    asked.grid.set_counts(day.pieces_for(colleague.holds[TenderKind.CASH] - short))
    for kind, field in asked.proofs.items():
        field.field.set_value(colleague.holds[kind])


def _choose_reason(asked: RequestSheet) -> None:
    asked.reason.setCurrentIndex(asked.reason.findData("CONTEO"))
