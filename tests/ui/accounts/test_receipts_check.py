"""Comprobar recibo: four answers, in words and colours."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.folios import verification_code
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.receipts import ReceiptCheck
from tehuacan_comercial.ui.receipts_check import ReceiptCheckSheet, Verdict, verdict_of
from tehuacan_comercial.ui.tasks import Tasks
from tests.support.town import Town
from tests.ui.accounts.conftest import SitDown, open_till, pay_oldest


@pytest.fixture
def desk(sit_down: SitDown) -> Desk:
    return sit_down("rosa")


@pytest.fixture
def folio(desk: Desk, account: int) -> str:
    return pay_oldest(desk, account, open_till(desk))


@pytest.fixture
def code(town: Town, folio: str) -> str:
    with town.admin() as connection:
        row = connection.execute("SELECT hash FROM receipt WHERE folio = %s", (folio,)).fetchone()
    assert row is not None
    return verification_code(str(row[0]))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def checked(
    qtbot: QtBot, window: QWidget, desk: Desk, tasks: Tasks, *typed: str
) -> ReceiptCheckSheet:
    sheet = ReceiptCheckSheet(window, desk.receipts, tasks)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet._folio.setText(typed[0])
    sheet._code.setText(typed[1] if len(typed) > 1 else "")
    QTest.keyClick(sheet._folio, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.verdict() is not None)
    return sheet


def said(sheet: ReceiptCheckSheet) -> Verdict:
    verdict = sheet.verdict()
    assert verdict is not None
    return verdict


def test_the_right_code_is_genuine_and_opens_the_account(
    qtbot: QtBot, window: QWidget, desk: Desk, tasks: Tasks, folio: str, code: str
) -> None:
    sheet = checked(qtbot, window, desk, tasks, folio, f"{code[:5]}-{code[5:]}".lower())
    assert said(sheet).tone == "ok"
    assert said(sheet).title == f"Recibo {folio} auténtico"
    with qtbot.waitSignal(sheet.account_requested) as asked:
        sheet._open.click()
    assert asked.args == ["10-00001-0"]


def test_a_scanned_qr_is_checked_at_once(
    qtbot: QtBot, window: QWidget, desk: Desk, tasks: Tasks, folio: str, code: str
) -> None:
    sheet = ReceiptCheckSheet(window, desk.receipts, tasks, f"TCR:{folio}:{code}")
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitUntil(lambda: sheet.verdict() is not None)
    assert said(sheet).tone == "ok"


def test_another_receipt_s_code_is_not_genuine(
    qtbot: QtBot, window: QWidget, desk: Desk, tasks: Tasks, folio: str, code: str
) -> None:
    other = code[:-1] + ("0" if code[-1] != "0" else "1")
    sheet = checked(qtbot, window, desk, tasks, folio, other)
    assert said(sheet).tone == "danger"
    assert said(sheet).title == f"El papel no es el recibo {folio}"
    assert not sheet._open.isVisible()


def test_without_its_code_a_folio_proves_nothing(
    qtbot: QtBot, window: QWidget, desk: Desk, tasks: Tasks, folio: str
) -> None:
    sheet = checked(qtbot, window, desk, tasks, folio)
    assert said(sheet).tone == "warn"
    assert "código" in said(sheet).text


def test_an_unknown_folio(
    qtbot: QtBot, window: QWidget, desk: Desk, tasks: Tasks, folio: str
) -> None:
    sheet = checked(qtbot, window, desk, tasks, "C9-000077")
    assert folio != "C9-000077"
    assert said(sheet).title == "No hay un recibo C9-000077"


def test_what_cannot_be_a_folio_is_said_under_the_field(
    qtbot: QtBot, window: QWidget, desk: Desk, tasks: Tasks
) -> None:
    sheet = ReceiptCheckSheet(window, desk.receipts, tasks)
    qtbot.addWidget(sheet)
    sheet.show()
    for typed, code, field in (
        ("", "", sheet._folio_field),
        ("hola", "", sheet._folio_field),
        ("C1-000001", "123", sheet._code_field),
    ):
        sheet._folio.setText(typed)
        sheet._code.setText(code)
        sheet.check()
        assert field.message.text()
        assert sheet.verdict() is None


def test_a_false_paper_tells_no_facts_of_the_true_receipt() -> None:
    found = ReceiptCheck(
        "C1-000001", False, "NÚÑEZ PEÑA, MARÍA", "10-00001-0", Decimal(100),
        datetime(2026, 11, 24, 9, 0),  # noqa: DTZ001
    )  # fmt: skip
    verdict = verdict_of(found, with_code=True)
    assert "NÚÑEZ" not in verdict.text
    assert verdict.account_number == ""
