"""The tab Turnos with keys alone: call, attend, pause, pass on, receive; and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.lifecycles import RequestState
from tehuacan_comercial.domain.queue import TicketCommand, Turn
from tehuacan_comercial.domain.refusals import ResultUnknown, ServerUnreachable
from tehuacan_comercial.services.changes import Changes
from tehuacan_comercial.services.queue import TurnRow
from tehuacan_comercial.ui.prompts import ConfirmSheet, RefusalSheet, TextSheet
from tehuacan_comercial.ui.queue.desk_sheet import DeskSheet
from tehuacan_comercial.ui.queue.figures_card import minutes, share
from tehuacan_comercial.ui.queue.reason_sheet import ReasonSheet
from tehuacan_comercial.ui.queue.reception_sheet import OpenAccount, ReceptionSheet
from tehuacan_comercial.ui.queue.route_sheet import RouteSheet
from tehuacan_comercial.ui.widgets.notices import Toast
from tests.support.queue import clerk
from tests.support.town import Town
from tests.ui.cash.conftest import on_sheet
from tests.ui.queue.conftest import Make, Window

QUEUE = Changes(topics=frozenset({"queue"}))
SHIFT = Qt.KeyboardModifier.ShiftModifier


def key(window: Window, pressed: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    target = QApplication.focusWidget() or window
    QTest.keyClick(target, pressed, held or Qt.KeyboardModifier.NoModifier)


def turn_of(window: Window) -> TurnRow | None:
    return window.shown().turn


def in_state(window: Window, state: str) -> Callable[[], bool]:
    def reached() -> bool:
        turn = turn_of(window)
        return turn is not None and turn.state == state

    return reached


@pytest.fixture
def seated(make: Make, town: Town, qtbot: QtBot) -> Window:
    """Beto at V1; three people wait."""
    beto = clerk(town, "beto", "V1")
    beto.take("INFORMES", account_id=town.account_ids()[0])
    beto.take("ACLARACION", "MAYOR")
    beto.take("INFORMES")
    window = make("beto")
    qtbot.waitUntil(lambda: len(window.shown().waiting) == 3)
    return window


def called(window: Window, qtbot: QtBot) -> TurnRow:
    window.acts.next()
    qtbot.waitUntil(in_state(window, "called"))
    turn = turn_of(window)
    assert turn is not None
    return turn


def attended(window: Window, qtbot: QtBot) -> TurnRow:
    called(window, qtbot)
    window.acts.step()
    qtbot.waitUntil(in_state(window, "serving"))
    turn = turn_of(window)
    assert turn is not None
    return turn


def test_f8_asks_for_the_desk_first_and_then_calls(make: Make, town: Town, qtbot: QtBot) -> None:
    clerk(town, "paty", "V2").take("INFORMES", account_id=town.account_ids()[1])
    window = make("beto")
    qtbot.waitUntil(lambda: bool(window.shown().waiting))
    assert window.tab.card.main.text() == "Tomar ventanilla"

    def sit(sheet: DeskSheet) -> None:
        taken = [button for button in sheet.buttons if not button.isEnabled()]
        assert ["Paty" in button.text() for button in taken] == [True]
        key(window, Qt.Key.Key_1)

    on_sheet(DeskSheet, sit)
    key(window, Qt.Key.Key_F8)
    qtbot.waitUntil(in_state(window, "called"))
    card = window.tab.card
    assert (card.title.text(), card.label.text()) == ("Ventanilla 1", "A-001")
    assert "10-00002-0" in card.account.text()
    assert window.brought == [town.account_ids()[1]]


def test_call_attend_and_finish_by_key(seated: Window, town: Town, qtbot: QtBot) -> None:
    window = seated
    key(window, Qt.Key.Key_F8)
    qtbot.waitUntil(in_state(window, "called"))
    assert window.tab.card.label.text() == "A-002", "the preferential person goes first"
    assert not window.actions_table["queue.next"].isEnabled()
    key(window, Qt.Key.Key_F8, SHIFT)
    qtbot.waitUntil(in_state(window, "serving"))
    assert window.begun == [None]
    window.open_account = OpenAccount(town.account_ids()[2], "10-00003-0")
    key(window, Qt.Key.Key_F8, SHIFT)
    qtbot.waitUntil(lambda: turn_of(window) is None)
    done = window.desk.queue.board().in_state(RequestState.DONE)
    assert [turn.account_id for turn in done] == [town.account_ids()[2]]
    assert window.findChildren(Toast)
    assert window.tab.card.main.text() == "Llamar siguiente"


def test_the_account_of_the_last_person_is_not_taken_for_the_next(
    seated: Window, town: Town, qtbot: QtBot
) -> None:
    seated.open_account = OpenAccount(town.account_ids()[2], "10-00003-0")
    turn = attended(seated, qtbot)
    assert turn.account_id is None
    seated.acts.step()
    qtbot.waitUntil(lambda: turn_of(seated) is None)
    (done,) = seated.desk.queue.board().in_state(RequestState.DONE)
    assert done.account_id is None


def test_two_presses_call_one_person(seated: Window, qtbot: QtBot) -> None:
    seated.acts.next()
    seated.acts.next()
    qtbot.waitUntil(in_state(seated, "called"))
    qtbot.wait(150)
    assert len(seated.desk.queue.board().waiting) == 2


def test_a_charge_ends_the_attention_it_was_about(seated: Window, town: Town, qtbot: QtBot) -> None:
    turn = attended(seated, qtbot)
    assert turn.account_id is None
    seated.acts.finish(turn)
    qtbot.waitUntil(lambda: turn_of(seated) is None)
    turn = attended(seated, qtbot)
    assert turn.account_id == town.account_ids()[0]
    seated.acts.charged(town.account_ids()[1])
    qtbot.wait(100)
    assert turn_of(seated) is not None, "the charge was another account's"
    seated.acts.charged(town.account_ids()[0])
    qtbot.waitUntil(lambda: turn_of(seated) is None)


def test_absent_after_two_calls_and_back_again(seated: Window, qtbot: QtBot) -> None:
    window = seated
    turn = called(window, qtbot)
    refused = on_sheet(RefusalSheet, lambda sheet: sheet.reject())
    window.acts.no_show()
    qtbot.waitUntil(lambda: bool(refused))
    assert f"Llame otra vez al turno {turn.label}" in refused[0].windowTitle()
    qtbot.waitUntil(lambda: window.tab.card.main.isEnabled())
    window.acts.recall()
    qtbot.waitUntil(lambda: (turn_of(window) or turn).calls == 2)
    assert "2 veces" in window.tab.card.target.text()
    window.acts.no_show()
    qtbot.waitUntil(lambda: bool(window.shown().aside))
    window.tab.show_part("aside")
    window.tab.aside.select(turn.request_id)
    window.tab.buttons["revive"].click()
    qtbot.waitUntil(lambda: len(window.shown().waiting) == 3)


def test_pause_frees_the_desk_and_the_person_comes_back(seated: Window, qtbot: QtBot) -> None:
    window = seated
    turn = attended(window, qtbot)

    def write(sheet: TextSheet) -> None:
        sheet._edit.setText("Va por copias del recibo")
        key(window, Qt.Key.Key_Return)

    on_sheet(TextSheet, write)
    window.acts.hold()
    qtbot.waitUntil(lambda: turn_of(window) is None)
    window.tab.show_part("aside")
    qtbot.waitUntil(lambda: bool(window.tab.aside.model.all_rows()))
    window.tab.aside.select(turn.request_id)
    assert window.tab.aside.current().turn.note == "Va por copias del recibo"  # type: ignore[union-attr]
    window.tab.buttons["resume"].click()
    qtbot.waitUntil(in_state(window, "serving"))


def test_a_turn_is_passed_on_with_its_note(seated: Window, town: Town, qtbot: QtBot) -> None:
    turn = attended(seated, qtbot)

    def fill(sheet: RouteSheet) -> None:
        sheet.submit()
        assert "al menos" in sheet._fields[2].message.text(), "the next desk has to know why"
        sheet.procedure.setCurrentIndex(sheet.procedure.findData("CONTRATO"))
        sheet.desk.setCurrentIndex(sheet.desk.findData("V2"))
        sheet.note.setText("Ya trae la escritura")
        key(seated, Qt.Key.Key_Return)

    on_sheet(RouteSheet, fill)
    seated.acts.transfer()
    qtbot.waitUntil(lambda: turn_of(seated) is None)
    found = clerk(town, "paty", "V2").must()
    assert (found.label, found.note, found.seniority) == (
        turn.label, "Ya trae la escritura", turn.seniority,
    )  # fmt: skip


def test_out_of_turn_with_one_of_the_offices_reasons(seated: Window, qtbot: QtBot) -> None:
    last = seated.shown().waiting[-1].turn

    def choose(sheet: ReasonSheet) -> None:
        sheet._finish()
        assert sheet._field.message.text()
        sheet.box.setCurrentIndex(2)
        sheet._finish()

    on_sheet(ReasonSheet, choose)
    seated.tab.waiting.select(last.request_id)
    seated.tab.buttons["call"].click()
    qtbot.waitUntil(in_state(seated, "called"))
    assert seated.tab.card.label.text() == last.label


def test_somebody_else_was_faster_and_the_list_follows(
    seated: Window, town: Town, qtbot: QtBot
) -> None:
    """Another station calls; this one hears of it, and a click on the old row is refused."""
    first = seated.shown().waiting[0].turn
    paty = clerk(town, "paty", "V2")
    paty.must()
    chosen = paty.service.board().in_hand("V2")
    assert chosen is not None
    stale = next(row.turn for row in seated.shown().waiting if row.turn.label == chosen.label)

    def choose(sheet: ReasonSheet) -> None:
        sheet.box.setCurrentIndex(0)
        sheet._finish()

    on_sheet(ReasonSheet, choose)
    refused = on_sheet(RefusalSheet, lambda sheet: sheet.reject())
    seated.acts.call_chosen(stale)
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].windowTitle() == f"El turno {chosen.label} ya cambió"
    seated.bus.committed(QUEUE)
    qtbot.waitUntil(lambda: len(seated.shown().waiting) == 2)
    assert first.label in {row.turn.label for row in seated.shown().waiting}


def test_a_lost_answer_is_asked_again_with_the_same_command(
    seated: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The call reached the server and its answer did not come back: nobody else is called."""
    real, keys = seated.desk.queue.call_next, list[UUID]()

    def lost(command_id: UUID) -> Turn | None:
        keys.append(command_id)
        found = real(command_id)
        if len(keys) == 1:
            raise ResultUnknown(str(command_id))
        return found

    monkeypatch.setattr(seated.desk.queue, "call_next", lost)
    on_sheet(RefusalSheet, lambda sheet: sheet.accept())
    seated.acts.next()
    qtbot.waitUntil(lambda: len(keys) == 2 and in_state(seated, "called")())
    assert keys[0] == keys[1]
    assert len(seated.desk.queue.board().waiting) == 2


