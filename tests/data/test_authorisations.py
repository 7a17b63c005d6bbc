"""Requests and decisions on real PostgreSQL: who, within what, in time, once (C6, N2)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from tehuacan_comercial.data.engine import Database
from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.authorisations import (
    AUTHORISATION,
    AuthorisationState,
    DecisionCommand,
    RequestCommand,
    Verdict,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.authorisations import AuthorisationsService
from tests.support.books import open_charges, open_session, pay
from tests.support.server import TestServer
from tests.support.town import PASSWORD, STAFF, Town, build_town
from tests.support.voids import decision, delegate, request_void, void_request


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database())
    yield made
    made.close()


@pytest.fixture
def rosa(town: Town) -> Database:
    return town.sign_in("rosa")


def receipt_of(town: Town, cashier: Database, place: int = 0, parts: int = 1) -> int:
    """A cash receipt of $318.40 (or more) in the cashier's open session."""
    with town.admin() as admin:
        row = admin.execute(
            "SELECT id FROM cash_session WHERE cashier = %s AND state = 'open'",
            (cashier.username,),
        ).fetchone()
    session = int(str(row[0])) if row else open_session(cashier, "C1")
    account = town.account_ids()[place]
    paid = pay(cashier, session, account, open_charges(town, account)[:parts], "cash")
    return int(paid["receipt_id"])


def state_of(town: Town, authorisation: int) -> tuple[Any, ...]:
    with town.admin() as admin:
        row = admin.execute(
            "SELECT state, decided_by, on_behalf_of FROM authorisation WHERE id = %s",
            (authorisation,),
        ).fetchone()
    assert row is not None
    return row


def test_the_same_lifecycle_here_and_in_the_database(town: Town) -> None:
    with town.admin() as admin:
        for before in AuthorisationState:
            for after in AuthorisationState:
                row = admin.execute(
                    "SELECT authorisation_step_allowed(%s, %s)", (before.value, after.value)
                ).fetchone()
                assert row == (AUTHORISATION.can(before, after),), (before, after)


def test_a_request_freezes_the_facts_and_asks_once(town: Town, rosa: Database) -> None:
    command = void_request(receipt_of(town, rosa))
    first = rosa.call("request_authorisation", command)
    assert rosa.call("request_authorisation", command) == first
    with pytest.raises(r.CommandReused):
        rosa.call("request_authorisation", command | {"reason": "otra cosa"})
    with pytest.raises(r.AuthorisationPending) as refused:
        rosa.call("request_authorisation", void_request(command["subject_id"]))
    assert refused.value.by == "Rosa Núñez Peña"
    row = AuthorisationsService(rosa, Actor("rosa", "Rosa", "", "cashier")).one(
        first["authorisation_id"]
    )
    assert row is not None
    assert row.facts["folio"] == "C1-000001"
    assert row.facts["terms"]["kind"] == "void"
    assert row.reason_name == "Error de captura"
    assert not row.may_decide


def test_a_reason_of_the_list_is_needed_and_explained_where_it_asks(
    town: Town, rosa: Database
) -> None:
    receipt = receipt_of(town, rosa)
    for wrong in ({"reason_code": "NADA"}, {"reason_code": None}, {"reason_code": "OTRO"}):
        with pytest.raises(r.ReasonRequired):
            rosa.call("request_authorisation", void_request(receipt, **wrong))
    request_void(rosa, receipt, reason_code="OTRO", reason="Se equivocó de recibo")


