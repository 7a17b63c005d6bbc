"""What a scanned code says: a bill, a receipt or an account.

A scanner types. Set for another keyboard it writes ' for -, Ñ for : and ¡ for +, so these are read
as what was printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tehuacan_comercial.domain.calendar import parse_period_code
from tehuacan_comercial.domain.folios import Folio, parse_code, parse_folio

RECEIPT_PREFIX = "TCR"
_ACCOUNT = re.compile(r"[0-9A-Z](?:[0-9A-Z-]{0,18}[0-9A-Z])?")
_BILL = re.compile(r"(?P<account>[0-9A-Z-]+)[+¡](?P<period>[0-9]{6})")
_RECEIPT = re.compile(rf"{RECEIPT_PREFIX}[:Ñ](?P<folio>[^:Ñ]+)[:Ñ](?P<code>[^:Ñ]+)")


@dataclass(frozen=True, slots=True)
class ScannedBill:
    """The Code 128 of a water bill: account number and period code (``202609``)."""

    account: str
    period: str


@dataclass(frozen=True, slots=True)
class ScannedReceipt:
    """The QR of a receipt: folio and verification code."""

    folio: Folio
    code: str


@dataclass(frozen=True, slots=True)
class ScannedAccount:
    """An account number alone."""

    account: str


@dataclass(frozen=True, slots=True)
class ScannedFolio:
    """A folio alone, as in the Code 128 of a receipt."""

    folio: Folio


@dataclass(frozen=True, slots=True)
class ScannedText:
    """Nothing the program prints; worth a search as typed."""

    text: str


Scanned = ScannedBill | ScannedReceipt | ScannedAccount | ScannedFolio | ScannedText


def bill_code(account: str, period: str) -> str:
    """Content of the bill's Code 128.

    Raises:
        ValueError: when the account or period would not be read back.
    """
    if not _ACCOUNT.fullmatch(account) or parse_period_code(period) is None:
        raise ValueError(account, period)
    return f"{account}+{period}"


def receipt_code(folio: Folio, code: str) -> str:
    """Content of the receipt's QR.

    Raises:
        ValueError: when the verification code would not be read back.
    """
    if parse_code(code) != code:
        raise ValueError(code)
    return f"{RECEIPT_PREFIX}:{folio}:{code}"


def parse_scan(text: str) -> Scanned:
    """Recognise what the scanner typed; control characters and case do not matter."""
    plain = "".join(each for each in text if each.isprintable()).strip().upper()
    return _bill(plain) or _receipt(plain) or _folio(plain) or _account(plain) or ScannedText(plain)


def _bill(text: str) -> ScannedBill | None:
    found = _BILL.fullmatch(text.replace("'", "-"))
    if found is None or parse_period_code(found["period"]) is None:
        return None
    account = _account(found["account"])
    return ScannedBill(account.account, found["period"]) if account else None


def _receipt(text: str) -> ScannedReceipt | None:
    found = _RECEIPT.fullmatch(text)
    if found is None:
        return None
    folio, code = parse_folio(found["folio"]), parse_code(found["code"])
    return ScannedReceipt(folio, code) if folio and code else None


def _folio(text: str) -> ScannedFolio | None:
    folio = parse_folio(text)
    return ScannedFolio(folio) if folio else None


def _account(text: str) -> ScannedAccount | None:
    plain = text.replace("'", "-")
    if not _ACCOUNT.fullmatch(plain) or not re.search("[0-9]", plain):
        return None
    return ScannedAccount(plain)