def test_reception_gives_tickets_by_one_key_and_prints_them(
    seated: Window, town: Town, qtbot: QtBot
) -> None:
    window = seated
    window.open_account = OpenAccount(town.account_ids()[1], "10-00002-0 · NÚÑEZ PEÑA")
    sheets: list[ReceptionSheet] = []

    def receive(sheet: ReceptionSheet) -> None:
        sheets.append(sheet)
        key(window, Qt.Key.Key_F3)
        key(window, Qt.Key.Key_1)
        sheet.take("PAGO")  # a second press while the first is under way
        qtbot.waitUntil(lambda: len(sheet.taken) == 1)
        qtbot.waitUntil(lambda: "antes" in sheet.detail.text())
        assert sheet.answer.text() == "C-001 · Persona adulta mayor"
        assert sheet.priority() == ""
        key(window, Qt.Key.Key_3)
        qtbot.waitUntil(lambda: len(sheet.taken) == 2)
        sheet.reject()

    on_sheet(ReceptionSheet, receive)
    window.actions_table["queue.take"].trigger()
    first, second = sheets[0].taken
    assert (first.account_id, second.account_id) == (town.account_ids()[1], None)
    assert (first.label, second.label) == ("C-001", "A-004")
    qtbot.waitUntil(lambda: window.printer.sheets == ["Turno C-001", "Turno A-004"])


