"""Which acts a person has on a day's voucher, as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tehuacan_comercial.domain.vouchers import (
    SheetTotal,
    VerificationSheet,
    VoucherKind,
    apart_words,
)
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.vouchers import VoucherDay, VoucherRow
from tehuacan_comercial.ui.formats import money
from tehuacan_comercial.ui.vouchers.screen import voucher_screen
from tehuacan_comercial.ui.vouchers.words import total_pill

TODAY = date(2026, 11, 24)
MOMENT = datetime(2026, 11, 24, 20, tzinfo=UTC)
HUNDRED, ZERO = Decimal(100), Decimal(0)
GREEN = SheetTotal("receipts", "Recibos", HUNDRED, HUNDRED, 1, True)
RED = SheetTotal("folios", "Folios", ZERO, HUNDRED, 1, False)
ROW = VoucherRow(
    1, "collection", TODAY, 1, "draft", "PR-000001", HUNDRED, "", {}, "", "elena", "Elena", MOMENT,
    None, None, "", None, 0,
)  # fmt: skip
DECIDED = replace(ROW, decided_by_name="Gerente", decided_at=MOMENT, sheet={"day": "x"})
ACTS = ("issue", "verify", "give_back", "export", "print_voucher", "print_sheet")


def day(
    row: VoucherRow | None, total: SheetTotal = GREEN, waiting: tuple[str, ...] = ()
) -> VoucherDay:
    sheet = VerificationSheet(TODAY, False, waiting, (total,), (), (), ())
    return VoucherDay(TODAY, sheet, (row,) if row else (), {})


def acts(view: VoucherDay, username: str, job: str, today: date = TODAY) -> set[str]:
    screen = voucher_screen(view, VoucherKind.COLLECTION, Actor(username, "", "", job), today)
    assert screen.note
    return {name for name in ACTS if getattr(screen, name)}


@pytest.mark.parametrize(
    ("view", "username", "job", "expected"),
    [
        (day(None), "elena", "head_cashier", {"issue"}),
        (day(None), "directora", "director", set()),
        (day(None, waiting=("C1-1",)), "elena", "head_cashier", set()),
        (day(ROW), "elena", "head_cashier", {"print_voucher"}),
        (day(ROW), "gerente", "manager", {"verify", "give_back", "print_voucher"}),
        (day(ROW), "elena", "manager", {"print_voucher"}),
        (day(ROW, RED), "gerente", "manager", {"give_back", "print_voucher"}),
        (day(ROW, waiting=("C1-1",)), "gerente", "manager", {"give_back", "print_voucher"}),
        (day(ROW), "auditora", "auditor", set()),
        (
            day(replace(DECIDED, state="verified")),
            "elena",
            "head_cashier",
            {"export", "print_voucher", "print_sheet"},
        ),
        (
            day(replace(DECIDED, state="returned")),
            "elena",
            "head_cashier",
            {"issue", "print_voucher", "print_sheet"},
        ),
        (
            day(replace(DECIDED, state="exported")),
            "directora",
            "director",
            {"export", "print_voucher", "print_sheet"},
        ),
    ],
)
def test_acts_follow_state_person_and_totals(
    view: VoucherDay, username: str, job: str, expected: set[str]
) -> None:
    assert acts(view, username, job) == expected


def test_a_day_that_has_not_come_has_no_voucher() -> None:
    assert acts(day(None), "elena", "head_cashier", TODAY - timedelta(1)) == set()


def test_a_total_says_in_words_what_its_colour_says() -> None:
    assert total_pill(GREEN).text == "Coincide"
    assert total_pill(RED).text == "Difiere −$100.00"
    assert total_pill(replace(RED, amount=HUNDRED)).text == "Revisar"
    assert total_pill(replace(GREEN, ok=None)).text == "Sin datos aún"


def seen(deposited: str, *, ok: bool | None = True, difference: str = "-50.00") -> SheetTotal:
    """The slips of a day whose one session collected $100.00."""
    session = {
        "session_id": 1, "folio": "C1-1", "till_name": "Caja 1", "cashier_name": "Rosa",
        "state": "closed", "closing_folio": "ZC1-1", "receipts": 1, "collected": "100.00",
        "difference": difference,
    }  # fmt: skip
    total = {
        "key": "slips", "name": "Fichas de depósito", "amount": deposited, "expected": deposited,
        "count": 1, "ok": ok,
    }  # fmt: skip
    found = {
        "day": "2026-11-24", "locked": False, "open_sessions": [], "folios": [], "refunds": [],
        "sessions": [session], "totals": [total],
    }  # fmt: skip
    return VerificationSheet.of(found).totals[0]


def test_a_total_that_agrees_names_what_a_drawer_lacked() -> None:
    pill = total_pill(seen("50.00"))
    assert (pill.text, pill.tone) == ("Coincide, con faltante de $50.00", "warn")
    assert total_pill(seen("130.00", difference="30.00")).text.endswith("con sobrante de $30.00")
    assert total_pill(seen("100.00", difference="0.00")).text == "Coincide"
    assert total_pill(seen("0.00", ok=None)).text == "Sin datos aún"


def test_money_that_no_closing_explains_is_not_called_a_shortage() -> None:
    assert apart_words(seen("90.00"), money) == (
        "con faltante de $50.00", "$40.00 más que lo cobrado",
    )  # fmt: skip
    assert apart_words(seen("75.00", difference="0.00"), money) == ("$25.00 menos que lo cobrado",)
    assert total_pill(seen("90.00")).text.startswith("Coincide, con faltante de $50.00 y $40.00")


def test_slips_of_which_some_are_missing_say_how_much() -> None:
    part = replace(seen("60.00", ok=None), expected=HUNDRED)
    assert total_pill(part).text == "Falta depositar $40.00"
