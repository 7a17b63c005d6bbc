"""Receive money at somebody else's station: a second person under their own role."""

from __future__ import annotations

from dataclasses import dataclass

from tehuacan_comercial.domain.custody import Pieces, Withdrawn
from tehuacan_comercial.domain.shortages import ReceiveShortageCommand, Repaid
from tehuacan_comercial.services.custody import CustodyService
from tehuacan_comercial.services.sign_in import FailedTries, LoginUrl, sign_in


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receiver says of a delivery: the pieces they counted, or why it goes back."""

    withdrawal_id: int
    accepted: bool
    pieces: Pieces
    note: str = ""


def receive(service: CustodyService, receipt: Receipt) -> Withdrawn:
    """Accept or reject as the service's own person; again changes nothing.

    Raises:
        AmountsDisagree, WithdrawalDecided, SecondPersonNeeded, ReasonRequired: as the service says.
    """
    if receipt.accepted:
        return service.accept(receipt.withdrawal_id, receipt.pieces)
    return service.reject(receipt.withdrawal_id, receipt.note)


def receive_on_the_spot(
    login_url: LoginUrl,
    credentials: tuple[str, str],
    station: str,
    tries: FailedTries,
    receipt: Receipt,
) -> Withdrawn:
    """Accept or reject under the receiver's user and password, on a connection of its own (D2).

    Raises:
        WrongCredentials: the server does not know the pair; the try is kept for the record.
        NotPermitted: that person's job receives nothing.
        Refusal: whatever ``receive`` refuses.
    """
    signed_in = sign_in(login_url, *credentials, station, tries)
    try:
        return receive(CustodyService(signed_in.database, signed_in.actor), receipt)
    finally:
        signed_in.database.close()


def receive_shortage_on_the_spot(
    login_url: LoginUrl,
    credentials: tuple[str, str],
    station: str,
    tries: FailedTries,
    command: ReceiveShortageCommand,
) -> Repaid:
    """Take cash that is put back into the drawer of whoever signs in for it.

    Raises:
        WrongCredentials: the server does not know the pair; the try is kept for the record.
        Refusal: whatever ``CustodyService.receive_shortage`` refuses.
    """
    signed_in = sign_in(login_url, *credentials, station, tries)
    try:
        custody = CustodyService(signed_in.database, signed_in.actor)
        return custody.receive_shortage(command)
    finally:
        signed_in.database.close()
