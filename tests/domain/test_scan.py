from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tehuacan_comercial.domain.folios import Folio
from tehuacan_comercial.domain.scan import (
    ScannedAccount,
    ScannedBill,
    ScannedFolio,
    ScannedReceipt,
    ScannedText,
    bill_code,
    parse_scan,
    receipt_code,
)

FOLIO = Folio("C2", 18835)
CODE = "0129AHJMYZ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00012345+202609", ScannedBill("00012345", "202609")),
        ("00012345¡202609\r", ScannedBill("00012345", "202609")),
        ("TCR:C2-018835:0129AHJMYZ", ScannedReceipt(FOLIO, CODE)),
        ("TCRÑC2'018835Ñ0129A'HJMYZ", ScannedReceipt(FOLIO, CODE)),
        ("tcr:c2-018835:0129a-hjmyz", ScannedReceipt(FOLIO, CODE)),
        ("C2-018835", ScannedFolio(FOLIO)),
        ("\x0200012345\x03", ScannedAccount("00012345")),
        ("01-0002345", ScannedAccount("01-0002345")),
        ("01'0002345", ScannedAccount("01-0002345")),
        ("01'0002345¡202609", ScannedBill("01-0002345", "202609")),
        ("00012345+202613", ScannedText("00012345+202613")),
        ("TCR:C2-018835:123", ScannedText("TCR:C2-018835:123")),
        ("-+202609", ScannedText("-+202609")),
        ("Núñez María", ScannedText("NÚÑEZ MARÍA")),
        ("MARIA", ScannedText("MARIA")),
        ("", ScannedText("")),
    ],
)
def test_what_a_scanner_says(text: str, expected: object) -> None:
    assert parse_scan(text) == expected


@pytest.mark.parametrize(
    ("account", "period"), [("", "202609"), ("123", "202613"), ("a", "202609")]
)
def test_a_bill_that_would_not_read_back_is_refused(account: str, period: str) -> None:
    with pytest.raises(ValueError, match=period):
        bill_code(account, period)


def test_a_receipt_that_would_not_read_back_is_refused() -> None:
    with pytest.raises(ValueError, match="0129A-HJMYZ"):
        receipt_code(FOLIO, "0129A-HJMYZ")


@given(
    st.from_regex(r"[0-9]{4,12}", fullmatch=True),
    st.integers(2000, 2099),
    st.integers(1, 12),
)
def test_bills_read_back(account: str, year: int, month: int) -> None:
    period = f"{year}{month:02d}"
    assert parse_scan(bill_code(account, period)) == ScannedBill(account, period)
    assert parse_scan(account) == ScannedAccount(account)


@given(
    st.builds(Folio, st.from_regex(r"[A-Z][A-Z0-9]{0,7}", fullmatch=True), st.integers(1, 10**9)),
    st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=10, max_size=10),
)
def test_receipts_read_back_on_either_keyboard(folio: Folio, code: str) -> None:
    printed = receipt_code(folio, code)
    for typed in (printed, printed.replace(":", "Ñ").replace("-", "'"), printed.lower()):
        assert parse_scan(typed) == ScannedReceipt(folio, code)


@given(st.text())
def test_anything_scanned_is_something(text: str) -> None:
    assert isinstance(
        parse_scan(text),
        ScannedBill | ScannedReceipt | ScannedAccount | ScannedFolio | ScannedText,
    )