def test_a_ticket_that_did_not_reach_the_server_is_tried_again_once(
    seated: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, commands = seated.desk.queue.take_ticket, list[TicketCommand]()

    def broken(command: TicketCommand) -> Turn:
        commands.append(command)
        if len(commands) == 1:
            raise ServerUnreachable("se cayó la red")
        return real(command)

    monkeypatch.setattr(seated.desk.queue, "take_ticket", broken)

    def receive(sheet: ReceptionSheet) -> None:
        on_sheet(RefusalSheet, lambda told: told.accept())
        sheet.take("CONVENIO")
        qtbot.waitUntil(lambda: len(sheet.taken) == 1)
        sheet.reject()

    on_sheet(ReceptionSheet, receive)
    seated.acts.receive()
    assert commands[0] == commands[1]


def test_who_left_is_taken_off_only_after_asking(seated: Window, qtbot: QtBot) -> None:
    row = seated.shown().waiting[0].turn
    seated.tab.waiting.select(row.request_id)
    on_sheet(ConfirmSheet, lambda sheet: sheet.reject())
    seated.tab.buttons["gone"].click()
    assert len(seated.shown().waiting) == 3
    on_sheet(ConfirmSheet, lambda sheet: sheet.accept())
    seated.tab.buttons["gone"].click()
    qtbot.waitUntil(lambda: len(seated.shown().waiting) == 2)


def test_supervision_frees_a_desk_and_others_may_not(
    make: Make, town: Town, seated: Window, qtbot: QtBot
) -> None:
    turn = attended(seated, qtbot)
    assert "free" not in seated.tab.buttons
    elena = make("elena")
    qtbot.waitUntil(lambda: len(elena.shown().desks) == 6)
    elena.tab.show_part("desks")
    elena.tab.desks.select("V1")

    def write(sheet: TextSheet) -> None:
        sheet._edit.setText("Se apagó la estación")
        sheet._finish()

    on_sheet(TextSheet, write)
    elena.tab.buttons["free"].click()
    qtbot.waitUntil(lambda: turn.label in {row.turn.label for row in elena.shown().waiting})
    seated.bus.committed(QUEUE)
    qtbot.waitUntil(lambda: seated.shown().shift is None)


def test_audit_looks_and_touches_nothing(make: Make, town: Town, qtbot: QtBot) -> None:
    clerk(town, "beto", "V1").take()
    window = make("auditora")
    qtbot.waitUntil(lambda: bool(window.shown().waiting))
    assert window.tab.buttons == {}
    for name in ("queue.next", "queue.step", "queue.take"):
        assert not window.actions_table[name].isEnabled()
    assert not window.tab.card.main.isEnabled()


def test_supervision_reads_the_figures_of_a_day(make: Make, town: Town, qtbot: QtBot) -> None:
    beto = clerk(town, "beto", "V1")
    for code in ("INFORMES", "ACLARACION", "INFORMES"):
        beto.take(code)
        beto.serve(beto.must())
    assert make("beto").tab.figures is None
    elena = make("elena")
    elena.tab.show_part("figures")
    card = elena.tab.figures
    assert card is not None
    qtbot.waitUntil(lambda: len(card.table.model.all_rows()) == 2)
    assert {(row.group, row.attended) for row in card.table.model.all_rows()} == {
        ("Informes y estado de cuenta", 2), ("Aclaración o queja", 1),
    }  # fmt: skip
    card.groups.choose("staff")
    qtbot.waitUntil(lambda: len(card.table.model.all_rows()) == 1)
    (row,) = card.table.model.all_rows()
    assert (row.group, row.asked, share(row)) == ("Beto Núñez Peña", 3, "100 %")
    assert float(minutes(row.service_half)) >= 0
    assert minutes(None) == "—"
    card.span.setCurrentIndex(2)
    card.groups.choose("hour")
    qtbot.waitUntil(lambda: card.table.model.all_rows()[0].group.endswith(":00"))
