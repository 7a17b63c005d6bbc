from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.domain.tendering import MXN_DENOMINATIONS
from tehuacan_comercial.ui.theme.theme import Mode, theme
from tehuacan_comercial.ui.widgets.amount_edit import AmountEdit
from tehuacan_comercial.ui.widgets.banner import Banner, BannerFacts
from tehuacan_comercial.ui.widgets.buttons import IconButton, KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.card import Card
from tehuacan_comercial.ui.widgets.denominations import DenominationGrid
from tehuacan_comercial.ui.widgets.empty_state import EmptyState
from tehuacan_comercial.ui.widgets.form import FormField, verify_all
from tehuacan_comercial.ui.widgets.mini_chart import Bar, MiniChart
from tehuacan_comercial.ui.widgets.nav_rail import NARROW, WIDE, NavRail
from tehuacan_comercial.ui.widgets.notices import NoticeAct, NoticeStrip, Toast
from tehuacan_comercial.ui.widgets.pill import Pill, PillBadge
from tehuacan_comercial.ui.widgets.progress import Progress
from tehuacan_comercial.ui.widgets.segmented import Segment, Segmented
from tehuacan_comercial.ui.widgets.status_strip import StatusItem, StatusStrip
from tehuacan_comercial.ui.widgets.text import FigureLabel, Label
from tehuacan_comercial.ui.widgets.timeline import Timeline, TimelineEvent


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


# --- amounts ---


@pytest.mark.parametrize(
    ("typed", "text", "value"),
    [
        ("1500", "1,500", "1500.00"),
        ("1500.5", "1,500.5", "1500.50"),
        ("abc12x", "12", "12.00"),
        ("0012.345", "12.34", "12.34"),
        ("-5", "5", "5.00"),
        (".5", "0.5", "0.50"),
        ("1..2", "1.2", "1.20"),
        ("9999999999999", "999,999,999", "999999999.00"),
        ("", "", "0.00"),
    ],
)
def test_amounts_take_digits_only(qtbot: QtBot, typed: str, text: str, value: str) -> None:
    edit = AmountEdit()
    shown(qtbot, edit)
    QTest.keyClicks(edit, typed)
    assert edit.text() == text
    assert edit.value() == Decimal(value)


def test_amount_keeps_the_cursor_among_its_digits(qtbot: QtBot) -> None:
    edit = AmountEdit()
    shown(qtbot, edit)
    edit.set_value(Decimal("1234.00"))
    edit.setCursorPosition(1)
    QTest.keyClicks(edit, "99")
    assert edit.text() == "199,234.00"
    assert edit.text()[: edit.cursorPosition()] == "199"


def test_amount_completes_its_cents_on_leaving_and_tells_each_change(qtbot: QtBot) -> None:
    window, edit, other = QWidget(), AmountEdit(large=True), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(edit)
    column.addWidget(other)
    shown(qtbot, window)
    told: list[Decimal] = []
    edit.amount_changed.connect(told.append)
    edit.setFocus()
    QTest.keyClicks(edit, "20")
    other.setFocus()
    assert edit.text() == "20.00"
    edit.set_value(None)
    assert told == [Decimal("2.00"), Decimal("20.00"), Decimal("0.00")]


@given(st.decimals(min_value=0, max_value=Decimal("999999999.99"), places=2))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_amount_gives_back_what_was_set(qtbot: QtBot, amount: Decimal) -> None:
    edit = AmountEdit()
    edit.set_value(amount)
    assert edit.value() == amount


# --- counting ---


def test_enter_goes_down_the_count_and_finishes_at_its_end(qtbot: QtBot) -> None:
    grid = DenominationGrid()
    shown(qtbot, grid)
    grid.focus_first()
    finished: list[bool] = []
    grid.finished.connect(lambda: finished.append(True))
    for _piece in MXN_DENOMINATIONS:
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClicks(field, "2")
        assert not finished
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert finished == [True]
    wanted = sum((2 * piece.value for piece in MXN_DENOMINATIONS), Decimal(0))
    assert grid.total() == wanted
    assert grid.total_label.text() == f"${wanted:,.2f}"


