"""Somebody else acts at this station under their own user and password; who works here stays."""

from __future__ import annotations

from dataclasses import dataclass

from tehuacan_comercial.config import home
from tehuacan_comercial.domain.authorisations import DecisionCommand
from tehuacan_comercial.domain.custody import Withdrawn
from tehuacan_comercial.domain.shortages import ReceiveShortageCommand, Repaid
from tehuacan_comercial.services.authorisations import AuthorisationResult, decide_on_the_spot
from tehuacan_comercial.services.custody_on_the_spot import (
    Receipt,
    receive_on_the_spot,
    receive_shortage_on_the_spot,
)
from tehuacan_comercial.services.sign_in import FailedTries, LoginUrl


@dataclass(frozen=True)
class OnTheSpot:
    """Connections of their own for those acts; failed passwords are kept and reported."""

    login_url: LoginUrl
    station: str

    def decide(self, user: str, password: str, command: DecisionCommand) -> AuthorisationResult:
        """Decide a request."""
        return decide_on_the_spot(
            self.login_url, (user, password), self.station, self._tries(), command
        )

    def receive(self, user: str, password: str, receipt: Receipt) -> Withdrawn:
        """Receive a delivery."""
        return receive_on_the_spot(
            self.login_url, (user, password), self.station, self._tries(), receipt
        )

    def repay(self, user: str, password: str, command: ReceiveShortageCommand) -> Repaid:
        """Take cash that is put back into the drawer of that person."""
        return receive_shortage_on_the_spot(
            self.login_url, (user, password), self.station, self._tries(), command
        )

    def _tries(self) -> FailedTries:
        return FailedTries(home() / "intentos.json")
