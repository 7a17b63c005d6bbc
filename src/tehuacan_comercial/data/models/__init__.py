"""The tables, one module per capability, each column commented with its Spanish term."""

from tehuacan_comercial.data.models import accounts, billing, cash, staff, tariffs
from tehuacan_comercial.data.models.base import Base

metadata = Base.metadata

__all__ = ["accounts", "billing", "cash", "metadata", "staff", "tariffs"]
