"""Decisions and voids at the same instant as each other, as closings, charges and paper."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain.cash import SessionClosed
from tehuacan_comercial.domain.refusals import (
    AdvanceUsed,
    AuthorisationDecided,
    AuthorisationPending,
    FactsChanged,
    InsufficientCredit,
    NotReplaceable,
    Refusal,
    SessionNotOpen,
)
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.receipts import ReceiptsService
from tests.support.books import open_charges, order_of
from tests.support.day.office import Office
from tests.support.day.station import Station, stations
from tests.support.day.together import together
from tests.support.day.told import Told
from tests.support.day.truth import settled_truth
from tests.support.trials import Trials
from tests.support.voids import decision, request_void, void_request

Answer = dict[str, Any]
ROUNDS = 4


def receipt_of(till: Station, account: int) -> int:
    """$10 of the account's debt, in cash."""
    told = till.charge(till.command(account, Decimal(10)))
    assert told.charged is not None
    return told.charged.receipt_id


def decide(database: Database, asked: int, verdict: str) -> Callable[[], Answer]:
    return partial(database.call, "decide_authorisation", decision(asked, verdict))


def kinds(found: list[Any]) -> list[str]:
    return sorted(type(each).__name__ for each in found if isinstance(each, Refusal))


def test_of_several_deciders_one_decides(office: Office, trials: Trials) -> None:
    """Manager, director and head cashier, who approve and deny at once."""
    till = stations(office, 1)[0]
    people = [office.town.sign_in(name) for name in ("gerente", "directora", "elena")]
    voided = 0
    for account in office.accounts():
        asked = request_void(till.database, receipt_of(till, account))
        verdicts = [trials.rng.choice(("approve", "deny")) for _ in people]
        told = together(
            [decide(who, asked, verdict) for who, verdict in zip(people, verdicts, strict=True)]
        )
        assert kinds(told) == ["AuthorisationDecided"] * 2
        winner = next(each for each in told if not isinstance(each, Refusal))
        voided += winner["state"] == "approved"
        for loser in told:
            if isinstance(loser, AuthorisationDecided):
                assert loser.state == winner["state"]
        trials.add(len(people))
    assert office.ask("SELECT count(*) FROM receipt_void") == [(voided,)]
    assert settled_truth(office) == []


def test_a_double_click_decides_once(office: Office, trials: Trials) -> None:
    till, manager = stations(office, 1)[0], "gerente"
    windows = [office.town.sign_in(manager) for _ in range(4)]
    for account in office.accounts():
        asked = request_void(till.database, receipt_of(till, account))
        command = decision(asked)
        told = together([partial(each.call, "decide_authorisation", command) for each in windows])
        assert [each for each in told if each != told[0]] == []
        trials.add(len(windows))
    assert office.ask("SELECT count(*) FROM receipt_void") == [(len(office.accounts()),)]
    assert settled_truth(office) == []


def test_one_request_for_one_receipt(office: Office, trials: Trials) -> None:
    """Two windows of the cashier, and a double click in each."""
    till = stations(office, 1)[0]
    windows = [office.town.sign_in(till.username) for _ in range(4)]
    for account in office.accounts():
        receipt = receipt_of(till, account)
        orders = [void_request(receipt)] * 2 + [void_request(receipt)] * 2
        told = together(
            [
                partial(each.call, "request_authorisation", order)
                for each, order in zip(windows, orders, strict=True)
            ]
        )
        assert kinds(told) == [AuthorisationPending.__name__] * 2
        trials.add(len(windows))
    assert office.ask("SELECT count(*) FROM authorisation") == [(len(office.accounts()),)]
    assert settled_truth(office) == []


def test_an_approval_against_the_close(office: Office, trials: Trials) -> None:
    """Either the corte knows of the void, or the void knows of the corte and is refused."""
    manager = office.town.sign_in("gerente")
    for _ in range(ROUNDS):
        tills = stations(office, 4)
        asked = [
            request_void(till.database, receipt_of(till, account))
            for till, account in zip(tills, office.accounts(), strict=False)
        ]
        acts: list[Callable[[], Answer | SessionClosed]] = []
        for till, number in zip(tills, asked, strict=True):
            acts += [decide(manager, number, "approve"), till.count_and_close]
        told = together(acts)
        refused = {type(each) for each in told if isinstance(each, Refusal)}
        assert refused <= {FactsChanged, SessionNotOpen}
        for till, number in zip(tills, asked, strict=True):
            state = office.ask(f"SELECT state FROM authorisation WHERE id = {number}")[0][0]
            if state == "requested":
                till.database.call("withdraw_authorisation", {"authorisation_id": number})
        trials.add(len(acts))
    assert settled_truth(office) == []


