"""Pictures of a closing beyond the tolerance: counted twice, asked for, allowed, closed."""

from __future__ import annotations

from decimal import Decimal

from pictures.album import Album
from pictures.crew import Crew
from pictures.stage import MANAGER, Visit, shown, signed_in
from tehuacan_comercial.bootstrap import day
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.station import CASH
from tehuacan_comercial.bootstrap.walker import Steps, later, sheet
from tehuacan_comercial.config import home
from tehuacan_comercial.domain.authorisations import DecisionCommand, Verdict
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.demo.staff import CASHIERS
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.authorisations.request_sheet import RequestSheet
from tehuacan_comercial.ui.cash.closed_sheet import ClosedSheet
from tehuacan_comercial.ui.cash.tab import CashTab
from tehuacan_comercial.ui.prompts import ConfirmSheet, RefusalSheet

TILL, MISSING = "C3", Decimal(200)
NOTE = "Se descuenta según el procedimiento"


def allowed(door: FrontDoor, album: Album, crew: Crew) -> Steps:
    """The third till is 200 pesos short in two counts; the manager lets it close so."""
    colleague = crew[TILL]
    visit = Visit(door, CASHIERS[TILL])
    yield "la pestaña", visit.ready
    cash, window = _tab(visit), visit.window
    yield "la sesión", lambda: cash.loader.view.session is not None
    session = cash.loader.view.session
    later(lambda: cash.sessions.begin(session))
    yield (
        "el arqueo",
        lambda: cash.loader.view.session and cash.loader.view.session.state == "counting",
    )
    colleague.holds[TenderKind.CASH] -= MISSING
    told = (("segundo-conteo", RefusalSheet.reject), ("corte-fuera", RefusalSheet.accept))
    for name, end in told:
        cash.count.grid.set_counts(day.pieces_for(colleague.holds[TenderKind.CASH]))
        for kind, field in cash.count.proofs.items():
            field.field.set_value(colleague.holds[TenderKind(kind)])
        later(cash.count.sign.click)
        yield "la pregunta antes de firmar", lambda: sheet(ConfirmSheet)
        asked = sheet(ConfirmSheet)
        if asked is not None:
            later(asked.accept)
        yield from shown(album, name, window, RefusalSheet, lambda: None, end=end)
    yield from shown(
        album,
        "corte-solicitar",
        window,
        RequestSheet,
        lambda: None,
        _choose_reason,
        end=RequestSheet.submit,
    )
    later(lambda: _approve(door))
    yield from shown(album, "corte-autorizado", window, ClosedSheet, lambda: None)
    visit.leave()
    colleague.desk.close()


def _approve(door: FrontDoor) -> None:
    manager = Desk(signed_in(door, MANAGER), home() / "gerencia")
    (asked,) = manager.authorisations.pending()
    manager.authorisations.decide(
        DecisionCommand(new_command_id(), asked.authorisation_id, Verdict.APPROVE, NOTE)
    )
    manager.close()


def _choose_reason(asked: RequestSheet) -> None:
    asked.reason.setCurrentIndex(asked.reason.findData("CAMBIO"))


def _tab(visit: Visit) -> CashTab:
    tab = visit.station.window.page(CASH)
    if not isinstance(tab, CashTab):
        raise LookupError(CASH)
    return tab
