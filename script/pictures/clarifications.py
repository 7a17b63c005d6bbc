"""Pictures of Aclaraciones: a returned cheque, a payment moved, receipts worth a second look."""

from __future__ import annotations

from pictures import sheets
from pictures.album import Album
from pictures.crew import Crew
from pictures.stage import HEAD_CASHIER, MANAGER, Visit, shown, signed_in
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps, later, sheet
from tehuacan_comercial.config import home
from tehuacan_comercial.domain.authorisations import DecisionCommand, Verdict
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.authorisations.request_sheet import RequestSheet
from tehuacan_comercial.ui.clarifications.page import ClarificationsPage
from tehuacan_comercial.ui.clarifications.pair_sheet import PairSheet
from tehuacan_comercial.ui.clarifications.return_sheet import ReturnSheet
from tehuacan_comercial.ui.prompts import TextSheet


def day_after(door: FrontDoor, album: Album, crew: Crew) -> Steps:
    """What the head cashier clears up once the tills are closed."""
    visit = Visit(door, HEAD_CASHIER)
    yield "la pestaña", visit.ready
    page, window = visit.page("clarifications", ClarificationsPage), visit.window
    cheques = page.cheques
    yield "los cheques", lambda: cheques.model.all_rows()
    wrong = next(row for row in cheques.model.all_rows() if row.session_closed)
    cheques.select(wrong.key)
    yield from shown(
        album, "cheque-devuelto", window, ReturnSheet, lambda: page.acts.give_back(wrong),
        _bank_says, end=ReturnSheet.submit,
    )  # fmt: skip
    yield (
        "el cheque devuelto",
        lambda: any(row.returned_on is not None for row in cheques.model.all_rows()),
    )
    yield from album.picture("aclaraciones-cheques", window)
    page.show_part("findings")
    yield "las señales", lambda: page.findings.model.all_rows()
    yield from album.picture("aclaraciones-errores", window)
    paid_twice = {each.charged[-1].receipt_id for each in crew.values()}
    twice = next(row for row in page.findings.model.all_rows() if row.receipt_id in paid_twice)
    yield from shown(
        album, "aclaraciones-comparar", window, PairSheet, lambda: page.acts.compare(twice)
    )
    yield from _moved(door, visit, album, page, crew)
    page.show_part("bans")
    yield "las cuentas sin cheques", lambda: page.bans.model.all_rows()
    yield from album.picture("aclaraciones-sin-cheques", window)
    visit.leave()


def _moved(
    door: FrontDoor, visit: Visit, album: Album, page: ClarificationsPage, crew: Crew
) -> Steps:
    """One of the two payments was meant for a neighbour; the manager agrees."""
    receipt, meant = crew["C3"].charged[-1], crew["C2"].charged[0]
    number = visit.desk.accounts.card(meant.account_id).account_number
    later(lambda: visit.station.requesting.transfer_payment(receipt.receipt_id, number))
    yield "la cuenta", lambda: sheet(TextSheet)
    asked = sheet(TextSheet)
    if asked is not None:
        later(asked.accept)
    yield from shown(
        album, "traspaso-solicitar", visit.window, RequestSheet, lambda: None, _choose_reason,
        end=RequestSheet.submit,
    )  # fmt: skip
    manager = Desk(signed_in(door, MANAGER), home() / "gerencia")
    yield "la solicitud", lambda: manager.authorisations.pending()
    (waiting,) = manager.authorisations.pending()
    manager.authorisations.decide(
        DecisionCommand(new_command_id(), waiting.authorisation_id, Verdict.APPROVE, "Procede")
    )
    manager.close()
    page.show_part("transfers")
    yield "el traspaso", lambda: page.transfers.model.all_rows()
    yield from album.picture("aclaraciones-traspasos", visit.window)
    moved = page.transfers.model.all_rows()[0].transfer_id
    receipts = visit.desk.receipts
    sheets.keep_printed(album, "traspaso", receipts, receipts.transfer(moved))


def _bank_says(asked: ReturnSheet) -> None:
    asked.reason.setCurrentIndex(asked.reason.findData("FONDOS"))
    asked.reference.setText("SBC-20461")


def _choose_reason(asked: RequestSheet) -> None:
    asked.reason.setCurrentIndex(asked.reason.findData("CUENTA"))
