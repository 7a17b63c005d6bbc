"""Pictures of custody at the till: deliveries, handovers, what hinders a close, a count."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from pictures import sheets
from pictures.album import Album
from pictures.crew import Crew, pieces
from pictures.stage import desk_of, shown
from tehuacan_comercial.bootstrap import day
from tehuacan_comercial.bootstrap.front_door import FrontDoor
from tehuacan_comercial.bootstrap.walker import Steps
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.handovers import HandoverCommand, Proof
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.handovers import HandoverItemRow
from tehuacan_comercial.ui.cash.tab import CashTab
from tehuacan_comercial.ui.custody.deliveries_page import DeliveriesPage
from tehuacan_comercial.ui.custody.give_sheet import GiveSheet
from tehuacan_comercial.ui.custody.receive_sheet import ReceiveSheet
from tehuacan_comercial.ui.custody.send_sheet import SendSheet
from tehuacan_comercial.ui.prompts import ConfirmSheet

DELIVERED, GIVEN, LENT = Decimal(2000), Decimal(300), Decimal(200)
"""Pesos that leave for the head cashier, come from another till, and go to it."""
MOVED = GIVEN - DELIVERED - LENT
"""What all that leaves in the drawer when everything was accepted."""
ITEMS = 2
"""Renglones of the handover that arrives: change and a card slip."""
COUNT = 2
"""The place of *Corte y arqueo* among the parts of the till."""


def deliveries(door: FrontDoor, album: Album, crew: Crew) -> Steps:
    """A delivery to the head cashier, a handover that arrives, another one that is made."""
    window, cash = day.window_of(door), day.cash_of(door)
    cash.more.show("deliveries")
    page = _page(cash)
    yield "las entregas", lambda: page.view is not None and page.view.session is not None
    yield from shown(
        album,
        "entregar",
        window,
        SendSheet,
        page.deliver,
        lambda sent: sent.grid.set_counts(day.pieces_for(DELIVERED)),
        end=SendSheet.submit,
    )
    yield "en tránsito", lambda: page.view and page.view.rows
    yield from shown(album, "recibir-aqui", window, ReceiveSheet, page.receive_button.click, _user)
    _give(door, crew)
    table = page.handovers.table
    yield "el relevo", lambda: len(table.model.all_rows()) == ITEMS
    yield "su renglón", page.handovers.accept.isEnabled
    yield from album.picture("entregas", window)
    yield from _can_i_close(cash, album, window)
    cash.more.show("deliveries")
    yield from shown(
        album,
        "relevo-recibir",
        window,
        ReceiveSheet,
        page.handovers.accept_item,
        lambda asked: asked.grid.set_counts(day.pieces_for(GIVEN)),
        end=ReceiveSheet.accept_delivery,
    )
    yield "lo recibido", lambda: sum(row.state == "accepted" for row in table.model.all_rows()) == 1
    yield from shown(
        album, "relevo-comprobante", window, ConfirmSheet, page.handovers.accept_item,
        end=ConfirmSheet.accept,
    )  # fmt: skip
    yield (
        "todo recibido",
        lambda: all(row.state == "accepted" for row in table.model.all_rows()),
    )
    yield from shown(
        album,
        "relevo-dar",
        window,
        GiveSheet,
        page.handovers.begin,
        _lend,
        end=GiveSheet.submit,
    )
    yield "el otro relevo", lambda: len(table.model.all_rows()) == 2 * ITEMS
    _take(crew, table.model.all_rows())
    desk = desk_of(door)
    handover = table.model.all_rows()[0].handover_id
    paper = desk.receipts.custody(CustodyPaper.HANDOVER, handover)
    sheets.keep_printed(album, "relevo", desk.receipts, paper)
    cash.tabs.setCurrentIndex(0)


def _can_i_close(cash: CashTab, album: Album, window: QWidget) -> Steps:
    cash.tabs.setCurrentIndex(COUNT)
    yield "¿Puedo cerrar?", lambda: cash.count.closing.items
    yield from album.picture("puedo-cerrar", window)


def _give(door: FrontDoor, crew: Crew) -> None:
    """The second till gives change and a card slip to the first."""
    giver, session = crew["C2"], day.cash_of(door).loader.view.session
    if session is None:
        raise LookupError("session")
    slip = next(
        row
        for row in giver.desk.handovers.proofs(giver.session_id)
        if TenderKind(row.tender) is TenderKind.CARD
    )
    giver.desk.handovers.send(
        HandoverCommand(
            new_command_id(),
            giver.session_id,
            session.session_id,
            pieces(GIVEN),
            (Proof(slip.payment_id, slip.line),),
            "Relevo de la comida",
        )
    )
    giver.holds[TenderKind.CASH] -= GIVEN
    giver.holds[TenderKind.CARD] -= slip.amount


def _take(crew: Crew, rows: Sequence[HandoverItemRow]) -> None:
    """The third till receives the change and the card slip: the drawer is cash only."""
    taker = crew["C3"]
    for row in rows:
        if row.to_session_id == taker.session_id:
            cash = row.denominations is not None
            taker.desk.handovers.accept(row.item_id, pieces(LENT) if cash else None)
            taker.holds[TenderKind(row.tender)] += row.amount


def _user(asked: ReceiveSheet) -> None:
    asked.user.setText("elena.carrera")
    asked.grid.set_counts(day.pieces_for(DELIVERED))


def _lend(asked: GiveSheet) -> None:
    asked.grid.set_counts(day.pieces_for(LENT))
    asked.receiver.setCurrentIndex(asked.receiver.count() - 1)
    rows = asked.proofs.model.all_rows()
    asked.proofs.model.set_checked([(row.payment_id, row.line) for row in rows])


def _page(cash: CashTab) -> DeliveriesPage:
    page = cash.more.page("deliveries")
    if not isinstance(page, DeliveriesPage):
        raise LookupError("deliveries")
    return page
