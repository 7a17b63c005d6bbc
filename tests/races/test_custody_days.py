"""The cash control model over random days of two cashiers, through the services (FEATURES, ①–⑩).

A plain sum kept beside the database is the drawer. Where each invariant is asserted:

① expected = float + applied − accepted deliveries ± handovers ± voids: ``the_one_formula``, after
  every act, and again in what every close and surprise count answers;
② received − change = applied: ``STANDING``, after every act;
③ a receipt belongs to its session by number, never by a time: ``STANDING``, after every act;
④ no gap in a series: ``STANDING``, after every act;
⑤ what was closed or verified is frozen: ``_tamper``, ``_verify``, ``_reopen``, ``_resume``;
⑥ void while open, reversal dated today afterwards: ``void``;
⑦ a transfer to another account leaves every drawer as it was: ``transfer``, to the centavo and
  without a line in the books of a drawer; a returned cheque likewise: ``cheque_comes_back``;
⑧ a closing is stored and never computed again: ``what_was_posted_stands``, after every act;
⑨ nobody approves their own request: ``void`` tries, and ``STANDING`` after every act;
⑩ where a sheet stands never touches money: ``a_printer_fails``, followed by ①.

At the end everything is verified as the office does it (``settled_truth``).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.cash import CloseSessionCommand, SessionClosed
from tehuacan_comercial.domain.custody import CountCommand, SendWithdrawalCommand
from tehuacan_comercial.domain.handovers import HandoverCommand, Proof
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.custody import CustodyService
from tehuacan_comercial.services.handovers import HandoversService
from tests.support.asking import allow, request
from tests.support.day.office import Office
from tests.support.day.station import Station
from tests.support.day.truth import settled_truth
from tests.support.returns import request_transfer, return_order, transfer
from tests.support.trials import Trials
from tests.support.voids import decision, request_void

DAYS, ACTS = 25, 50
HUNDRED, CENT, TOLERANCE = Decimal(100), Decimal("0.01"), Decimal(50)
CASH, CARD, CHEQUE = TenderKind.CASH, TenderKind.CARD, TenderKind.CHEQUE
KINDS = (CASH, CARD, CHEQUE)
WHO = st.integers(0, 1)
PICK = st.integers(0, 9)
PESOS = st.integers(1, 700)

STANDING = """
SELECT (SELECT count(*) FROM commercial.payment_tender WHERE received - change <> applied),
       (SELECT count(*) FROM commercial.receipt r JOIN commercial.payment p ON p.id = r.payment_id
        WHERE r.session_id <> p.session_id),
       (SELECT count(*) FROM (SELECT series, max(number) - count(*) AS gaps
                              FROM commercial.receipt GROUP BY series) x WHERE gaps <> 0),
       (SELECT count(*) FROM commercial.authorisation WHERE decided_by = requested_by)
"""
TOTALS = """
SELECT 'session', s.id, e.tender, e.expected
FROM commercial.cash_session s CROSS JOIN LATERAL commercial.session_expected(s.id) e
WHERE s.id > (SELECT max(id) FROM commercial.cash_session) - 4
UNION ALL
SELECT 'closing', c.id, md5(c.content::text), 0 FROM commercial.cash_closing c
UNION ALL
SELECT 'books', 0, l.ledger_account, sum(l.amount) FROM commercial.journal_line l
WHERE l.ledger_account IN ('CASH', 'CARD', 'TRANSFER', 'CHEQUE') GROUP BY l.ledger_account
ORDER BY 1, 2, 3
"""
HOLDERS = """
SELECT coalesce((SELECT h.to_session_id FROM commercial.handover_item i
                 JOIN commercial.handover h ON h.id = i.handover_id
                 WHERE i.payment_id = r.payment_id AND i.state = 'accepted'
                 ORDER BY i.id DESC LIMIT 1), r.session_id)
FROM commercial.receipt r
"""
CHEQUES = """
SELECT r.id FROM commercial.receipt r
JOIN commercial.payment_tender t ON t.payment_id = r.payment_id AND t.kind = 'cheque'
JOIN commercial.cash_session s ON s.id = r.session_id
WHERE NOT EXISTS (SELECT FROM commercial.tender_return n WHERE n.receipt_id = r.id)
  AND (s.state IN ('open', 'counting') OR NOT EXISTS (
      SELECT FROM commercial.receipt_void v WHERE v.receipt_id = r.id))
