"""The attention queue in a small town: its rules, desks with people, and a morning of turns."""

from __future__ import annotations

import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

from tehuacan_comercial.assets import resource
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain.queue import (
    DeskShift,
    RoutingCommand,
    TicketCommand,
    Turn,
    TurnCommand,
)
from tehuacan_comercial.services.actor import OFFICE, Actor
from tehuacan_comercial.services.queue import QueueService
from tehuacan_comercial.services.rules import RulesService
from tests.support.town import STAFF, Town

QUICK = (0.0, 0.02, 0.1)


def load_queue_rules(town: Town, *, more_desks: int = 0, **changed: str) -> None:
    """The shipped ones, of a version that marks nobody's absence by the clock.

    ``more_desks`` adds D1, D2…, which serve what every desk serves.
    """
    text = resource("rules", "queue.toml").read_text(encoding="utf-8")
    for number in range(1, more_desks + 1):
        text += f'\n[[desk]]\ncode = "D{number}"\nname = "Mesa {number}"\n'
    for line in {"no_show_seconds": "0"} | changed:
        text = _with(text, line, ({"no_show_seconds": "0"} | changed)[line])
    database = Database(town.server.superuser_url(town.database))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "queue.toml"
        path.write_text(text, encoding="utf-8")
        RulesService(database, OFFICE).load_file(path)
    database.close()


def _with(text: str, key: str, value: str) -> str:
    lines = [
        f"{key} = {value}" if line.startswith(f"{key} =") else line for line in text.splitlines()
    ]
    return "\n".join(lines) + "\n"


def queue_service(town: Town, username: str, job: str = "", station: str = "E1") -> QueueService:
    """That person's queue; the job is the town's unless it is given."""
    database = town.sign_in(username, station)
    actor = Actor(username, username, "Prueba", job or STAFF[username])
    return QueueService(database, actor, pauses=QUICK)


@dataclass
class Clerk:
    """A person at the queue, with one line for each act."""

    service: QueueService

    def take(
        self, procedure: str = "INFORMES", priority: str = "", account_id: int | None = None
    ) -> Turn:
        command = TicketCommand(uuid.uuid4(), procedure, priority, account_id)
        return self.service.take_ticket(command)

    def sit(self, desk: str) -> DeskShift:
        return self.service.take_desk(uuid.uuid4(), desk)

    def next(self) -> Turn | None:
        return self.service.call_next(uuid.uuid4())

    def must(self) -> Turn:
        """The next one, who is there."""
        called = self.next()
        assert called is not None
        return called

    def act(self, name: str, turn: Turn, note: str = "") -> Turn:
        """``act("hold", turn, "Va por copias")``."""
        made: Turn = getattr(self.service, name)(TurnCommand(uuid.uuid4(), turn.request_id, note))
        return made

    def serve(self, turn: Turn) -> Turn:
        """From the call to the end."""
        return self.act("finish", self.act("begin", turn))

    def pass_on(self, turn: Turn, procedure: str, desk: str = "", note: str = "Sigue aquí") -> Turn:
        command = RoutingCommand(uuid.uuid4(), turn.request_id, procedure, note, desk)
        return self.service.transfer(command)

    def add(self, turn: Turn, procedure: str) -> Turn:
        command = RoutingCommand(uuid.uuid4(), turn.request_id, procedure, "", "")
        return self.service.add_service(command)


def clerk(town: Town, username: str, desk: str = "", job: str = "") -> Clerk:
    """Signed in, and at a desk when one is named."""
    made = Clerk(queue_service(town, username, job))
    if desk:
        made.sit(desk)
    return made


def queue_morning(town: Town) -> None:
    """Attended, transferred, absent, paused, gone and still waiting: a bit of everything."""
    load_queue_rules(town)
    beto, paty = clerk(town, "beto", "V1"), clerk(town, "paty", "V2")
    for priority in ("", "MAYOR", "", ""):
        beto.take("INFORMES", priority)
    beto.serve(beto.must())
    moved = beto.pass_on(beto.must(), "CONTRATO", "V2")
    paty.act("hold", paty.act("begin", paty.must()), "Va por copias")
    assert moved.wanted_desk == "V2"
    absent = beto.act("no_show", beto.act("recall", beto.must()))
    beto.act("revive", absent)
    beto.act("abandon", beto.take("PAGO"), "Tenía prisa")
    beto.take("PAGO", "EMBARAZO")
