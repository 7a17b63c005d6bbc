from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.money import total_of
from tehuacan_comercial.domain.tendering import TenderKind
from tehuacan_comercial.ui.cash import tender
from tehuacan_comercial.ui.cash.proofs import bank_problem, reference_problem
from tehuacan_comercial.ui.cash.tender_view import pieces_text, view_of
from tests.ui.cash.values import pesos, sale

CASH, CARD, CHEQUE = TenderKind.CASH, TenderKind.CARD, TenderKind.CHEQUE


def test_it_opens_with_the_exact_amount_in_cash_rounded() -> None:
    draft = tender.start(sale("757.37"))
    assert draft.current == tender.Line(CASH, pesos("757.50"))
    assert draft.is_complete()
    view = view_of(draft)
    assert (view.pay, view.rounding) == (pesos("757.50"), pesos("0.13"))
    assert not view.change
    assert view.quick[:3] == (pesos("757.50"), pesos("760.00"), pesos("800.00"))


def test_the_card_pays_to_the_cent_and_needs_its_proof() -> None:
    draft = tender.choose(tender.start(sale("757.37")), CARD)
    assert draft.current.amount == pesos("757.37")
    assert draft.added == ()
    assert not draft.is_complete()
    assert tender.with_proof(draft, "064512", "").is_complete()
    assert view_of(draft).quick == ()


def test_a_part_in_cash_stays_when_the_rest_goes_to_the_card() -> None:
    draft = tender.choose(tender.with_amount(tender.start(sale("757.37")), pesos("500.00")), CARD)
    assert draft.added == (tender.Line(CASH, pesos("500.00")),)
    assert draft.current.amount == pesos("257.37")
    command = tender.with_proof(draft, "064512", "Banorte").command()
    assert [(each.kind, each.applied) for each in command.tenders] == [
        (CARD, pesos("257.37")),
        (CASH, pesos("500.00")),
    ]
    assert command.banks == ("Banorte",)
    assert command.rounding == 0
    assert tender.remove(draft, 0).current.amount == pesos("757.37")


def test_a_wrong_form_is_left_without_a_trace() -> None:
    draft = tender.with_amount(tender.start(sale("757.37")), pesos("1000.00"))
    assert tender.choose(draft, CARD).added == ()
    assert tender.choose(draft, CASH) is draft


def test_another_form_can_be_added_once_the_part_is_proven() -> None:
    part = tender.with_amount(tender.choose(tender.start(sale()), CARD), pesos("100.00"))
    assert not tender.can_add(part)
    proven = tender.with_proof(part, "064512", "")
    assert tender.can_add(proven)
    more = tender.add_line(proven)
    assert more.current == tender.Line(CASH, pesos("657.50"))
    assert not tender.can_add(tender.start(sale()))


def test_only_cash_gives_change() -> None:
    draft = tender.with_proof(tender.choose(tender.start(sale("100.00")), CARD), "064512", "")
    over = tender.with_amount(draft, pesos("100.01"))
    assert not over.is_complete()
    assert "$100.00" in view_of(over).amount_problem
    cash = tender.with_amount(tender.start(sale("100.00")), pesos("500.00"))
    assert view_of(cash).change == pesos("400.00")
    assert view_of(cash).pieces == "2 × $200"


def test_the_credit_balance_pays_first_and_can_be_left_alone() -> None:
    draft = tender.start(sale("757.37", credit="57.37"))
    assert draft.current.amount == pesos("700.00")
    assert [each.kind for each in draft.command().tenders] == [TenderKind.CREDIT, CASH]
    alone = tender.with_credit(draft, used=False)
    assert alone.current.amount == pesos("757.50")
    whole = tender.start(sale("50.00", credit="57.37"))
    assert whole.current.amount == 0
    assert whole.is_complete()


def test_an_advance_is_never_paid_from_the_credit_balance() -> None:
    draft = tender.start(sale("100.00", advance="50.00", credit="500.00"))
    assert draft.credit == 0
    assert draft.command().advance == pesos("50.00")


def test_a_till_without_cash_starts_with_what_it_takes() -> None:
    assert tender.start(sale(allowed=(CHEQUE, CARD))).current.kind is CARD


def test_nothing_typed_is_nothing_registered() -> None:
    draft = tender.with_amount(tender.start(sale()), pesos("0.00"))
    assert not draft.is_complete()
    assert view_of(draft).missing == pesos("757.37")


amounts = st.integers(1, 300_000).map(lambda whole: Decimal(whole) / 100)


@given(amounts, amounts, amounts, st.sampled_from(["0", "0.50", "1"]))
def test_a_complete_sheet_is_a_command_whose_sums_agree(
    total: Decimal, first: Decimal, second: Decimal, step: str
) -> None:
    draft = tender.start(replace(sale(step=step), parts=sale(str(total)).parts))
    draft = tender.with_proof(tender.choose(draft, CARD), "064512", "")
    draft = tender.with_amount(draft, first)
    if tender.can_add(draft):
        draft = tender.with_amount(tender.choose(draft, CASH), second)
    if draft.is_complete():
        command = draft.command()
        applied = total_of(each.applied for each in command.tenders)
        assert applied == total + command.rounding
        assert abs(command.rounding) <= Decimal(step) / 2
        assert view_of(draft).missing == 0


@pytest.mark.parametrize(
    ("kind", "text", "word"),
    [
        (CARD, "", "autorización"),
        (CARD, "12", "de 4 a 12"),
        (TenderKind.TRANSFER, "", "la clave de rastreo"),
        (CHEQUE, "12A4", "números"),
    ],
)
def test_a_wrong_reference_says_the_rule(kind: TenderKind, text: str, word: str) -> None:
    assert word in reference_problem(kind, text)


def test_right_proofs_pass() -> None:
    assert reference_problem(CASH, "") == ""
    assert reference_problem(CHEQUE, " 0001234 ") == ""
    assert bank_problem(CHEQUE, "") == "Escriba el banco librado."
    assert bank_problem(CARD, "") == ""


def test_the_change_is_told_piece_by_piece() -> None:
    assert pieces_text(pesos("359.60")) == (
        "1 × $200  ·  1 × $100  ·  1 × $50  ·  1 × $5  ·  2 × $2  ·  1 × 50 ¢  ·  1 × 10 ¢"
    )
    assert pieces_text(pesos("0.05")) == "quedan $0.05 sin moneda"
    assert pieces_text(pesos("0.00")) == ""
