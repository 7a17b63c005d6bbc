"""Papers of custody: what they say is frozen with the sheet, and no blind count is told (H4)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.custody import CountCommand, SendWithdrawalCommand
from tehuacan_comercial.domain.handovers import HandoverCommand, Proof
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.actor import OFFICE, Actor
from tehuacan_comercial.services.custody import CustodyService
from tehuacan_comercial.services.handovers import HandoversService
from tehuacan_comercial.services.receipts import ReceiptsService
from tehuacan_comercial.services.verify import VerifyService
from tests.documents.reading import text_of
from tests.support.asking import allow
from tests.support.day.office import Office, build_office
from tests.support.day.station import Station
from tests.support.server import TestServer

HUNDRED = Decimal(100)


@dataclass
class Person:
    """Somebody's services at the station."""

    custody: CustodyService
    handovers: HandoversService
    paper: ReceiptsService


@dataclass
class Papers:
    """Rosa charged $491.00 in cash and a card slip of $100.00; Lupe is at C2."""

    office: Office
    rosa: Station
    lupe: Station

    def person(self, username: str, job: str) -> Person:
        database = self.office.town.sign_in(username)
        actor = Actor(username, username, "Prueba", job)
        return Person(
            CustodyService(database, actor),
            HandoversService(database, actor),
            ReceiptsService(database, actor, self.office.home / username),
        )

    def read(self, who: Person, paper: CustodyPaper, subject: int, reason: str = "") -> str:
        return text_of(who.paper.custody(paper, subject, reason).pdf)

    def key(self, table: str) -> int:
        return int(str(self.office.ask(f"SELECT max(id) FROM commercial.{table}")[0][0]))


@pytest.fixture
def papers(
    test_server: TestServer, new_database: Callable[[], str], tmp_path: Path
) -> Iterator[Papers]:
    office = build_office(test_server, new_database(), tmp_path, accounts=3)
    rosa, lupe = Station(office, 0), Station(office, 1)
    rosa.open()
    lupe.open()
    cash, card, _ = office.accounts()
    assert rosa.charge_account(cash).stands
    assert rosa.charge(rosa.command(card, HUNDRED, kind=TenderKind.CARD)).stands
    made = Papers(office, rosa, lupe)
    yield made
    database = Database(office.town.server.superuser_url(office.town.database))
    again = ReceiptsService(database, OFFICE, tmp_path / "again").fingerprint
    assert VerifyService(database, OFFICE, again).run() == []
    database.close()
    office.town.close()


def test_a_slip_says_how_the_delivery_stood(papers: Papers) -> None:
    rosa, elena = papers.person("rosa", "cashier"), papers.person("elena", "head_cashier")
    order = SendWithdrawalCommand(uuid.uuid4(), papers.rosa.session_id, {HUNDRED: 3}, "Tope")
    sent = rosa.custody.send_withdrawal(order)
    first = papers.read(rosa, CustodyPaper.WITHDRAWAL, sent.withdrawal_id)
    assert sent.folio in first
    assert "TRESCIENTOS PESOS 00/100" in first
    assert "En tránsito" in first
    rosa.paper.report_print(papers.key("issued_document"), "Impresora", "printed")
    elena.custody.accept(sent.withdrawal_id, {HUNDRED: 3})
    with pytest.raises(r.ReasonRequired):
        rosa.paper.custody(CustodyPaper.WITHDRAWAL, sent.withdrawal_id)
    second = papers.read(elena, CustodyPaper.WITHDRAWAL, sent.withdrawal_id, "Ya recibida")
    assert "Aceptada" in second
    assert "REIMPRESIÓN 1" in second
    assert "Elena Núñez Peña" in second


def test_nobody_prints_what_is_not_theirs(papers: Papers) -> None:
    rosa, lupe = papers.person("rosa", "cashier"), papers.person("lupe", "cashier")
    order = SendWithdrawalCommand(uuid.uuid4(), papers.rosa.session_id, {HUNDRED: 1})
    sent = rosa.custody.send_withdrawal(order)
    with pytest.raises(r.UnknownDocument):
        lupe.paper.custody(CustodyPaper.WITHDRAWAL, sent.withdrawal_id)
    elena = papers.person("elena", "head_cashier")
    elena.custody.reject(sent.withdrawal_id, "Prueba")
    count = CountCommand(uuid.uuid4(), papers.rosa.session_id, {HUNDRED: 9}, {})
    counted = elena.custody.count_by_surprise(count)
    with pytest.raises(r.UnknownDocument):
        rosa.paper.custody(CustodyPaper.CASH_COUNT, counted.count_id)
    told = papers.read(elena, CustodyPaper.CASH_COUNT, counted.count_id)
    assert "Sorpresa" in told
    assert "Esperado y contado" in told


def test_the_x_report_of_a_cashier_tells_no_amount(papers: Papers) -> None:
    rosa, elena = papers.person("rosa", "cashier"), papers.person("elena", "head_cashier")
    rosa.custody.interim_report(uuid.uuid4(), papers.rosa.session_id)
    own = papers.read(rosa, CustodyPaper.INTERIM_REPORT, papers.key("interim_report"))
    assert "no muestra importes" in own
    assert "757.00" not in own
    elena.custody.interim_report(uuid.uuid4(), papers.rosa.session_id)
    whole = papers.read(elena, CustodyPaper.INTERIM_REPORT, papers.key("interim_report"))
    assert "Lo que debe haber en la caja" in whole
    assert "1,257.00" in whole
    head = papers.office.ask("SELECT hash FROM commercial.receipt ORDER BY number DESC LIMIT 1")
    assert str(head[0][0]) in whole.replace(" ", "")


def test_the_act_of_a_handover_lists_every_item(papers: Papers) -> None:
    rosa, lupe = papers.person("rosa", "cashier"), papers.person("lupe", "cashier")
    (slip,) = rosa.handovers.proofs(papers.rosa.session_id)
    order = HandoverCommand(
        uuid.uuid4(),
        papers.rosa.session_id,
        papers.lupe.session_id,
        {HUNDRED: 2},
        (Proof(slip.payment_id, slip.line),),
        "Cambio de turno",
    )
    sent = rosa.handovers.send(order)
    cash, card = (item.item_id for item in sent.items)
    lupe.handovers.accept(cash, {HUNDRED: 2})
    lupe.handovers.reject(card, "Borroso")
    act = papers.read(lupe, CustodyPaper.HANDOVER, sent.handover_id)
    for words in (f"{sent.folio}/1", "Rechazada", "Borroso", slip.folio, "$200.00", "Caja 2"):
        assert words in act


def test_a_count_is_told_once_it_closed_its_session(papers: Papers) -> None:
    rosa = papers.person("rosa", "cashier")
    closed = papers.rosa.count_and_close()
    told = papers.read(rosa, CustodyPaper.CASH_COUNT, papers.key("cash_count"))
    assert "De cierre" in told
    assert "−757.00" in told
    elena = papers.office.town.sign_in("elena")
    session = papers.rosa.session_id
    allow(papers.rosa.database, elena, "reopen_session", session, "CONTEO")
    again = text_of(rosa.paper.closing(closed.closing_id).pdf)
    assert "SIN EFECTO" in again
    new = papers.rosa.count_and_close()
    told = text_of(rosa.paper.closing(new.closing_id).pdf)
    assert f"Sustituye al corte {closed.folio}" in told
