"""The page of who decides: by keyboard, denied with a reason, the next one follows."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.authorisations import DelegationCommand, RequestCommand
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.ui.authorisations.columns import delegation_pill
from tehuacan_comercial.ui.authorisations.delegation_sheet import DelegationSheet
from tehuacan_comercial.ui.authorisations.inbox import NOT_YOURS
from tehuacan_comercial.ui.authorisations.page import AuthorisationsPage
from tehuacan_comercial.ui.bus import Bus
from tehuacan_comercial.ui.prompts import ConfirmSheet, RefusalSheet
from tehuacan_comercial.ui.tasks import Tasks
from tests.support.books import open_charges, pay
from tests.support.town import Town
from tests.support.voids import decision
from tests.ui.cash.conftest import on_sheet


def request(desk: Desk, receipt: int) -> int:
    made = desk.authorisations.request(
        RequestCommand(
            new_command_id(), "void_receipt", receipt, "CAPTURA", options={"paper": "in_hand"}
        )
    )
    return made.decided.authorisation_id


@pytest.fixture
def two(town: Town, desk: Desk, receipt: int) -> tuple[int, int]:
    """Two requests of Rosa, oldest first."""
    session = desk.cash.session()
    assert session is not None
    account = town.account_ids()[1]
    paid = pay(
        desk.signed_in.database, session.session_id, account, open_charges(town, account)[:1],
        "cash",
    )  # fmt: skip
    return request(desk, receipt), request(desk, int(paid["receipt_id"]))


@pytest.fixture
def page(
    qtbot: QtBot, manager: Desk, tasks: Tasks, failures: list[Exception]
) -> Iterator[AuthorisationsPage]:
    bus: Bus[Changes] = Bus()
    made = AuthorisationsPage(manager, tasks, bus, lambda: manager.signed_in.now + timedelta(1 / 9))
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    made.activateWindow()
    yield made
    assert not failures


def states(town: Town) -> list[object]:
    with town.admin() as admin:
        return [row[0] for row in admin.execute("SELECT state FROM authorisation ORDER BY id")]


def test_decided_by_keyboard_one_after_the_other(
    qtbot: QtBot, page: AuthorisationsPage, town: Town, two: tuple[int, int]
) -> None:
    page.reload()
    qtbot.waitUntil(lambda: page.inbox.current() is not None)
    current = page.inbox.current()
    assert current is not None
    assert current.authorisation_id == two[0]
    assert dict(page.inbox.facts.lines())["Recibo"].startswith("C1-000001")
    qtbot.waitUntil(lambda: len(page.inbox.history.model.all_rows()) == 1)  # the other request
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: states(town) == ["approved", "requested"])
    qtbot.waitUntil(lambda: (row := page.inbox.current()) is not None
                    and row.authorisation_id == two[1])  # fmt: skip
    qtbot.waitUntil(page.inbox.approve.isEnabled)
    QTest.keyClick(page, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert "escriba por qué" in page.inbox.note_field.message.text()
    assert states(town) == ["approved", "requested"]
    page.inbox.note.setText("El recibo está bien")
    QTest.keyClick(page, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: states(town) == ["approved", "denied"])
    qtbot.waitUntil(lambda: page.inbox.current() is None)
    assert page.inbox.note.text() == ""
    page.show_part("resolved")
    qtbot.waitUntil(lambda: len(page.resolved.model.all_rows()) == 2)
    page.show_part("radar")
    qtbot.waitUntil(lambda: [row.folio for row in page.radar.model.all_rows()] == ["C1-000001"])


def test_somebody_was_faster_and_it_is_told(
    qtbot: QtBot, page: AuthorisationsPage, town: Town, two: tuple[int, int]
) -> None:
    page.reload()
    qtbot.waitUntil(lambda: page.inbox.current() is not None)
    town.sign_in("elena").call("decide_authorisation", decision(two[0]))
    told: list[str] = []

    def read(sheet: RefusalSheet) -> None:
        told.append(sheet.title.text())
        sheet.reject()

    on_sheet(RefusalSheet, read)
    page.inbox.approve.click()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["Esa solicitud ya está resuelta"]
    qtbot.waitUntil(lambda: len(page.inbox.table.model.all_rows()) == 1)


def test_ones_own_request_is_not_ones_to_decide(
    qtbot: QtBot, page: AuthorisationsPage, manager: Desk, receipt: int
) -> None:
    request(manager, receipt)
    page.reload()
    qtbot.waitUntil(lambda: page.inbox.current() is not None)
    assert not page.inbox.approve.isEnabled()
    assert page.inbox.hint.text() == NOT_YOURS


def test_a_deputy_of_next_week_is_not_called_ended(
    qtbot: QtBot, page: AuthorisationsPage, manager: Desk
) -> None:
    start = manager.signed_in.today + timedelta(days=7)
    manager.authorisations.delegate(
        DelegationCommand(
            uuid.uuid4(), "gerente", "elena", ("void_receipt",), start, start, "Vacaciones"
        )
    )
    page.show_part("delegations")
    qtbot.waitUntil(lambda: bool(page.delegations.model.all_rows()))
    (row,) = page.delegations.model.all_rows()
    assert delegation_pill(row).text == "Por empezar"
    page.delegations.select(row.delegation_id)
    on_sheet(ConfirmSheet, lambda sheet: sheet.accept())
    page._end_delegation()
    qtbot.waitUntil(lambda: not page.delegations.model.all_rows()[0].to_come)
    assert delegation_pill(page.delegations.model.all_rows()[0]).text == "Terminada"


def test_a_deputy_is_named_and_dismissed(
    qtbot: QtBot, page: AuthorisationsPage, manager: Desk
) -> None:
    def fill(sheet: DelegationSheet) -> None:
        assert [sheet.principal.itemData(at) for at in range(sheet.principal.count())] == [
            "gerente"
        ]
        sheet.deputy.setCurrentIndex(sheet.deputy.findData("elena"))
        sheet.submit()
        assert sheet.isVisible()  # without a reason it stays
        sheet.reason.setText("Vacaciones de diciembre")
        sheet.submit()

    page.show_part("delegations")
    came = on_sheet(DelegationSheet, fill)
    page._add_delegation()
    qtbot.waitUntil(lambda: bool(came) and bool(manager.authorisations.delegations()))
    qtbot.waitUntil(lambda: len(page.delegations.model.all_rows()) == 1)
    row = manager.authorisations.delegations()[0]
    assert (row.principal, row.deputy, row.in_force) == ("gerente", "elena", True)