def test_who_asks_never_decides(town: Town) -> None:
    """The head cashier charges, asks and may decide voids: but not her own."""
    elena, manager = town.sign_in("elena"), town.sign_in("gerente")
    asked = request_void(elena, receipt_of(town, elena))
    with pytest.raises(r.OwnRequest):
        elena.call("decide_authorisation", decision(asked))
    delegate(manager, "gerente", "elena", today(town))
    with pytest.raises(r.OwnRequest):
        elena.call("decide_authorisation", decision(asked, on_behalf_of="gerente"))
    second_window = town.sign_in("elena", "E2")
    with pytest.raises(r.OwnRequest):
        second_window.call("decide_authorisation", decision(asked))
    with psycopg.connect(
        town.server.login_url(town.database, "elena", PASSWORD).replace("+psycopg", ""),
        autocommit=True,
    ) as psql:
        for attempt in (
            "UPDATE commercial.authorisation SET decided_by = 'gerente', state = 'approved'",
            "INSERT INTO commercial.receipt_void DEFAULT VALUES",
            "SELECT commercial.void_receipt_effect(a) FROM commercial.authorisation a",
            "SELECT commercial.unsettle_payment(p, 1) FROM commercial.payment p",
            "SELECT commercial.authorisation_effect(a) FROM commercial.authorisation a",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                psql.execute(attempt)
        with pytest.raises(psycopg.Error) as refused:
            psql.execute(
                "SELECT commercial.decide_authorisation(%s)", (json.dumps(decision(asked)),)
            )
        assert refused.value.sqlstate == "TC029"
    assert state_of(town, asked) == ("requested", None, None)
    manager.call("decide_authorisation", decision(asked))
    assert state_of(town, asked) == ("approved", "gerente", None)


def test_nobody_decides_for_the_one_who_asked(town: Town, rosa: Database) -> None:
    manager, elena = town.sign_in("gerente"), town.sign_in("elena")
    asked = request_void(manager, receipt_of(town, rosa))
    delegate(manager, "gerente", "elena", today(town))
    with pytest.raises(r.OwnRequest):
        elena.call("decide_authorisation", decision(asked, on_behalf_of="gerente"))
    elena.call("decide_authorisation", decision(asked))  # within her own limits


def test_limits_are_of_the_job_and_the_amount(town: Town, rosa: Database) -> None:
    small, large = receipt_of(town, rosa), receipt_of(town, rosa, 1, parts=4)
    elena = town.sign_in("elena")
    asked = request_void(rosa, large)
    with pytest.raises(r.BeyondAuthority) as refused:
        elena.call("decide_authorisation", decision(asked))
    assert refused.value.jobs == "manager,director"
    elena.call("decide_authorisation", decision(request_void(rosa, small)))
    row = AuthorisationsService(elena, Actor("elena", "", "", "head_cashier")).one(asked)
    assert row is not None
    assert not row.may_decide


def test_a_deputy_decides_within_the_limits_of_the_absent_and_only_while_it_lasts(
    town: Town, rosa: Database
) -> None:
    elena, manager = town.sign_in("elena"), town.sign_in("gerente")
    asked = request_void(rosa, receipt_of(town, rosa, 1, parts=4))
    absent = decision(asked, on_behalf_of="gerente")
    with pytest.raises(r.NoDelegation):
        elena.call("decide_authorisation", absent)
    named = delegate(manager, "gerente", "elena", today(town))
    manager.call("end_delegation", {"delegation_id": named})
    with pytest.raises(r.NoDelegation):
        elena.call("decide_authorisation", absent)
    delegate(town.sign_in("directora"), "gerente", "elena", today(town))
    elena.call("decide_authorisation", absent)
    assert state_of(town, asked) == ("approved", "elena", "gerente")


@pytest.mark.parametrize(
    ("recorder", "principal", "deputy", "refusal"),
    [
        ("elena", "gerente", "elena", r.NotPermitted),
        ("gerente", "directora", "gerente", r.NotPermitted),
        ("directora", "gerente", "directora", r.OwnRequest),
        ("gerente", "gerente", "gerente", r.OwnRequest),
        ("gerente", "gerente", "rosa", r.StaffTrouble),
    ],
)
def test_nobody_makes_themselves_a_deputy(
    town: Town, recorder: str, principal: str, deputy: str, refusal: type[r.Refusal]
) -> None:
    with pytest.raises(refusal):
        delegate(town.sign_in(recorder), principal, deputy, today(town))


def test_the_second_decision_is_told_of_the_first(town: Town, rosa: Database) -> None:
    asked = request_void(rosa, receipt_of(town, rosa))
    command = decision(asked, "deny", note="El recibo está bien")
    elena = town.sign_in("elena")
    first = elena.call("decide_authorisation", command)
    assert elena.call("decide_authorisation", command) == first
    with pytest.raises(r.AuthorisationDecided) as refused:
        town.sign_in("gerente").call("decide_authorisation", decision(asked))
    assert (refused.value.state, refused.value.by) == ("denied", "Elena Núñez Peña")
    with pytest.raises(r.AuthorisationDecided):
        rosa.call("withdraw_authorisation", {"authorisation_id": asked})


def test_to_deny_a_reason_is_needed(town: Town, rosa: Database) -> None:
    asked = request_void(rosa, receipt_of(town, rosa))
    with pytest.raises(r.ReasonRequired):
        town.sign_in("elena").call("decide_authorisation", decision(asked, "deny", note=" "))
    with pytest.raises(r.ReasonRequired):
        DecisionCommand(uuid.uuid4(), asked, Verdict.DENY)


def test_what_expired_is_not_decided_and_may_be_asked_again(town: Town, rosa: Database) -> None:
    receipt = receipt_of(town, rosa)
    asked = request_void(rosa, receipt)
    with town.admin() as admin, admin.transaction():
        admin.execute("SET LOCAL session_replication_role = replica")
        admin.execute(
            "UPDATE authorisation SET requested_at = now() - interval '13 hours',"
            " expires_at = now() - interval '1 hour'"
        )
    elena = town.sign_in("elena")
    service = AuthorisationsService(elena, Actor("elena", "", "", "head_cashier"))
    assert service.pending() == ()
    row = service.one(asked)
    assert row is not None
    assert row.state == "expired"
    with pytest.raises(r.AuthorisationExpired):
        elena.call("decide_authorisation", decision(asked))
    again = request_void(rosa, receipt)
    assert state_of(town, asked) == ("expired", None, None)
    assert [row.authorisation_id for row in service.pending()] == [again]


def test_only_who_asked_takes_it_back(town: Town, rosa: Database) -> None:
    asked = request_void(rosa, receipt_of(town, rosa))
    with pytest.raises(r.NotPermitted):
        town.sign_in("lupe").call("withdraw_authorisation", {"authorisation_id": asked})
    rosa.call("withdraw_authorisation", {"authorisation_id": asked})
    assert rosa.call("withdraw_authorisation", {"authorisation_id": asked})["state"] == "withdrawn"
    with pytest.raises(r.AuthorisationDecided):
        town.sign_in("elena").call("decide_authorisation", decision(asked))


def test_each_sees_what_is_theirs(town: Town, rosa: Database) -> None:
    asked = request_void(rosa, receipt_of(town, rosa))
    seen: dict[str, list[int] | None] = {}
    for username, job in STAFF.items():
        service = AuthorisationsService(town.sign_in(username), Actor(username, "", "", job))
        try:
            seen[username] = [row.authorisation_id for row in service.pending()]
        except r.NotPermitted:
            seen[username] = None
    assert seen == {
        "rosa": [asked], "lupe": [], "elena": [asked], "beto": [], "paty": [], "memo": None,
        "tono_": None, "gerente": [asked], "directora": [asked], "auditora": [asked],
        "sistemas": None,
    }  # fmt: skip


def test_the_service_tells_what_changed(town: Town, rosa: Database) -> None:
    receipt = receipt_of(town, rosa)
    asker = AuthorisationsService(rosa, Actor("rosa", "Rosa", "", "cashier"))
    facts = asker.preview("void_receipt", receipt, {"paper": "in_hand"})
    assert facts["title"] == "Cancelar el recibo C1-000001"
    made = asker.request(
        RequestCommand(
            uuid.uuid4(), "void_receipt", receipt, "CAPTURA", options={"paper": "in_hand"}
        )
    )
    assert made.decided.state is AuthorisationState.REQUESTED
    assert [reason.code for reason in asker.reasons("void_receipt")] == ["CAPTURA", "OTRO"]
    decider = AuthorisationsService(
        town.sign_in("elena"), Actor("elena", "Elena", "", "head_cashier")
    )
    assert decider.count_pending() == 1
    done = decider.decide(
        DecisionCommand(uuid.uuid4(), made.decided.authorisation_id, Verdict.APPROVE)
    )
    assert done.decided.outcome["folio"] == "C1-000001"
    assert done.changes.accounts == {town.account_ids()[0]}
    assert done.changes.topics == {"authorisation"}
    assert decider.count_pending() == 0
    assert [row.state for row in asker.mine()] == ["approved"]
    assert [row.state for row in decider.history(requester="rosa")] == ["approved"]
    with pytest.raises(r.NotPermitted):
        asker.decide(DecisionCommand(uuid.uuid4(), 1, Verdict.APPROVE))


def today(town: Town) -> str:
    with town.admin() as admin:
        row = admin.execute("SELECT office_today()::text").fetchone()
    assert row is not None
    return str(row[0])
