"""The machine, the network or the server is in the way; the same act may be tried again."""

from __future__ import annotations

from dataclasses import dataclass

from tehuacan_comercial.domain.refusals.base import TroubleRefusal


@dataclass(eq=False)
class ServerUnreachable(TroubleRefusal):
    """No answer from the server, and nothing of ours was committed."""

    detail: str = ""


@dataclass(eq=False)
class ServerNotTrusted(TroubleRefusal):
    """The server could not prove who it is, or speaks in the clear; no password was sent."""

    detail: str = ""


@dataclass(eq=False)
class ResultUnknown(TroubleRefusal):
    """The connection was lost while a command was under way; ask again with the same UUID."""

    command_id: str = ""


@dataclass(eq=False)
class ServerBusy(TroubleRefusal):
    """Another station holds the row too long; nothing was written."""

    detail: str = ""


@dataclass(eq=False)
class ServerFull(TroubleRefusal):
    """The server's disk is full; nothing was written."""

    detail: str = ""


@dataclass(eq=False)
class PrinterTrouble(TroubleRefusal):
    """The printer did not take the sheet; the document itself is registered."""

    printer: str = ""
    problem: str = ""
