"""The printer fails, or the link while a sheet is made: the payment stands, the sheet comes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from tehuacan_comercial.domain.refusals import ReasonRequired
from tehuacan_comercial.services.receipts import Printable, ReceiptsService
from tests.support.day.office import Office
from tests.support.day.patience import until_answered
from tests.support.day.station import Station
from tests.support.day.truth import settled_truth
from tests.support.proxy import Fault, Proxy, proxy_to
from tests.support.trials import Trials

CUTS = (Fault.BEFORE_REQUEST, Fault.AFTER_ANSWER_MADE, Fault.WITHIN_ANSWER)


@pytest.fixture
def link(office: Office) -> Iterator[Proxy]:
    address = office.town.server.cluster.address
    with proxy_to(address.host, address.port) as made:
        yield made


def paper_of(till: Station) -> ReceiptsService:
    return ReceiptsService(till.database, till.cash.actor, till.home / "impresos")


def receipt_of(till: Station, account: int) -> int:
    charged = till.charge_account(account).charged
    assert charged is not None
    return charged.receipt_id


def sealed(office: Office, receipt_id: int) -> list[tuple[object, ...]]:
    query = "SELECT copy_number, sha256 FROM issued_document WHERE kind = 'receipt'"
    return office.ask(f"{query} AND subject_id = {receipt_id} ORDER BY copy_number")


def test_a_failing_printer_leaves_the_payment_and_the_sheet(office: Office, trials: Trials) -> None:
    till = Station(office)
    till.open()
    paper = paper_of(till)
    for account in office.accounts():
        receipt_id = receipt_of(till, account)
        sheet = paper.original(receipt_id, "80mm")
        for problem in ("Sin papel", "Apagada", "Sin papel"):
            paper.report_print(sheet.document_id, "térmica", "failed", problem)
            (waiting,) = paper.waiting()
            assert (waiting.sheet.pdf, waiting.problem) == (sheet.pdf, problem)
            assert paper.again(sheet.document_id).pdf == sheet.pdf
            assert paper.original(receipt_id, "80mm").document_id == sheet.document_id
            trials.add()
        paper.report_print(sheet.document_id, "térmica", "printed")
        assert paper.waiting() == ()
        with pytest.raises(ReasonRequired):
            paper.original(receipt_id, "80mm")
        assert sealed(office, receipt_id) == [(0, hashlib.sha256(sheet.pdf).hexdigest())]
    till.count_and_close()
    assert settled_truth(office) == []


def until_printed(paper: ReceiptsService, receipt_id: int) -> Printable:
    """As the cashier does who presses Imprimir again."""
    return until_answered(lambda: paper.original(receipt_id, "80mm"))


def test_a_sheet_whose_link_breaks_at_any_message_is_one_original(
    office: Office, link: Proxy, trials: Trials
) -> None:
    near = Station(office)
    near.open()
    first = Station(office, port=link.port)
    paper_of(first).original(receipt_of(near, office.accounts()[0]), "80mm")
    messages = link.requests
    assert messages > 4
    accounts = iter(office.more_accounts(len(CUTS) * messages))
    for fault in CUTS:
        for skip in range(messages):
            receipt_id = receipt_of(near, next(accounts))
            far = Station(office, port=link.port)
            link.arm(fault, skip)
            sheet = until_printed(paper_of(far), receipt_id)
            assert link.struck.is_set(), (fault, skip)
            far.database.close()
            assert sealed(office, receipt_id) == [(0, hashlib.sha256(sheet.pdf).hexdigest())]
            trials.add()
    assert settled_truth(office) == []