def test_an_approval_against_the_use_of_its_advance(office: Office, trials: Trials) -> None:
    tills = stations(office, 2)
    manager = office.town.sign_in("gerente")
    for account in office.accounts():
        ahead = tills[0].charge(tills[0].command(account, Decimal(0), advance=Decimal(50)))
        assert ahead.charged is not None
        asked = request_void(tills[0].database, ahead.charged.receipt_id)
        spend = tills[1].command(account, Decimal(20), kind=TenderKind.CREDIT)
        acts: list[Callable[[], Answer | Told]] = [
            decide(manager, asked, "approve"), partial(tills[1].charge, spend),
        ]  # fmt: skip
        told = together(acts)
        spent = told[1]
        assert isinstance(spent, Told)
        assert isinstance(told[0], AdvanceUsed) == spent.stands
        trials.add(len(acts))
    assert settled_truth(office, refusable=(InsufficientCredit,)) == []


def test_voids_against_charges_of_the_same_accounts(office: Office, trials: Trials) -> None:
    """Nothing waits for nothing: no deadlock, and every charge is as it was told."""
    tills, manager = stations(office, 4), office.town.sign_in("gerente")
    for account in office.accounts():
        asked = [request_void(till.database, receipt_of(till, account)) for till in tills[:2]]
        acts: list[Callable[[], Answer | Told]] = [decide(manager, key, "approve") for key in asked]
        acts += [partial(till.charge, till.command(account, Decimal(3))) for till in tills]
        assert kinds(together(acts)) == []
        trials.add(len(acts))
    assert settled_truth(office) == []


def test_a_void_receipt_has_one_successor(office: Office, trials: Trials) -> None:
    tills, manager = stations(office, 2), office.town.sign_in("gerente")
    accounts = office.accounts()
    for account in accounts[:4]:
        receipt = receipt_of(tills[0], account)
        decide(manager, request_void(tills[0].database, receipt), "approve")()
        orders = [
            order_of(till.session_id, other, open_charges(office.town, other)[:1], "cash")
            | {"replaces": receipt}
            for till, other in zip(tills, (account, accounts[-1]), strict=True)
        ]
        told = together(
            [
                partial(till.database.call, "post_payment", order)
                for till, order in zip(tills, orders, strict=True)
            ]
        )
        assert kinds(told) == [NotReplaceable.__name__]
        trials.add(len(tills))
    assert office.ask("SELECT count(*) FROM receipt_replacement") == [(4,)]
    wrong = settled_truth(office)
    assert [each for each in wrong if "nobody intended" not in each] == []


def test_a_sheet_is_of_before_the_void_or_confesses_it(office: Office, trials: Trials) -> None:
    """Drawn again, every sealed sheet is what it was."""
    till, manager = stations(office, 1)[0], office.town.sign_in("gerente")
    paper = ReceiptsService(
        till.database, Actor(till.username, "Rosa", "", "cashier"), office.home / "papel"
    )
    for account in office.accounts():
        receipt = receipt_of(till, account)
        paper.original(receipt, "80mm")
        asked = request_void(till.database, receipt)
        acts: list[Callable[[], object]] = [
            decide(manager, asked, "approve"),
            *(partial(paper.reprint, receipt, "80mm", "Al mismo tiempo") for _ in range(3)),
        ]
        assert kinds(together(acts)) == []
        sheets = office.ask(
            "SELECT copy_number, sha256 FROM issued_document WHERE kind = 'receipt'"
            f" AND subject_id = {receipt} ORDER BY 1"
        )
        assert len(sheets) == 4
        for copy, sealed in sheets:
            assert paper.fingerprint("receipt", receipt, "80mm", int(str(copy))) == sealed
        trials.add(len(acts))
    assert settled_truth(office) == []
