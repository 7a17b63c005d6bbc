"""Pictures of vouchers: issued by the head cashier, looked at and verified by the manager."""

from __future__ import annotations

from uuid import uuid4

from pictures import sheets
from pictures.album import Album
from pictures.stage import HEAD_CASHIER, MANAGER, Visit, signed_in
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps
from tehuacan_comercial.config import home
from tehuacan_comercial.domain.vouchers import (
    IssueVoucherCommand,
    Verdict,
    VoucherDecision,
    VoucherKind,
)
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import SignedIn
from tehuacan_comercial.ui.vouchers.page import VouchersPage


def day_of_vouchers(door: FrontDoor, album: Album) -> Steps:
    """The day that was just closed, in its two vouchers."""
    _issue(signed_in(door, HEAD_CASHIER))
    visit = Visit(door, MANAGER)
    yield "la pestaña", visit.ready
    page = visit.page("vouchers", VouchersPage)
    yield "el día", lambda: page.view is not None
    yield from album.picture("polizas-hoja", visit.window)
    page.show_part("collection")
    yield from album.picture("polizas-recaudacion", visit.window)
    _verify_and_print(page, visit.desk, album)
    visit.leave()


def _issue(signed: SignedIn) -> None:
    desk = Desk(signed, home() / "jefatura")
    for kind in VoucherKind:
        desk.vouchers.issue(IssueVoucherCommand(uuid4(), kind, signed.today, "Sin novedad"))
    desk.close()


def _verify_and_print(page: VouchersPage, desk: Desk, album: Album) -> None:
    row = page.view.latest(VoucherKind.COLLECTION) if page.view else None
    if row is None:
        raise LookupError(VoucherKind.COLLECTION)
    desk.vouchers.decide(VoucherDecision(uuid4(), row.voucher_id, Verdict.VERIFY))
    receipts = desk.receipts
    sheets.keep_printed(album, "poliza", receipts, receipts.voucher(row.voucher_id))
    sheets.keep_printed(
        album, "hoja-de-verificacion", receipts, receipts.voucher_day(row.voucher_id)
    )
