"""Handovers between cashiers: item by item, in transit, accepted or sent back (H9, H21)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.cash import CloseSessionCommand
from tehuacan_comercial.domain.handovers import HandedOver, HandoverCommand, Proof
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.custody import CustodyService
from tehuacan_comercial.services.handovers import HandoversService
from tests.support.day.office import Office, build_office
from tests.support.day.station import Station
from tests.support.day.truth import settled_truth
from tests.support.server import TestServer
from tests.support.voids import decision, request_void, void

HUNDRED = Decimal(100)
KINDS = (TenderKind.CARD, TenderKind.CHEQUE, TenderKind.TRANSFER)


def service(till: Station) -> HandoversService:
    return HandoversService(till.database, Actor(till.username, "", "Caja", "cashier"))


@dataclass
class Two:
    """Rosa at C1 has $900.00 over her float and three proofs of $100.00; Lupe at C2, nothing."""

    office: Office
    rosa: Station
    lupe: Station

    def order(self, hundreds: int = 0, proofs: int = 0) -> HandoverCommand:
        held = service(self.rosa).proofs(self.rosa.session_id)[:proofs]
        return HandoverCommand(
            uuid.uuid4(),
            self.rosa.session_id,
            self.lupe.session_id,
            {HUNDRED: hundreds},
            tuple(Proof(row.payment_id, row.line) for row in held),
        )

    def send(self, hundreds: int = 0, proofs: int = 0) -> HandedOver:
        return service(self.rosa).send(self.order(hundreds, proofs))

    def expected(self, till: Station) -> dict[str, Decimal]:
        query = f"SELECT tender, expected FROM commercial.session_expected({till.session_id})"
        return {str(row[0]): Decimal(str(row[1])) for row in self.office.ask(query)}

    def supervision(self) -> tuple[HandoversService, CustodyService]:
        database = self.office.town.sign_in("elena")
        actor = Actor("elena", "", "Jefa", "head_cashier")
        return HandoversService(database, actor), CustodyService(database, actor)


@pytest.fixture
def two(test_server: TestServer, new_database: Callable[[], str], tmp_path: Path) -> Iterator[Two]:
    office = build_office(test_server, new_database(), tmp_path, accounts=5)
    rosa, lupe = Station(office, 0), Station(office, 1)
    rosa.open()
    lupe.open()
    for account, kind in zip(office.accounts(), (*KINDS, TenderKind.CASH), strict=False):
        amount = Decimal(900) if kind is TenderKind.CASH else HUNDRED
        advance = max(amount - 700, Decimal(0))
        command = rosa.command(account, amount - advance, advance=advance, kind=kind)
        assert rosa.charge(command).stands
    yield Two(office, rosa, lupe)
    assert settled_truth(office) == []
    office.town.close()


def test_every_item_moves_when_its_receiver_accepts_it(two: Two) -> None:
    before = two.expected(two.rosa)
    order = two.order(hundreds=5, proofs=2)
    sent = service(two.rosa).send(order)
    assert service(two.rosa).send(order) == sent
    assert [item.tender for item in sent.items] == ["cash", "card", "cheque"]
    assert two.expected(two.rosa) == before, "in transit it belongs to the sender"
    cash, card, cheque = (item.item_id for item in sent.items)
    lupe = service(two.lupe)
    with pytest.raises(r.AmountsDisagree):
        lupe.accept(cash, {HUNDRED: 4})
    lupe.accept(cash, {Decimal(500): 1})
    answered = lupe.accept(card)
    assert lupe.accept(card) == answered
    with pytest.raises(r.ReasonRequired):
        lupe.reject(cheque, "  ")
    done = lupe.reject(cheque, "No trae firma")
    assert [item.state for item in done.items] == ["accepted", "accepted", "rejected"]
    after, hers = two.expected(two.rosa), two.expected(two.lupe)
    assert [before["cash"] - after["cash"], before["card"] - after["card"]] == [500, 100]
    assert after["cheque"] == before["cheque"]
    assert [hers["cash"], hers["card"], hers["cheque"]] == [1000, 100, 0]
    with pytest.raises(r.WithdrawalDecided):
        lupe.accept(cheque)


def test_proofs_go_with_who_holds_them(two: Two) -> None:
    sent = two.send(proofs=1)
    assert service(two.rosa).proofs(two.rosa.session_id)[0].in_transit
    with pytest.raises(r.ProofNotHeld):
        two.send(proofs=1)
    service(two.lupe).accept(sent.items[0].item_id)
    (held,) = service(two.lupe).proofs(two.lupe.session_id)
    assert (held.tender, held.amount) == ("card", HUNDRED)
    assert len(service(two.rosa).proofs(two.rosa.session_id)) == 2
    with pytest.raises(r.ProofNotHeld):
        service(two.rosa).send(
            HandoverCommand(
                uuid.uuid4(),
                two.rosa.session_id,
                two.lupe.session_id,
                {},
                (Proof(held.payment_id, held.line),),
            )
        )
    proof = (Proof(held.payment_id, held.line),)
    back = HandoverCommand(uuid.uuid4(), two.lupe.session_id, two.rosa.session_id, {}, proof)
    returned = service(two.lupe).send(back)
    service(two.rosa).accept(returned.items[0].item_id)
    assert two.expected(two.rosa)["card"] == 100


def test_in_transit_it_blocks_both_closes(two: Two) -> None:
    sent = two.send(hundreds=1)
    for till, way in ((two.rosa, "out"), (two.lupe, "in")):
        actor = Actor(till.username, "", "Caja", "cashier")
        found = CustodyService(till.database, actor).blockers(till.session_id)
        (row,) = [each for each in found if each.blocking]
        assert (row.code, row.subject, row.facts["direction"]) == (
            "handover_in_transit",
            sent.folio,
            way,
        )
        with pytest.raises(r.CloseBlocked):
            till.count_and_close()
    service(two.lupe).accept(sent.items[0].item_id, {HUNDRED: 1})
    for till in (two.rosa, two.lupe):
        closed = till.count_and_close()
        cash = next(line for line in closed.lines if line.tender is TenderKind.CASH)
        assert cash.expected == two.expected(till)["cash"]


def test_nobody_else_receives_it(two: Two) -> None:
    item = two.send(hundreds=1).items[0].item_id
    with pytest.raises(r.SecondPersonNeeded):
        service(two.rosa).accept(item, {HUNDRED: 1})
    supervision, _ = two.supervision()
    with pytest.raises(r.NotYourSession):
        supervision.accept(item, {HUNDRED: 1})
    supervision.reject(item, "Lupe salió")
    assert two.expected(two.rosa)["cash"] == 1400


def test_the_sender_takes_an_item_back_before_it_is_answered(two: Two) -> None:
    sent = two.send(hundreds=1)
    item = sent.items[0].item_id
    with pytest.raises(r.ReasonRequired):
        service(two.rosa).take_back(item, " ")
    with pytest.raises(r.NotYourSession):
        service(two.lupe).take_back(item, "No es mío")
    back = service(two.rosa).take_back(item, "Lupe se fue")
    assert [each.state for each in back.items] == ["withdrawn"]
    assert service(two.rosa).take_back(item, "Lupe se fue") == back
    with pytest.raises(r.WithdrawalDecided) as refused:
        service(two.lupe).accept(item, {HUNDRED: 1})
    assert refused.value.state == "withdrawn"
    assert two.expected(two.rosa)["cash"] == 1400
    assert two.expected(two.lupe)["cash"] == 500


def test_who_took_the_receiving_session_over_receives(two: Two) -> None:
    item = two.send(hundreds=1).items[0].item_id
    supervision, custody = two.supervision()
    custody.take_over(two.lupe.session_id, "Se enfermó")
    with pytest.raises(r.NotYourSession):
        service(two.lupe).accept(item, {HUNDRED: 1})
    supervision.accept(item, {HUNDRED: 1})


@pytest.mark.parametrize("hundreds", [0, 15, 500_000, -1])
def test_nonsense_is_not_handed_over(two: Two, hundreds: int) -> None:
    with pytest.raises((r.InvalidCommand, r.NotThatMuchCash)):
        two.send(hundreds=hundreds)


def test_what_is_in_transit_is_neither_delivered_nor_handed_over_again(two: Two) -> None:
    item = two.send(hundreds=14).items[0].item_id
    with pytest.raises(r.NotThatMuchCash):
        two.send(hundreds=1)
    actor = Actor("rosa", "", "Caja", "cashier")
    order = {"command_id": str(uuid.uuid4()), "session_id": two.rosa.session_id}
    with pytest.raises(r.NotThatMuchCash):
        two.rosa.database.call("send_withdrawal", order | {"denominations": {"100": 1}})
    found = CustodyService(two.rosa.database, actor).blockers(two.rosa.session_id)
    assert any(row.blocking for row in found)
    service(two.lupe).reject(item, "No cuadra")


def test_nobody_hands_over_to_themselves_or_to_a_counted_session(two: Two) -> None:
    own = HandoverCommand(uuid.uuid4(), two.rosa.session_id, two.rosa.session_id, {HUNDRED: 1})
    with pytest.raises(r.SecondPersonNeeded):
        service(two.rosa).send(own)
    receivers = service(two.rosa).receivers()
    assert [row.session_id for row in receivers] == [two.lupe.session_id]
    two.lupe.count_and_close()
    with pytest.raises(r.SessionNotOpen):
        two.send(hundreds=1)


def receipt_of(two: Two, kind: str) -> int:
    return int(
        str(
            two.office.ask(
                "SELECT r.id FROM commercial.receipt r JOIN commercial.payment_tender t"
                f" ON t.payment_id = r.payment_id WHERE t.kind = '{kind}'"
            )[0][0]
        )
    )


def test_a_receipt_whose_proof_went_is_not_voided_from_its_drawer(two: Two) -> None:
    manager = two.office.town.sign_in("gerente")
    item = two.send(proofs=1).items[0].item_id
    card = receipt_of(two, "card")
    with pytest.raises(r.ProofHandedOver):
        void(two.rosa.database, manager, card)
    service(two.lupe).reject(item, "Es de otra caja")
    void(two.rosa.database, manager, card)
    assert two.expected(two.rosa)["card"] == 0
    assert len(service(two.rosa).proofs(two.rosa.session_id)) == 2


def test_cash_in_transit_is_not_given_back(two: Two) -> None:
    """A void gives back what is in the drawer, not what is on its way (DrawerShort)."""
    manager = two.office.town.sign_in("gerente")
    item = two.send(hundreds=14).items[0].item_id
    asked = request_void(two.rosa.database, receipt_of(two, "cash"))
    with pytest.raises(r.DrawerShort):
        manager.call("decide_authorisation", decision(asked))
    service(two.lupe).reject(item, "Se queda")
    manager.call("decide_authorisation", decision(asked))


def test_the_other_cashier_sees_the_item_and_not_the_session(two: Two) -> None:
    sent = two.send(hundreds=1)
    (row,) = service(two.lupe).items(two.lupe.session_id)
    assert (row.folio, row.from_till, row.sent_by_name) == (
        sent.folio,
        "Caja 1",
        "Rosa Núñez Peña",
    )
    assert service(two.lupe).items(two.rosa.session_id)[0].folio == sent.folio
    with two.lupe.database.read() as connection:
        seen = connection.exec_driver_sql("SELECT count(*) FROM cash_session").scalar()
    assert seen == 1
    service(two.lupe).accept(row.item_id, {HUNDRED: 1})


def test_the_closing_tells_what_was_handed_over(two: Two) -> None:
    sent = two.send(hundreds=2)
    service(two.lupe).accept(sent.items[0].item_id, {HUNDRED: 2})
    closing = CloseSessionCommand(uuid.uuid4(), two.rosa.session_id, {HUNDRED: 12}, {})
    two.rosa.cash.close_session(closing)
    told = two.office.ask("SELECT content -> 'handovers' FROM commercial.cash_closing")[0][0]
    assert [(row["direction"], row["tender"], row["amount"]) for row in told] == [  # type: ignore[attr-defined]
        ("out", "cash", 200)
    ]
