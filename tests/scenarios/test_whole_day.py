"""A whole day of the cash desks, from the counted floats to two verified vouchers (functions 10,
14, 21 and 22 of the manual)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.assets import resource
from tehuacan_comercial.data import schema
from tehuacan_comercial.data.embedded import EmbeddedCluster
from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import vouchers as sheets
from tehuacan_comercial.domain.authorisations import DecisionCommand, RequestCommand, Verdict
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.domain.clarifications import ChequeReturnCommand
from tehuacan_comercial.domain.custody import CountCommand, SendWithdrawalCommand
from tehuacan_comercial.domain.deposits import AtBank, BalanceCommand, OpenBatchCommand, Slip
from tehuacan_comercial.domain.handovers import HandoverCommand, Proof
from tehuacan_comercial.domain.papers import CustodyPaper
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.domain.vouchers import IssueVoucherCommand, VoucherDecision, VoucherKind
from tehuacan_comercial.services.actor import OFFICE
from tehuacan_comercial.services.demo.build import build_town
from tehuacan_comercial.services.demo.staff import CASHIERS, MANAGER
from tehuacan_comercial.services.rules import RulesService
from tehuacan_comercial.services.verify import VerifyService
from tests.support.secrets import FileSecrets
from tests.support.server import SETTINGS, TestServer, run_folder
from tests.support.whole_day import Drawer, Office, pieces

HEAD = "elena.carrera"
CASH, CARD = TenderKind.CASH, TenderKind.CARD
TRANSFER, CHEQUE = TenderKind.TRANSFER, TenderKind.CHEQUE
SHORT = Decimal(20)


@dataclass
class Day:
    """The office, its three drawers, and who decides."""

    office: Office
    rosa: Drawer
    lupe: Drawer
    javier: Drawer

    @property
    def drawers(self) -> tuple[Drawer, ...]:
        return (self.rosa, self.lupe, self.javier)


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    name = f"whole-day-{os.getpid()}"
    secrets = FileSecrets(run_folder() / f"{name}.secrets")
    server = TestServer(EmbeddedCluster(run_folder() / name, secrets, extra_settings=SETTINGS))
    server.cluster.start()
    with server.connect() as connection:
        connection.execute("CREATE DATABASE jornada")
    url = server.superuser_url("jornada")
    schema.install(url)
    database = Database(url, station="ADMIN")
    RulesService(database, OFFICE).load_folder(resource("rules"))
    with database.read() as connection:
        today = connection.exec_driver_sql("SELECT commercial.office_today()").scalar_one()
    build_town(database, OFFICE, accounts=300, seed=1, today=today, periods=4)
    office = Office(server, "jornada", tmp_path)
    drawers = [Drawer.open(office.desk(username), till) for till, username in CASHIERS.items()]
    yield Day(office, *drawers)
    office.close()
    found = VerifyService(database, OFFICE).run()
    database.close()
    server.cluster.stop()
    assert [each.sentence for each in found] == []


def test_a_whole_day_of_the_cash_desks(day: Day) -> None:
    people = day.office.debtors(HEAD)
    for drawer, kinds in (
        (day.rosa, (CASH, CARD, CASH, CHEQUE, CASH)),
        (day.lupe, (CASH, TRANSFER, CASH, CASH)),
        (day.javier, (CARD, CASH, CHEQUE)),
    ):
        for kind in kinds:
            drawer.charge(next(people), kind)
    first = day.rosa.charged[0].receipt_id
    day.office.keep("recibo", day.rosa.desk.receipts.original(first, "half-letter"))
    deliver(day, Decimal(1000))
    surprise(day, day.lupe)
    void_the_last(day, day.lupe)
    hand_over(day, day.javier, day.lupe, Decimal(100))
    close_all(day)
    deposit(day)
    cheque_comes_back(day, day.javier)
    vouchers(day)


def deliver(day: Day, amount: Decimal) -> None:
    """Rosa's drawer is full; the head cashier counts what she gets and signs for it (H5)."""
    sent = day.rosa.desk.custody.send_withdrawal(
        SendWithdrawalCommand(new_command_id(), day.rosa.session_id, pieces(amount))
    )
    assert any(row.blocking for row in day.rosa.desk.custody.blockers(day.rosa.session_id))
    head = day.office.desk(HEAD)
    head.custody.accept(sent.withdrawal_id, pieces(amount))
    day.office.keep("entrega", head.receipts.custody(CustodyPaper.WITHDRAWAL, sent.withdrawal_id))
    day.rosa.holds[CASH] -= amount
    assert not any(row.blocking for row in day.rosa.desk.custody.blockers(day.rosa.session_id))


def surprise(day: Day, drawer: Drawer) -> None:
    cash, rest = drawer.count()
    head = day.office.desk(HEAD)
    counted = head.custody.count_by_surprise(
        CountCommand(new_command_id(), drawer.session_id, cash, rest)
    )
    assert counted.difference == 0
    report = head.custody.interim_report(new_command_id(), drawer.session_id)["report_id"]
    for name, kind, subject in (
        ("arqueo-sorpresa", CustodyPaper.CASH_COUNT, counted.count_id),
        ("corte-parcial", CustodyPaper.INTERIM_REPORT, int(report)),
    ):
        day.office.keep(name, head.receipts.custody(kind, subject))


