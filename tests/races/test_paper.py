"""Sheets asked for at the same instant: one original, copies numbered without a gap."""

from __future__ import annotations

from functools import partial

from tehuacan_comercial.domain.refusals import ReasonRequired
from tehuacan_comercial.services.receipts import Printable, ReceiptsService
from tests.support.day.office import Office
from tests.support.day.station import stations
from tests.support.day.together import together
from tests.support.day.truth import settled_truth
from tests.support.trials import Trials


def copies(office: Office, receipt_id: int) -> list[int]:
    query = "SELECT copy_number FROM issued_document WHERE kind = 'receipt' AND subject_id = {}"
    return sorted(int(str(row[0])) for row in office.ask(query.format(receipt_id)))


def test_an_original_is_issued_once(office: Office, trials: Trials) -> None:
    till = stations(office, 1)[0]
    for account in office.accounts():
        charged = till.charge_account(account).charged
        assert charged is not None
        order = {
            "kind": "receipt", "subject_id": charged.receipt_id, "format": "80mm", "reason": "",
        }  # fmt: skip
        found = together([partial(till.database.call, "issue_document", order)] * 4)
        assert sum(isinstance(each, ReasonRequired) for each in found) == 3
        assert copies(office, charged.receipt_id) == [0]
        trials.add(4)


def test_a_double_click_on_print_gives_the_same_sheet(office: Office, trials: Trials) -> None:
    till = stations(office, 1)[0]
    paper = ReceiptsService(till.database, till.cash.actor, office.home / "impresos")
    for account in office.accounts():
        charged = till.charge_account(account).charged
        assert charged is not None
        found = together([partial(paper.original, charged.receipt_id, "80mm")] * 2)
        assert len({each.pdf for each in found if isinstance(each, Printable)}) == 1
        assert [type(each) for each in found] == [Printable] * 2
        assert copies(office, charged.receipt_id) == [0]
        trials.add(2)


def test_copies_asked_at_once_are_numbered(office: Office, trials: Trials) -> None:
    tills = stations(office, 4)
    charged = tills[0].charge_account(office.accounts()[0]).charged
    assert charged is not None
    desks = [
        ReceiptsService(till.database, till.cash.actor, till.home / "impresos") for till in tills
    ]
    desks[0].original(charged.receipt_id, "80mm")
    for number in range(3):
        acts = [partial(desk.reprint, charged.receipt_id, "80mm", "Copia") for desk in desks]
        found = together(acts)
        numbers = sorted(each.copy_number for each in found if isinstance(each, Printable))
        assert numbers == list(range(4 * number + 1, 4 * number + 5))
        trials.add(4)
    assert settled_truth(office) == []
