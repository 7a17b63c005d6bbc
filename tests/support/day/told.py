"""What a cashier believes about a charge: it stands, it was refused, or nobody knows yet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tehuacan_comercial.domain.cash import ChargeCommand, Charged
from tehuacan_comercial.domain.refusals import Refusal, ResultUnknown


@dataclass(frozen=True)
class Told:
    """One intended charge and the last answer about it."""

    command: ChargeCommand
    charged: Charged | None = None
    refusal: Refusal | None = None

    @property
    def command_id(self) -> str:
        return str(self.command.command_id)

    @property
    def applied(self) -> Decimal:
        """Pesos the customer handed over for good."""
        return self.command.settled + self.command.advance + self.command.rounding

    @property
    def stands(self) -> bool:
        return self.charged is not None

    @property
    def unknown(self) -> bool:
        """The cashier still has to ask."""
        return self.charged is None and isinstance(self.refusal, ResultUnknown | None)
