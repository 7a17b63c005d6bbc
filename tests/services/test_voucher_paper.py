"""Vouchers on paper: once, as they stood, the same bytes again."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from tehuacan_comercial.domain import refusals as r
from tehuacan_comercial.domain.vouchers import ORIGIN_LABELS, Verdict, VoucherKind
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.receipts import ReceiptsService
from tests.services.test_vouchers import Office, office
from tests.support.deposits import deposit

__all__ = ["office"]


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.fixture
def paper(office: Office, tmp_path: Path) -> ReceiptsService:
    actor = Actor("elena", "Elena Núñez Peña", "", "head_cashier")
    return ReceiptsService(office.town.sign_in("elena"), actor, tmp_path / "papel")


def test_every_journal_of_a_voucher_has_its_words(office: Office) -> None:
    """No code of the books is printed or shown: what reaches a voucher is named in Spanish."""
    with office.town.admin() as connection:
        (told,) = connection.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'commercial.journal'::regclass AND conname = 'ck_journal_kind'"
        ).fetchone() or ("",)
        lists = re.findall(r"'\{?([\w,]+)\}?'", str(told))  # one by one, or as an array
        kinds = {kind for each in lists for kind in each.split(",")}
        asked = "SELECT kind FROM unnest(%s::text[]) kind WHERE voucher_of(0, kind) IS NULL"
        of_bills = {str(kind) for (kind,) in connection.execute(asked, (sorted(kinds),))}
    assert kinds > of_bills > set()
    assert set(ORIGIN_LABELS) == kinds - of_bills


def test_a_draft_and_the_same_voucher_verified(office: Office, paper: ReceiptsService) -> None:
    done = office.issue()
    draft = paper.voucher(done.voucher_id)
    told = text_of(draft.pdf)
    for words in (
        "PÓLIZA DE RECAUDACIÓN",
        "PR-000001",
        "BORRADOR",
        "Sumas iguales",
        "DEMOSTRACIÓN",
        "Registro contable",
        "Registro presupuestal",
        "C1-000001 a C1-000002",
    ):
        assert words in told, words
    office.decide(done.voucher_id, Verdict.VERIFY)
    assert paper.again(draft.document_id).pdf == draft.pdf, "it is drawn as it stood"
    paper.report_print(draft.document_id, "X", "printed")
    with pytest.raises(r.ReasonRequired):
        paper.voucher(done.voucher_id)
    copy = paper.voucher(done.voucher_id, "Para contabilidad")
    told = text_of(copy.pdf)
    for words in ("VERIFICADA", "Verificada por Gerente Núñez Peña", "REIMPRESIÓN"):
        assert words in told, words
    assert paper.fingerprint("voucher", done.voucher_id, "letter", 1) is not None


def test_the_sheet_is_what_the_verifier_saw(office: Office, paper: ReceiptsService) -> None:
    done = office.issue()
    with pytest.raises(r.UnknownDocument):
        paper.voucher_day(done.voucher_id)
    office.decide(done.voucher_id, Verdict.VERIFY)
    told = text_of(paper.voucher_day(done.voucher_id).pdf)
    for words in ("HOJA DE VERIFICACIÓN", "DÍA VERIFICADO", "Coincide", "Fichas de depósito",
                  "Sesiones de caja", "Rosa Núñez Peña"):  # fmt: skip
        assert words in told, words


def test_a_shortage_stands_beside_the_total_that_agrees(
    office: Office, paper: ReceiptsService
) -> None:
    (session,) = (each.session_id for each in office.elena.day(office.day).sheet.sessions)
    deposit(office.town, office.town.sign_in("elena"), session)
    done = office.issue()
    office.decide(done.voucher_id, Verdict.VERIFY)
    told = text_of(paper.voucher_day(done.voucher_id).pdf)
    (short,) = (each.difference for each in office.elena.day(office.day).sheet.sessions)
    assert short
    word = "sobrante" if short > 0 else "faltante"
    assert f"Los totales del día coinciden, con {word} de ${abs(short):,.2f}." in told
    assert f"{'Sobran' if short > 0 else 'Faltan'} {abs(short):,.2f}" in told


def test_an_empty_voucher_says_so(office: Office, paper: ReceiptsService) -> None:
    done = office.issue(VoucherKind.DISCOUNT)
    assert "Sin movimientos" in text_of(paper.voucher(done.voucher_id).pdf)