def void_the_last(day: Day, drawer: Drawer) -> None:
    """It was somebody else's account: asked with the paper in hand, decided by the manager."""
    wrong = drawer.charged[-1]
    asked = drawer.desk.authorisations.request(
        RequestCommand(
            new_command_id(),
            "void_receipt",
            wrong.receipt_id,
            "CUENTA",
            options={"paper": "in_hand", "refund": "drawer"},
        )
    )
    manager = day.office.desk(MANAGER)
    assert [row.authorisation_id for row in manager.authorisations.pending()] == [
        asked.decided.authorisation_id
    ]
    manager.authorisations.decide(
        DecisionCommand(
            new_command_id(), asked.decided.authorisation_id, Verdict.APPROVE, "Con el papel"
        )
    )
    drawer.holds[CASH] -= wrong.applied
    (row,) = [
        row
        for row in drawer.desk.cash.receipts(drawer.session_id)
        if row.receipt_id == wrong.receipt_id
    ]
    assert row.voided == "void"
    copy = drawer.desk.receipts.reprint(wrong.receipt_id, "half-letter", "Para el expediente")
    day.office.keep("recibo-cancelado", copy)


def hand_over(day: Day, giver: Drawer, taker: Drawer, amount: Decimal) -> None:
    """Javier leaves early: change and his card slip go to Lupe, who signs for each (H9, H21)."""
    handovers = giver.desk.handovers
    slip = next(row for row in handovers.proofs(giver.session_id) if row.tender == CARD)
    sent = handovers.send(
        HandoverCommand(
            new_command_id(),
            giver.session_id,
            taker.session_id,
            pieces(amount),
            (Proof(slip.payment_id, slip.line),),
        )
    )
    for item in sent.items:
        taker.desk.handovers.accept(item.item_id, pieces(amount) if item.tender is CASH else None)
        giver.holds[item.tender] -= item.amount
        taker.holds[item.tender] += item.amount
    assert {item.tender: item.amount for item in sent.items} == {CASH: amount, CARD: slip.amount}
    day.office.keep("relevo", giver.desk.receipts.custody(CustodyPaper.HANDOVER, sent.handover_id))


def close_all(day: Day) -> None:
    """Rosa is $20.00 short; another person counts every bag again (H4, H6)."""
    head = day.office.desk(HEAD).custody
    for drawer, short in ((day.rosa, SHORT), (day.lupe, Decimal(0)), (day.javier, Decimal(0))):
        closed = drawer.close(short=short, note="Faltó un billete" if short else "")
        found = {line.tender: line for line in closed.lines}
        assert {kind: line.expected for kind, line in found.items() if kind in drawer.holds} == (
            drawer.holds
        )
        assert found[CASH].difference == -short
        cash, rest = drawer.count(short=short)
        head.verify(CountCommand(new_command_id(), drawer.session_id, cash, rest))
        till = drawer.desk.actor.username.split(".")[0]
        day.office.keep(f"corte-{till}", drawer.desk.receipts.closing(closed.closing_id))


def deposit(day: Day) -> None:
    """Sessions, count and slips agree, and the bank has it (H8)."""
    desk = day.office.desk(HEAD)
    head = desk.deposits
    batch = head.open(
        OpenBatchCommand(new_command_id(), tuple(drawer.session_id for drawer in day.drawers))
    ).batch_id
    money = head.sheet(batch).money
    collected = {
        kind: sum((drawer.holds[kind] for drawer in day.drawers), Decimal(0))
        for kind in (CASH, CARD, TRANSFER, CHEQUE)
    }
    collected[CASH] += Decimal(1000) - SHORT - 3 * Decimal(500)
    assert money == collected
    rest = {kind: pesos for kind, pesos in money.items() if kind is not CASH}
    assert [line.difference for line in head.count(batch, pieces(money[CASH]), rest).lines] == (
        [Decimal(0)] * 4
    )
    slips = tuple(Slip("BBVA", kind, pesos) for kind, pesos in money.items() if pesos)
    head.balance(BalanceCommand(new_command_id(), batch, slips))
    today = day.rosa.desk.signed_in.today
    head.deposit(
        batch,
        tuple(AtBank(row.slip_id, f"R{row.slip_id}", today) for row in head.sheet(batch).slips),
    )
    number = head.sheet(batch).batch.list_id
    assert number is not None
    day.office.keep("relacion-de-depositos", desk.receipts.deposit_list(number))


def cheque_comes_back(day: Day, drawer: Drawer) -> None:
    """The bank did not pay it: owed again with the fee, and the corte stays as it was (H15)."""
    paid = drawer.charged[-1]
    head = day.office.desk(HEAD)
    (row,) = [row for row in head.clarifications.cheques() if row.receipt_id == paid.receipt_id]
    before = head.cash.debt(paid.account_id).items
    told = head.clarifications.record_return(
        ChequeReturnCommand(
            new_command_id(),
            row.receipt_id,
            row.line,
            drawer.desk.signed_in.today,
            head.clarifications.bank_reasons()[0].code,
            "SBC-1",
        )
    )
    assert before == ()
    owed = sum((item.outstanding for item in head.cash.debt(paid.account_id).items), Decimal(0))
    assert owed == told.reopened + told.fee
    assert told.reopened == row.amount


def vouchers(day: Day) -> None:
    """Collection and discounts of the day, made by one and verified by another (I1 to I6)."""
    head, manager = day.office.desk(HEAD), day.office.desk(MANAGER)
    today = day.rosa.desk.signed_in.today
    for kind in VoucherKind:
        issued = head.vouchers.issue(IssueVoucherCommand(new_command_id(), kind, today))
        manager.vouchers.decide(
            VoucherDecision(new_command_id(), issued.done.voucher_id, sheets.Verdict.VERIFY)
        )
        number = issued.done.voucher_id
        collection = kind is VoucherKind.COLLECTION
        name = "poliza-de-recaudacion" if collection else "poliza-de-descuentos"
        day.office.keep(name, manager.receipts.voucher(number))
        if collection:
            day.office.keep("hoja-de-verificacion", manager.receipts.voucher_day(number))
    seen = manager.vouchers.day(today)
    assert [str(row.state) for row in map(seen.latest, VoucherKind) if row] == ["verified"] * 2