def test_a_count_refuses_letters_and_can_be_shown_again(qtbot: QtBot) -> None:
    grid = DenominationGrid()
    shown(qtbot, grid)
    grid.focus_first()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "a-3.")
    assert next(iter(grid.counts().values())) == 3
    again = DenominationGrid()
    qtbot.addWidget(again)
    again.set_counts(grid.counts())
    assert again.counts() == grid.counts()
    assert again.total() == Decimal("3000.00")


# --- buttons ---


def test_a_button_follows_its_action(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    action = QAction("Cobrar", window)
    action.setShortcut("F12")
    pressed: list[bool] = []
    action.triggered.connect(lambda: pressed.append(True))
    button = KeyButton.for_action(action, "hand-coins", Kind.PRIMARY)
    qtbot.addWidget(button)
    assert button.key == "F12"
    assert button.accessibleDescription() == "Tecla F12"
    button.click()
    action.setEnabled(False)
    assert not button.isEnabled()
    button.click()
    assert pressed == [True]


def test_a_busy_button_cannot_be_pressed_twice(qtbot: QtBot) -> None:
    button = PrimaryButton("Registrar e imprimir", "printer", "Enter")
    qtbot.addWidget(button)
    pressed: list[bool] = []

    def press() -> None:
        pressed.append(True)
        button.set_busy("Registrando…")

    button.clicked.connect(press)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [True]
    button.set_busy("")
    assert button.isEnabled()


def test_enter_and_space_press_a_button(qtbot: QtBot) -> None:
    button = KeyButton("Abono", "coins", "F4")
    shown(qtbot, button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [True, True]


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("kind", list(Kind))
def test_the_focus_ring_can_be_seen_on_every_button(qtbot: QtBot, kind: Kind, mode: Mode) -> None:
    theme().choose(mode, 100)
    button = KeyButton("Cobrar", "hand-coins", "F12", kind)
    other = KeyButton("Otro")
    window = QWidget()
    row = QVBoxLayout(window)
    row.addWidget(button)
    row.addWidget(other)
    shown(qtbot, window)
    other.setFocus()
    before = button.grab().toImage()
    button.setFocus()
    assert button.grab().toImage() != before


def test_targets_are_large_enough(qtbot: QtBot) -> None:
    for kind in Kind:
        button = KeyButton("Sí", "check", kind=kind)
        qtbot.addWidget(button)
        assert button.minimumSizeHint().height() >= 24
    icon = IconButton("x", "Cerrar")
    qtbot.addWidget(icon)
    assert icon.sizeHint().width() >= 24
    assert icon.accessibleName() == "Cerrar"
    primary = PrimaryButton("Cobrar")
    qtbot.addWidget(primary)
    assert primary.sizeHint().height() >= 40


def test_labels_keep_their_size_and_grow_with_the_scale(qtbot: QtBot) -> None:
    label, figure = Label("Total", 20, 600, "soft"), FigureLabel(30)
    for each in (label, figure):
        shown(qtbot, each)
    label.set_role("danger")
    assert label.font().pixelSize() == 20
    theme().choose(Mode.LIGHT, 150)
    QApplication.processEvents()
    assert label.font().pixelSize() == 30
    assert figure.font().pixelSize() == 45
    figure.set_amount(Decimal("-3.5"))
    assert figure.text() == "−$3.50"


# --- choices ---


def test_segments_answer_to_their_keys(qtbot: QtBot) -> None:
    control = Segmented(
        [Segment("cash", "Efectivo", "banknote", "F2"), Segment("card", "Tarjeta", key="F3")],
        "Forma de pago",
    )
    shown(qtbot, control)
    chosen: list[str] = []
    control.chosen.connect(chosen.append)
    assert control.current() == "cash"
    QTest.keyClick(control, Qt.Key.Key_F3)
    assert (control.current(), chosen) == ("card", ["card"])
    control.set_allowed("cash", allowed=False)
    control.choose("cash")
    assert control.current() == "card"


# --- forms ---


def test_a_field_tells_what_is_wrong_on_leaving_and_keeps_what_was_typed(qtbot: QtBot) -> None:
    window, edit, other = QWidget(), QLineEdit(), QLineEdit()
    field = FormField(
        "&RFC",
        edit,
        required=True,
        check=lambda: "" if len(edit.text()) in (12, 13) else "El RFC debe tener 12 caracteres.",
    )
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(other)
    shown(qtbot, window)
    edit.setFocus()
    QTest.keyClicks(edit, "XAXX")
    assert not field.message.isVisible()
    other.setFocus()
    assert field.message.isVisible()
    assert edit.text() == "XAXX"
    assert edit.accessibleDescription() == "El RFC debe tener 12 caracteres."
    assert field.label.buddy() is edit
    assert "(obligatorio)" in field.label.text()
    assert not verify_all([field])
    assert edit.hasFocus()
    edit.setText("XAXX01010100")
    assert verify_all([field])
    assert not field.message.isVisible()


# --- what is told ---


def test_the_banner_tells_account_state_and_debt(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    facts = BannerFacts(
        "NÚÑEZ PEÑA, María",
        "Cuenta 10-04573-2",
        Decimal("1175.37"),
        (Pill("Activa", "ok", "circle-check"), Pill("Vencida", "danger", "triangle-alert")),
    )
    banner.show_account(facts)
    banner.show_account(facts)
    assert banner.debt.text() == "$1,175.37"
    assert banner.accessibleName() == ("NÚÑEZ PEÑA, María. Activa, Vencida. Adeudo total $1,175.37")
    badges = [badge for badge in banner.findChildren(PillBadge) if not badge.isHidden()]
    assert len(badges) == 2
    banner.clear()
    assert banner.isHidden()


def test_a_notice_stays_until_it_is_answered(qtbot: QtBot) -> None:
    window, strip = QWidget(), NoticeStrip()
    window.resize(600, 300)
    QVBoxLayout(window).addWidget(strip)
    shown(qtbot, window)
    acted: list[bool] = []
    notice = strip.tell(
        "warn",
        "printer",
        "Recibo registrado, falta imprimir",
        "Sin papel.",
        [NoticeAct("Reintentar", lambda: acted.append(True))],
    )
    button = notice.findChildren(KeyButton)[0]
    button.click()
    assert acted == [True]
    assert not notice.isHidden()
    with qtbot.waitSignal(notice.closed):
        notice.dismiss()
    assert strip.sizeHint().height() == 0


def test_a_toast_stands_in_the_corner(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(900, 600)
    shown(qtbot, window)
    toast = Toast(window, "ok", "circle-check", "Recibo C2-018835 registrado")
    window.resize(1000, 700)
    QApplication.processEvents()
    corner = toast.geometry().bottomRight()
    assert (window.width() - corner.x()) < 40
    assert (window.height() - corner.y()) < 60
    assert toast.width() <= 420


def test_the_next_toast_takes_the_place_of_the_one_before(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(900, 600)
    shown(qtbot, window)
    first = Toast(window, "ok", "circle-check", "Relevo C2-1: falta 1 renglón por responder")
    second = Toast(window, "ok", "circle-check", "Relevo C2-1: sin renglones pendientes")
    assert (first.isVisible(), second.isVisible()) == (False, True)


def test_a_pill_is_read_by_its_word(qtbot: QtBot) -> None:
    badge = PillBadge(Pill("Vencido", "danger", "triangle-alert"))
    qtbot.addWidget(badge)
    assert badge.accessibleName() == "Vencido"
    badge.set_pill(None)
    assert badge.isHidden()


def test_progress_counts_and_stops_once(qtbot: QtBot) -> None:
    progress = Progress("Generando recibos")
    shown(qtbot, progress)
    progress.advance(1240, 3000)
    assert progress.count.text() == "1,240 de 3,000"
    assert (progress.bar.value(), progress.bar.maximum()) == (1240, 3000)
    asked: list[bool] = []
    progress.cancel_requested.connect(lambda: asked.append(True))
    progress.cancel.click()
    progress.cancel.click()
    assert asked == [True]


def test_the_status_strip_drops_what_can_be_spared(qtbot: QtBot) -> None:
    strip = StatusStrip()
    server = strip.add(StatusItem("database", "Base de datos conectada", pressable=True))
    station = strip.add(StatusItem("monitor", "Caja 2 · Ventanilla 2"), spare=True)
    session = strip.add(StatusItem("clock", "", pressable=True))
    qtbot.addWidget(strip)
    strip.resize(1200, 30)
    strip.show()
    assert station.isVisible()
    assert not session.isVisible()
    session.say("Sesión abierta", "ok")
    assert session.isVisible()
    strip.resize(400, 30)
    assert not station.isVisible()
    assert server.isVisible()
    strip.resize(1200, 30)
    assert station.isVisible()


def test_the_rail_folds_and_shows_what_waits(qtbot: QtBot) -> None:
    rail = NavRail("Tehuacán Comercial", "Organismo Operador")
    qtbot.addWidget(rail)
    rail.add_section("cash", "Caja", "banknote", "Ctrl+4")
    rail.add_section("account", "Cuenta", "file-search", "Ctrl+2")
    asked: list[str] = []
    rail.section_requested.connect(asked.append)
    rail.set_badge("cash", 12)
    rail.set_current("cash")
    rail.resize(WIDE, 600)
    rail.show()
    assert rail.width() == WIDE
    wide = rail.grab()
    rail.set_folded(True)
    assert rail.width() == NARROW
    assert wide.toImage() != rail.grab().toImage()
    buttons = {button.text(): button for button in rail.findChildren(type(rail._buttons["cash"]))}
    assert buttons["Caja"].accessibleDescription() == "12 pendientes"
    assert buttons["Caja"].isChecked()
    buttons["Cuenta"].click()
    assert asked == ["account"]


def test_a_card_folds_its_tools_before_its_title(qtbot: QtBot) -> None:
    card = Card("Cargos por cobrar")
    tools = [
        KeyButton(text, "funnel", kind=Kind.GHOST) for text in ("&Filtrar", "&Excel", "&Todos")
    ]
    for tool in tools:
        card.add_tool(tool)
    card.set_note("9 de 10 seleccionados")
    qtbot.addWidget(card)
    card.resize(360, 200)
    card.show()
    assert card.width() == 360
    assert tools[0].width() < tools[0].sizeHint().width()
    assert tools[0].toolTip() == "Filtrar"
    assert card.title.width() >= card.title.sizeHint().width()


def test_an_empty_state_has_at_most_one_act(qtbot: QtBot) -> None:
    with_act = EmptyState(
        "inbox", "Sin cargos por cobrar", "Último pago: 14/05/2026.", "Ver historial"
    )
    without = EmptyState("inbox", "Nada")
    for state in (with_act, without):
        shown(qtbot, state)
    assert with_act.button.isVisible()
    assert not without.button.isVisible()
    without.say("search", "Busque una cuenta", "F3")
    assert (without.title.text(), without.text.text()) == ("Busque una cuenta", "F3")


def test_the_timeline_is_read_and_chosen(qtbot: QtBot) -> None:
    timeline = Timeline("Historia")
    timeline.show_events(
        [
            TimelineEvent("14/05/2026", "Pago", "Efectivo", "−$642.00", "banknote", "ok", 7),
            TimelineEvent("02/05/2026", "Recibo", value=8),
        ]
    )
    shown(qtbot, timeline)
    index = timeline.model().index(0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "14/05/2026, Pago, Efectivo, −$642.00"
    timeline.setCurrentIndex(timeline.model().index(1, 0))
    with qtbot.waitSignal(timeline.event_chosen) as caught:
        QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert caught.args == [8]
    assert not timeline.grab(timeline.rect().translated(QPoint(0, 0))).isNull()


def test_the_chart_can_be_read_without_seeing_it(qtbot: QtBot) -> None:
    chart = MiniChart("Consumo", "m³")
    chart.show_bars([Bar("may", Decimal(31)), Bar("jul", Decimal(28), estimated=True)])
    chart.resize(400, 200)
    shown(qtbot, chart)
    assert chart.accessibleName() == "Consumo (m³): may 31, jul 28 (estimada)"
    theme().choose(Mode.DARK, 100)
    QApplication.processEvents()
    image = chart.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, 400, 4) for y in range(0, 200, 4)}
    assert theme().tokens.accent.lower() in seen