ORDER BY r.id
"""
DONE = """
SELECT DISTINCT kind FROM commercial.journal WHERE kind IN ('cheque_return', 'payment_transfer')
UNION SELECT state FROM commercial.withdrawal WHERE state = 'withdrawn' ORDER BY 1
"""
RARE = [("cheque_return",), ("payment_transfer",), ("withdrawn",)]
"""What must have happened at least once; days go on until it has, at most so many times."""
MOST_RUNS = 5
TODAY = "SELECT commercial.office_today()"
SNAPSHOTS = "SELECT id, md5(content::text) FROM commercial.cash_closing"


@dataclass
class Paid:
    """A receipt of the drawer, and whether its proof may still be given back from it."""

    receipt: int
    kind: TenderKind
    amount: Decimal
    account: int
    moved: bool = False
    void: bool = False
    transferred: bool = False
    returned: bool = False


@dataclass
class Drawer:
    """What a plain sum says of one session."""

    till: Station
    session: int = 0
    state: str = "closed"
    reopened: bool = False
    tries: int = 0
    denied: bool = False
    money: dict[TenderKind, Decimal] = field(default_factory=dict)
    paid: list[Paid] = field(default_factory=list)

    @property
    def moves(self) -> bool:
        """Whether money may leave or enter by hand."""
        return self.state in ("open", "counting") and not self.tries and not self.reopened


@dataclass
class OnItsWay:
    """A delivery (without receiver) or an item handed over."""

    key: int
    giver: Drawer
    receiver: Drawer | None
    kind: TenderKind
    amount: Decimal


class Days(RuleBasedStateMachine):
    """Each example is a piece of the office's life; the next one opens new sessions."""

    office: Office
    trials: Trials
    seen: dict[int, str]

    def __init__(self) -> None:
        super().__init__()
        town = self.office.town
        self.elena_db, self.manager_db = town.sign_in("elena"), town.sign_in("gerente")
        self.elena = CustodyService(self.elena_db, Actor("elena", "", "", "head_cashier"))
        self.books = town.admin()  # one line to read with: an act is followed by several questions
        self.drawers = [Drawer(Station(self.office, number)) for number in range(2)]
        self.way: list[OnItsWay] = []
        for drawer in self.drawers:
            self.begin(drawer)

    # --- what the acts share ---

    def begin(self, drawer: Drawer) -> None:
        fresh = Drawer(drawer.till, drawer.till.open(), "open")
        fresh.money = dict.fromkeys(KINDS, Decimal(0)) | {CASH: Decimal(500)}
        drawer.__dict__.update(fresh.__dict__)

    def custody(self, drawer: Drawer) -> CustodyService:
        return CustodyService(drawer.till.database, Actor(drawer.till.username, "", "", "cashier"))

    def hands(self, drawer: Drawer) -> HandoversService:
        actor = Actor(drawer.till.username, "", "", "cashier")
        return HandoversService(drawer.till.database, actor)

    def held(self, drawer: Drawer, kind: TenderKind) -> Decimal:
        away = [x.amount for x in self.way if x.giver is drawer and x.kind is kind]
        return drawer.money[kind] - sum(away, Decimal(0))

    def blocked(self, drawer: Drawer) -> bool:
        return any(drawer in (x.giver, x.receiver) for x in self.way)

    # --- acts ---

    @rule(who=WHO, kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=3), pesos=PESOS)
    def charge(self, who: int, kinds: list[TenderKind], pesos: int) -> None:
        for kind in kinds:
            self.charge_one(self.drawers[who], kind, pesos)

    def charge_one(self, drawer: Drawer, kind: TenderKind, pesos: int) -> None:
        (account,) = self.office.more_accounts(1)
        told = drawer.till.charge(drawer.till.command(account, Decimal(pesos), kind=kind))
        if drawer.state != "open":
            assert isinstance(told.refusal, r.SessionNotOpen)
            return
        assert told.charged is not None
        drawer.money[kind] += told.charged.applied
        paid = Paid(told.charged.receipt_id, kind, told.charged.applied, account)
        drawer.paid.append(paid)

    @rule(who=WHO, hundreds=st.integers(0, 6))
    def deliver(self, who: int, hundreds: int) -> None:
        drawer, pesos = self.drawers[who], Decimal(hundreds * 100)
        order = SendWithdrawalCommand(uuid.uuid4(), drawer.session, {HUNDRED: hundreds})
        if not drawer.moves or not 0 < pesos <= self.held(drawer, CASH):
            with pytest.raises(
                (r.SessionNotOpen, r.CountAlreadySigned, r.InvalidCommand, r.NotThatMuchCash)
            ):
                self.custody(drawer).send_withdrawal(order)
            return
        sent = self.custody(drawer).send_withdrawal(order)
        self.way.append(OnItsWay(sent.withdrawal_id, drawer, None, CASH, pesos))

    @rule(who=WHO, hundreds=st.integers(0, 4), proofs=st.integers(0, 2))
    def hand_over(self, who: int, hundreds: int, proofs: int) -> None:
        giver, receiver = self.drawers[who], self.drawers[1 - who]
        held = [each for each in self.hands(giver).proofs(giver.session) if not each.in_transit]
        chosen, pesos = held[:proofs], Decimal(hundreds * 100)
        order = HandoverCommand(
            uuid.uuid4(),
            giver.session,
            receiver.session,
            {HUNDRED: hundreds},
            tuple(Proof(each.payment_id, each.line) for each in chosen),
        )
        empty = not hundreds and not chosen
        if not (giver.moves and receiver.moves) or empty or pesos > self.held(giver, CASH):
            with pytest.raises(
                (r.SessionNotOpen, r.CountAlreadySigned, r.InvalidCommand, r.NotThatMuchCash)
            ):
                self.hands(giver).send(order)
            return
        for item in self.hands(giver).send(order).items:
            self.way.append(OnItsWay(item.item_id, giver, receiver, item.tender, item.amount))
        folios = {each.folio for each in chosen}
        for drawer in self.drawers:
            for paid in drawer.paid:
                paid.moved |= self.folio(paid.receipt) in folios

    def folio(self, receipt: int) -> str:
        query = f"SELECT folio FROM commercial.receipt WHERE id = {receipt}"
        return str(self.ask(query)[0][0])

    def ask(self, query: str) -> list[tuple[object, ...]]:
        return self.books.execute(query.encode()).fetchall()

    def totals(self) -> list[tuple[object, ...]]:
        """What each recent session should hold, each closing, and the drawers in the books."""
        return self.ask(TOTALS)

    @precondition(lambda self: self.way)
    @rule(pick=PICK)
    def take_back(self, pick: int) -> None:
        item = self.way.pop(pick % len(self.way))
        if item.receiver is None:
            self.custody(item.giver).take_back(item.key, "Conté de más")
            with pytest.raises(r.WithdrawalDecided):
                self.elena.accept(item.key, {HUNDRED: int(item.amount // 100)})
            return
        with pytest.raises(r.NotYourSession):
            self.hands(item.receiver).take_back(item.key, "No es mío")
        self.hands(item.giver).take_back(item.key, "Ya no hace falta")

    @precondition(lambda self: self.way)
    @rule(pick=PICK, accepts=st.booleans())
    def answer(self, pick: int, accepts: bool) -> None:
        item = self.way.pop(pick % len(self.way))
        pieces = {HUNDRED: int(item.amount // 100)} if item.kind is CASH else {}
        if item.receiver is None:
            if accepts:
                self.elena.accept(item.key, pieces)
            else:
                self.elena.reject(item.key, "No coincide")
        else:
            with pytest.raises(r.SecondPersonNeeded):
                self.hands(item.giver).accept(item.key, pieces)
            if accepts:
                self.hands(item.receiver).accept(item.key, pieces)
                item.receiver.money[item.kind] += item.amount
            else:
                self.hands(item.receiver).reject(item.key, "No coincide")
        if accepts:
            item.giver.money[item.kind] -= item.amount

    @precondition(lambda self: any(p for d in self.drawers for p in d.paid if not p.void))
    @rule(who=WHO, pick=PICK)
    def void(self, who: int, pick: int) -> None:
        drawer = self.drawers[who]
        standing = [paid for paid in drawer.paid if not paid.void]
        if not standing:
            return
        paid, asker = standing[pick % len(standing)], drawer.till.database
        if paid.transferred or paid.returned:
            with pytest.raises(r.PaymentMoved):
                request_void(asker, paid.receipt)
            return
        if drawer.state == "counting" or (drawer.state == "open" and self.went(paid)):
            with pytest.raises((r.SessionNotOpen, r.ProofHandedOver)):
                request_void(asker, paid.receipt)
            return
        asked = request_void(asker, paid.receipt)
        with pytest.raises((r.OwnRequest, r.NotPermitted)):
            asker.call("decide_authorisation", decision(asked))
        if drawer.state == "open" and paid.amount > self.held(drawer, paid.kind):
            with pytest.raises(r.DrawerShort):
                self.manager_db.call("decide_authorisation", decision(asked))
            asker.call("withdraw_authorisation", {"authorisation_id": asked})
            return
        done: dict[str, Any] = self.manager_db.call("decide_authorisation", decision(asked))
        assert done["outcome"]["kind"] == ("void" if drawer.state == "open" else "reversal")
        paid.void = True
        if drawer.state == "open":
            drawer.money[paid.kind] -= paid.amount

    def went(self, paid: Paid) -> bool:
        """Whether the proof of a payment is on its way or was accepted by the other cashier."""
        query = (
            "SELECT count(*) FROM commercial.handover_item i JOIN commercial.receipt r"
            f" ON r.payment_id = i.payment_id WHERE r.id = {paid.receipt}"
            " AND i.state IN ('in_transit', 'accepted')"
        )
        return paid.moved and self.ask(query) != [(0,)]

    @precondition(lambda self: any(d.paid for d in self.drawers))
    @rule(pick=PICK)
    def transfer(self, pick: int) -> None:
        """A payment goes to the account it was meant for; no drawer notices (⑦)."""
        whole = [(drawer, paid) for drawer in self.drawers for paid in drawer.paid]
        drawer, paid = whole[pick % len(whole)]
        (target,) = self.office.more_accounts(1)
        before = self.totals()
        if paid.void or paid.returned:
            with pytest.raises(r.NotTransferable):
                request_transfer(drawer.till.database, paid.receipt, target)
            return
        transfer(drawer.till.database, self.manager_db, paid.receipt, target)
        paid.account, paid.transferred = target, True
        assert self.totals() == before
        with pytest.raises(r.NotTransferable):
            request_transfer(drawer.till.database, paid.receipt, target)

    @rule(pick=PICK)
    def cheque_comes_back(self, pick: int) -> None:
        """Of these days or of before: what was counted stays, and so does every drawer (⑦)."""
        cheques = [int(str(row[0])) for row in self.ask(CHEQUES)]
        if not cheques:
            return
        receipt = cheques[-1 - pick % len(cheques)]
        order = return_order(receipt, returned_on=str(self.ask(TODAY)[0][0]))
        before, holder = self.totals(), self.ask(f"{HOLDERS} WHERE r.id = {receipt}")[0][0]
        paid = next((x for d in self.drawers for x in d.paid if x.receipt == receipt), None)
        there = any(d.session == holder and d.state in ("open", "counting") for d in self.drawers)
        if there or (paid is not None and paid.void):
            with pytest.raises(r.NotReturnable):
                self.elena_db.call("record_cheque_return", order)
            return
        self.elena_db.call("record_cheque_return", order)
        if paid is not None:
            paid.returned = True
        assert self.totals() == before
        with pytest.raises(r.ChequeReturned):
            self.elena_db.call("record_cheque_return", return_order(receipt))

    @precondition(lambda self: any(d.state in ("open", "counting") for d in self.drawers))
    @rule(who=WHO, off=st.sampled_from((0, 0, 20, -40, 70, -90)))
    def sign(self, who: int, off: int) -> None:
        drawer = self.drawers[who]
        if drawer.state not in ("open", "counting"):
            return
        order = self.count(drawer, off)
        if self.blocked(drawer):
            with pytest.raises(r.CloseBlocked):
                drawer.till.cash.close_session(order)
            return
        if drawer.tries >= 2 and not drawer.denied:
            with pytest.raises(r.ClosingNeedsPermission):
                drawer.till.cash.close_session(order)
            return
        drawer.tries, drawer.denied, drawer.state = drawer.tries + 1, False, "counting"
        gap = abs(order.pieces[HUNDRED] * HUNDRED + order.pieces[CENT] * CENT - drawer.money[CASH])
        if drawer.tries < 3 and gap <= TOLERANCE:
            self.closed(drawer, drawer.till.cash.close_session(order))
            return
        missing = r.RecountNeeded if drawer.tries == 1 else r.ClosingNeedsPermission
        for _ in range(2):
            with pytest.raises(missing):
                drawer.till.cash.close_session(order)

    def count(self, drawer: Drawer, off: int) -> CloseSessionCommand:
        pesos = max(drawer.money[CASH] + off, Decimal(0))
        hundreds = int(pesos // 100)
        pieces = {HUNDRED: hundreds, CENT: int((pesos - hundreds * 100) * 100)}
        declared = {kind: drawer.money[kind] for kind in (CARD, CHEQUE)}
        return CloseSessionCommand(uuid.uuid4(), drawer.session, pieces, declared)

    def closed(self, drawer: Drawer, told: SessionClosed) -> None:
        drawer.state = "closed"
        expected = {line.tender: line.expected for line in told.lines}
        assert {kind: expected[kind] for kind in KINDS} == drawer.money
        assert sum((line.difference for line in told.lines), Decimal(0)) == told.difference

    @precondition(lambda self: any(d.tries >= 2 and d.state == "counting" for d in self.drawers))
    @rule(who=WHO, approves=st.booleans())
    def decide_difference(self, who: int, approves: bool) -> None:
        drawer = self.drawers[who]
        if drawer.state != "counting" or drawer.tries < 2 or drawer.denied:
            return
        asker = drawer.till.database
        asked = request(asker, "closing_tolerance", drawer.session, "SINCAUSA")
        with pytest.raises(r.ClosingNeedsPermission):
            drawer.till.cash.finish_closing(drawer.session)
        verdict = "approve" if approves else "deny"
        self.manager_db.call("decide_authorisation", decision(asked, verdict))
        if approves:
            self.closed(drawer, drawer.till.cash.finish_closing(drawer.session))
        else:
            drawer.denied = True

    @precondition(lambda self: any(d.state == "closed" for d in self.drawers))
    @rule(who=WHO, act=st.sampled_from(("verify", "reopen", "open", "resume", "tamper")))
    def after_the_close(self, who: int, act: str) -> None:
        drawer = self.drawers[who]
        if drawer.state not in ("closed", "verified"):
            return
        getattr(self, f"_{act}")(drawer)

    def _verify(self, drawer: Drawer) -> None:
        counted = self.count(drawer, -5)
        order = CountCommand(uuid.uuid4(), drawer.session, counted.pieces, counted.declared)
        if drawer.state == "verified":
            with pytest.raises(r.SessionVerifiedAlready):
                self.elena.verify(order)
            return
        self.elena.verify(order)
        drawer.state = "verified"

    def _reopen(self, drawer: Drawer) -> None:
        def ask() -> None:
            allow(drawer.till.database, self.elena_db, "reopen_session", drawer.session, "CONTEO")

        if drawer.state == "verified":
            with pytest.raises(r.InvalidTransition):
                ask()
            return
        returned = f"{HOLDERS} JOIN commercial.tender_return n ON n.receipt_id = r.id"
        if (drawer.session,) in self.ask(returned):
            with pytest.raises(r.NotReopenable):
                ask()
            return
        ask()
        drawer.state, drawer.tries, drawer.reopened = "counting", 0, True

    def _open(self, drawer: Drawer) -> None:
        self.begin(drawer)

    def _resume(self, drawer: Drawer) -> None:
        with pytest.raises(r.CountAlreadySigned):
            drawer.till.cash.resume(drawer.session)

    def _tamper(self, drawer: Drawer) -> None:
        for change, key in (
            ("UPDATE commercial.cash_closing SET content = '{}'", "session_id"),
            ("DELETE FROM commercial.cash_count", "session_id"),
            ("UPDATE commercial.cash_session SET state = 'open'", "id"),
        ):
            with pytest.raises(psycopg.Error):
                self.office.run(f"{change} WHERE {key} = {drawer.session}")

    @precondition(lambda self: any(d.state == "counting" for d in self.drawers))
    @rule(who=WHO)
    def resume(self, who: int) -> None:
        drawer = self.drawers[who]
        if drawer.state != "counting":
            return
        if drawer.tries or drawer.reopened:
            with pytest.raises(r.CountAlreadySigned):
                drawer.till.cash.resume(drawer.session)
            return
        drawer.till.cash.resume(drawer.session)
        drawer.state = "open"

    @rule(who=WHO)
    def begin_count(self, who: int) -> None:
        drawer = self.drawers[who]
        if drawer.state == "open":
            drawer.till.cash.begin_count(drawer.session)
            drawer.state = "counting"

    @rule(who=WHO, hundreds=st.integers(0, 20))
    def surprise(self, who: int, hundreds: int) -> None:
        drawer = self.drawers[who]
        order = CountCommand(uuid.uuid4(), drawer.session, {HUNDRED: hundreds}, {})
        if drawer.state not in ("open", "counting"):
            with pytest.raises(r.SessionNotOpen):
                self.elena.count_by_surprise(order)
            return
        found = {line.tender: line.expected for line in self.elena.count_by_surprise(order).lines}
        assert {kind: found[kind] for kind in KINDS} == {
            kind: self.held(drawer, kind) for kind in KINDS
        }

    @rule(pick=PICK)
    def a_printer_fails(self, pick: int) -> None:
        """Where a sheet stands never touches money (⑩)."""
        paid = [paid for drawer in self.drawers for paid in drawer.paid]
        if not paid:
            return
        subject = paid[pick % len(paid)].receipt
        till = self.drawers[0].till.database
        order = {"kind": "receipt", "subject_id": subject, "format": "letter", "reason": "Prueba"}
        issued = till.call("issue_document", order)
        report = {"document_id": issued["id"], "printer": "P", "state": "failed"}
        till.call("report_print", report)

    # --- what must hold after every act ---

    @invariant()
    def the_one_formula(self) -> None:
        self.trials.add()
        for drawer in self.drawers:
            query = f"SELECT tender, expected FROM commercial.session_expected({drawer.session})"
            found = {TenderKind(str(row[0])): row[1] for row in self.ask(query)}
            assert {kind: found[kind] for kind in KINDS} == drawer.money, drawer.state

    @invariant()
    def what_was_posted_stands(self) -> None:
        assert self.ask(STANDING) == [(0, 0, 0, 0)]
        now = {int(str(row[0])): str(row[1]) for row in self.ask(SNAPSHOTS)}
        assert now | self.seen == now, "a closing was computed again"
        self.seen.update(now)

    def teardown(self) -> None:
        """Everybody answers and closes, so that the next piece begins with open tills."""
        while self.way:
            self.answer(0, accepts=True)
        for who, drawer in enumerate(self.drawers):
            acts: list[Callable[[], None]] = [
                lambda who=who: self.sign(who, 0),  # type: ignore[misc]
                lambda who=who: self.decide_difference(who, approves=True),  # type: ignore[misc]
            ]
            turn = 0
            while drawer.state in ("open", "counting"):
                acts[turn % 2]()
                turn += 1
        self.books.close()
        self.elena_db.close()
        self.manager_db.close()
        for drawer in self.drawers:
            drawer.till.database.close()


def test_random_days_of_two_cashiers(office: Office, trials: Trials) -> None:
    office.run(
        "INSERT INTO commercial.office_setting (rule_set_id, key, value)"
        " SELECT id, 'closing_tolerance', '\"50.00\"' FROM commercial.rule_set"
        " WHERE kind = 'office'"
    )

    class Here(Days):
        pass

    Here.office, Here.trials, Here.seen = office, trials, {}
    for _ in range(MOST_RUNS):
        seed(trials.rng.randrange(2**32))(Here)
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=DAYS,
                stateful_step_count=ACTS,
                deadline=None,
                database=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )
        if office.ask(DONE) == RARE:
            break
    assert settled_truth(office, refusable=(r.SessionNotOpen,)) == []
    assert office.ask(DONE) == RARE
