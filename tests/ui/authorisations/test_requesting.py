"""From the receipts page to a decision at the same station; the line is never held up."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.authorisations import DecisionCommand, Verdict
from tehuacan_comercial.domain.cash import new_command_id
from tehuacan_comercial.services.authorisations import AuthorisationResult, decide_on_the_spot
from tehuacan_comercial.services.desk import Desk
from tehuacan_comercial.services.sign_in import FailedTries
from tehuacan_comercial.ui.authorisations.on_the_spot_sheet import OnTheSpotSheet
from tehuacan_comercial.ui.authorisations.request_sheet import RequestSheet
from tehuacan_comercial.ui.authorisations.requesting import Requesting
from tehuacan_comercial.ui.authorisations.watch import AuthorisationWatch, Waiting
from tehuacan_comercial.ui.cash.tab import RECEIPTS
from tehuacan_comercial.ui.prompts import RefusalSheet
from tehuacan_comercial.ui.receipt_states import PENDING, VOIDED, receipt_pill
from tehuacan_comercial.ui.tasks import Tasks
from tests.support.town import PASSWORD, Town
from tests.ui.cash.conftest import Station, on_sheet


@pytest.fixture
def requesting(station: Station, town: Town, tasks: Tasks, tmp_path: Path) -> Requesting:
    def spot(user: str, password: str, command: DecisionCommand) -> AuthorisationResult:
        def login(name: str, secret: str) -> str:
            return town.server.login_url(town.database, name, secret)

        tries = FailedTries(tmp_path / "tries.json")
        return decide_on_the_spot(login, (user, password), "E1", tries, command)

    made = Requesting(station, station.desk, tasks, station.bus, station.notices, spot)
    station.tab.void_requested.connect(made.void_receipt)
    return made


def states(town: Town) -> list[tuple[object, ...]]:
    with town.admin() as admin:
        return admin.execute(
            "SELECT state, requested_by, decided_by FROM authorisation ORDER BY id"
        ).fetchall()


def replaced(station: Station) -> int | None:
    return station.tab.charging._replaced


def ask(qtbot: QtBot, station: Station) -> list[RequestSheet]:
    """Press the button of the receipts page, choose a reason, send."""

    def fill(sheet: RequestSheet) -> None:
        facts = dict(sheet.facts.lines())
        assert facts["Importe"] == "$318.40"
        assert facts["Qué se hará"].startswith("Cancelación")
        sheet.submit()  # without a reason nothing is sent
        sheet.reason.setCurrentIndex(1)
        sheet.submit()
        sheet.submit()  # a second press does nothing

    station.tab.loader.reload()
    station.tab.tabs.setCurrentIndex(RECEIPTS)
    qtbot.waitUntil(lambda: station.tab.receipts.table.current() is not None)
    came = on_sheet(RequestSheet, fill)
    station.tab.receipts.void.click()
    qtbot.waitUntil(lambda: bool(came) and came[0].outcome is not None)
    return came


@pytest.mark.usefixtures("requesting", "receipt")
def test_a_void_is_asked_and_decided_on_the_spot(
    qtbot: QtBot, station: Station, town: Town
) -> None:
    ask(qtbot, station)
    assert states(town) == [("requested", "rosa", None)]
    qtbot.waitUntil(lambda: receipt_pill(station.tab.receipts.table.model.all_rows()[0]) is PENDING)
    assert not station.tab.receipts.void.isEnabled()
    assert any("Solicitud enviada" in title for title in station.notice_titles())

    tries: list[str] = []

    def approve(sheet: OnTheSpotSheet) -> None:
        sheet.user.setText("elena")
        sheet.password.setText("otra cosa")
        tries.append(sheet.title.text())
        sheet._main.click()  # type: ignore[union-attr]
        qtbot.waitUntil(lambda: bool(sheet._password_field.message.text()))
        assert sheet.password.text() == "otra cosa"  # what was typed stays
        sheet.password.setText(PASSWORD)
        sheet._main.click()  # type: ignore[union-attr]
        sheet._main.click()  # type: ignore[union-attr]

    came = on_sheet(OnTheSpotSheet, approve)
    station.press_notice("Autorizar aquí")
    qtbot.waitUntil(lambda: bool(came) and came[0].outcome is not None)
    assert tries == ["Cancelar el recibo C1-000001"]
    assert states(town) == [("approved", "rosa", "elena")]
    qtbot.waitUntil(lambda: receipt_pill(station.tab.receipts.table.model.all_rows()[0]) is VOIDED)
    assert station.desk.cash.session() is not None  # the cashier's session stays


@pytest.mark.usefixtures("requesting", "receipt")
def test_who_asked_does_not_decide_on_the_spot(qtbot: QtBot, station: Station, town: Town) -> None:
    ask(qtbot, station)
    refusals: list[str] = []

    def decide(sheet: OnTheSpotSheet) -> None:
        def told(refusal: RefusalSheet) -> None:
            refusals.append(refusal.title.text())
            refusal.reject()
            sheet.reject()

        on_sheet(RefusalSheet, told)
        sheet.user.setText("rosa")
        sheet.password.setText(PASSWORD)
        sheet._main.click()  # type: ignore[union-attr]

    on_sheet(OnTheSpotSheet, decide)
    station.press_notice("Autorizar aquí")
    qtbot.waitUntil(lambda: bool(refusals))
    assert states(town) == [("requested", "rosa", None)]


def test_the_requester_sees_the_answer_and_may_charge_again(
    qtbot: QtBot, station: Station, town: Town, manager: Desk, requesting: Requesting,
    tasks: Tasks, receipt: int,
) -> None:  # fmt: skip
    assert requesting.parent() is station
    watch = AuthorisationWatch(
        station, station.desk.authorisations, tasks, station.bus, station.notices
    )
    seen: list[Waiting] = []
    watch.changed.connect(seen.append)
    watch.look()
    qtbot.waitUntil(lambda: seen == [Waiting()])
    ask(qtbot, station)
    qtbot.waitUntil(lambda: watch.waiting == Waiting(own=1))
    assert watch.waiting.text == "1 en espera de respuesta"
    pending = manager.authorisations.pending()
    decided = manager.authorisations.decide(
        DecisionCommand(new_command_id(), pending[0].authorisation_id, Verdict.APPROVE, "Visto")
    )
    news = station.desk.news(1)  # what the light poll finds
    assert "authorisation" in news.changes.topics
    assert news.changes.accounts >= decided.changes.accounts
    station.bus.committed(news.changes)
    qtbot.waitUntil(lambda: watch.waiting == Waiting())
    assert "Cancelar el recibo C1-000001" in station.notice_titles()
    qtbot.waitUntil(lambda: station.tab.receipts.again.isVisible())
    station.tab.receipts.again.click()
    assert replaced(station) == receipt
    station.press_notice("No sustituir")
    assert replaced(station) is None
    assert len(states(town)) == 1
