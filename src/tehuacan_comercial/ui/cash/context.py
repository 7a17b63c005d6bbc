"""What every part of the tab works with: services, lanes, paper, notices, the station."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QSettings

from tehuacan_comercial.domain.custody import Withdrawn
from tehuacan_comercial.domain.money import ZERO
from tehuacan_comercial.domain.shortages import ReceiveShortageCommand, Repaid
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.custody_on_the_spot import Receipt
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.actions import Actions
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.paper import Paper
from tehuacan_comercial.ui.tasks import Tasks
from tehuacan_comercial.ui.widgets.notices import NoticeStrip


@dataclass(frozen=True)
class CashPlace:
    """Where the person sits: station, the till of its profile, and its receipt format."""

    station: str
    till: str
    receipt_format: str


@dataclass(frozen=True)
class CashContext:
    """Given once by whoever makes the tab. ``today`` and ``now`` are the server's.

    ``request_void`` asks that a receipt be voided, ``request_transfer`` that its payment be moved,
    to the account of that number if one is known.
    """

    desk: Desk
    tasks: Tasks
    bus: Bus[Changes]
    paper: Paper
    notices: NoticeStrip
    actions: Actions
    settings: QSettings
    place: CashPlace
    today: Callable[[], date]
    now: Callable[[], datetime]
    receive_here: Callable[[str, str, Receipt], Withdrawn]
    """Receives a delivery under another person's user and password."""
    repay_here: Callable[[str, str, ReceiveShortageCommand], Repaid]
    """Takes cash that is put back into the drawer of that person."""
    request_reopening: Callable[[int], None]
    """Asks for the permission to open a closed session again."""
    request_difference: Callable[[int], None]
    """Asks for the permission to close a session with its difference (H7)."""
    request_waiver: Callable[[int], None]
    """Asks that what is still owed of a session be condoned (H20)."""
    request_void: Callable[[int], None]
    request_transfer: Callable[[int, str], None]

    @property
    def cash_step(self) -> Decimal:
        """The office's cash rounding in pesos; 0 for none."""
        return Decimal(str(self.desk.signed_in.settings.get("cash_rounding_step", ZERO)))
