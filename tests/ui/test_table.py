from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView
from pytestqt.qtbot import QtBot

from tehuacan_comercial.ui.formats import day, figure
from tehuacan_comercial.ui.theme.theme import SCALES, Mode, theme
from tehuacan_comercial.ui.widgets.pill import Pill
from tehuacan_comercial.ui.widgets.table.column import Column
from tehuacan_comercial.ui.widgets.table.delegate import CellDelegate
from tehuacan_comercial.ui.widgets.table.model import ROW_ROLE, SORT_ROLE, RowModel
from tehuacan_comercial.ui.widgets.table.view import TableView


@dataclass(frozen=True)
class Item:
    number: int
    name: str
    due: date | None
    amount: Decimal


ITEMS = (
    Item(1, "Zárate", date(2026, 7, 15), Decimal("10.00")),
    Item(2, "álamo", None, Decimal("200.00")),
    Item(3, "Ñandú", date(2026, 5, 15), Decimal("30.50")),
    Item(4, "Núñez Peña", date(2026, 9, 15), Decimal("4.00")),
    Item(5, "Nava", date(2026, 9, 15), Decimal("1234.00")),
)

COLUMNS: tuple[Column[Item], ...] = (
    Column("Nombre", lambda row: row.name, stretch=True, weight=600),
    Column("Vence", lambda row: day(row.due), sort_key=lambda row: row.due),
    Column(
        "Estado",
        lambda row: "Vencido" if row.due else "Sin fecha",
        pill=lambda row: Pill("Vencido", "danger", "triangle-alert") if row.due else None,
    ),
    Column(
        "Importe",
        lambda row: figure(row.amount),
        sort_key=lambda row: row.amount,
        value=lambda row: row.amount,
        total=lambda row: row.amount,
        align="right",
        strike=lambda row: row.number == 1,
    ),
    Column("Clave", lambda row: str(row.number), optional=True),
)


def make_table(settings: QSettings | None = None, *, checkable: bool = True) -> TableView[Item]:
    table: TableView[Item] = TableView(
        "Cargos",
        COLUMNS,
        lambda row: row.number,
        checkable=checkable,
        settings=settings,
        group=lambda row: row.due,
        dimmed=lambda row: row.amount < 10,
    )
    table.set_rows(ITEMS)
    return table


@pytest.fixture
def table(qtbot: QtBot) -> TableView[Item]:
    made = make_table()
    qtbot.addWidget(made)
    made.resize(900, 400)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.grid.setFocus()
    return made


def _names(table: TableView[Item]) -> list[str]:
    return [row.name for row in table.model.shown_rows()]


def test_sorting_is_spanish_stable_and_puts_what_has_no_value_last(table: TableView[Item]) -> None:
    table.sort_by("Nombre")
    assert _names(table) == ["álamo", "Nava", "Núñez Peña", "Ñandú", "Zárate"]
    table.sort_by("Vence")
    assert [row.number for row in table.model.shown_rows()] == [3, 1, 4, 5, 2]
    table.sort_by("Importe", descending=True)
    assert [row.number for row in table.model.shown_rows()] == [5, 2, 3, 1, 4]


def test_the_cursor_stays_on_its_row(table: TableView[Item]) -> None:
    table.select(3)
    table.sort_by("Importe")
    current = table.current()
    assert current is not None
    assert current.number == 3
    table.set_rows([*ITEMS, Item(0, "Aa", None, Decimal(0))])
    assert table.current() == current


def test_a_row_that_goes_away_is_told(table: TableView[Item]) -> None:
    table.select(3)
    told: list[Item | None] = []
    table.current_changed.connect(told.append)
    table.set_rows([row for row in ITEMS if row.number != 3])
    assert told == [None]


def test_roles_give_row_sort_value_and_what_is_read_aloud(table: TableView[Item]) -> None:
    index = table.model.index(0, 4)
    assert index.data(ROW_ROLE) is ITEMS[0]
    assert index.data(SORT_ROLE) == (False, Decimal("10.00"))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Importe: 10.00"
    box = table.model.index(0, 0)
    assert box.data(Qt.ItemDataRole.AccessibleTextRole) == "Sin seleccionar"


def test_filter_ignores_accents_and_totals_follow_it(table: TableView[Item]) -> None:
    QTest.keyClick(table.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "PENA nu")
    assert _names(table) == ["Núñez Peña"]
    assert table.totals() == {"Importe": Decimal("4.00")}
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert len(_names(table)) == 5
    assert table.totals() == {"Importe": Decimal("1478.50")}
    assert table.grid.hasFocus()


def test_checks_header_and_space(qtbot: QtBot, table: TableView[Item]) -> None:
    assert table.model.header_state() is Qt.CheckState.Unchecked
    table.select(2)
    with qtbot.waitSignal(table.checked_changed):
        QTest.keyClick(table.grid, Qt.Key.Key_Space)
    assert [row.number for row in table.checked()] == [2]
    assert table.model.header_state() is Qt.CheckState.PartiallyChecked
    header = table.header.viewport()
    place = QPoint(table.header.sectionViewportPosition(0) + 20, 15)
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=place)
    assert len(table.checked()) == 5
    QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=place)
    assert table.checked() == ()
    table.check_where(lambda row: row.due is not None)
    assert [row.number for row in table.checked()] == [1, 3, 4, 5]


def test_a_press_in_the_box_checks_and_elsewhere_does_not(table: TableView[Item]) -> None:
    for column, expected in ((1, ()), (0, (ITEMS[2],))):
        place = table.grid.visualRect(table.model.index(2, column)).center()
        QTest.mouseClick(table.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert table.checked() == expected


def test_checks_survive_a_reload_but_not_their_row(table: TableView[Item]) -> None:
    table.check_where(lambda row: row.number in (1, 2))
    told: list[int] = []
    table.checked_changed.connect(lambda: told.append(len(table.checked())))
    table.set_rows(ITEMS[1:])
    assert [row.number for row in table.checked()] == [2]
    assert told == [1]


def test_copy_is_tab_separated_with_its_header(table: TableView[Item]) -> None:
    table.select(1)
    QTest.keyClick(table.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "Nombre\tVence\tEstado\tImporte\nZárate\t15/07/2026\tVencido\t10.00"
    )


def test_export_gives_values_of_what_is_shown(qtbot: QtBot, table: TableView[Item]) -> None:
    table.model.set_filter(1, "na")
    with qtbot.waitSignal(table.export_requested) as caught:
        QTest.keyClick(table.grid, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    sheet = caught.args[0]
    assert sheet.headers == ("Nombre", "Vence", "Estado", "Importe")
    assert {row[3] for row in sheet.rows} == {Decimal("30.50"), Decimal("4.00"), Decimal("1234.00")}


def test_columns_can_be_chosen_and_widths_are_remembered(qtbot: QtBot, settings: QSettings) -> None:
    first = make_table(settings)
    qtbot.addWidget(first)
    first.show()
    assert first.header.isSectionHidden(5)
    columns = next(each.menu() for each in first.menu.actions() if each.text() == "Columnas")
    columns.actions()[4].trigger()  # type: ignore[attr-defined]
    first.header.resizeSection(2, 177)
    second = make_table(settings)
    qtbot.addWidget(second)
    assert not second.header.isSectionHidden(5)
    assert second.header.sectionSize(2) == 177
    assert second.export_sheet().headers[-1] == "Clave"


def test_rows_are_high_enough_at_every_scale(qtbot: QtBot) -> None:
    for scale in SCALES:
        theme().choose(Mode.LIGHT, scale)
        table = make_table()
        qtbot.addWidget(table)
        assert table.grid.rowHeight(0) >= 30 * scale // 100


def test_an_empty_table_says_so_and_a_filtered_one_keeps_its_filter(
    table: TableView[Item],
) -> None:
    assert table.grid.isVisible()
    table.model.set_filter(1, "nadie")
    assert table.grid.isVisible()
    table.set_rows([])
    assert not table.grid.isVisible()


def test_what_a_cell_has_no_room_for_is_told_under_the_pointer(table: TableView[Item]) -> None:
    lines, grid = table.grid.itemDelegate(), table.grid
    assert isinstance(lines, CellDelegate)
    cells = [grid.model().index(0, at) for at in (1, 3)]
    assert [lines.hidden_text(grid, cell) for cell in cells] == ["", ""]
    table.header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
    for at in (1, 3):
        table.header.resizeSection(at, 40)
    assert [lines.hidden_text(grid, cell) for cell in cells] == ["Zárate", "Vencido"]


def test_an_act_on_the_row_has_menu_and_key(table: TableView[Item]) -> None:
    acted: list[Item] = []
    table.add_row_action("Reimprimir", acted.append, "Ctrl+R")
    table.set_rows([])
    QTest.keyClick(table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert acted == []
    table.set_rows(ITEMS)
    table.grid.setFocus()
    table.select(4)
    QTest.keyClick(table.grid, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert [row.number for row in acted] == [4]
    assert table.menu.actions()[0].text() == "Reimprimir"


def test_the_menu_orders_both_ways_without_a_mouse(table: TableView[Item]) -> None:
    sorting = next(each.menu() for each in table.menu.actions() if each.text() == "Ordenar por")
    by_amount = sorting.actions()[3]  # type: ignore[attr-defined]
    seen = []
    for _time in range(2):
        by_amount.trigger()
        seen.append([row.number for row in table.model.shown_rows()])
    assert seen == [[4, 1, 3, 2, 5], [5, 2, 3, 1, 4]]


def test_enter_activates_the_row(qtbot: QtBot, table: TableView[Item]) -> None:
    table.select(5)
    with qtbot.waitSignal(table.row_activated) as caught:
        QTest.keyClick(table.grid, Qt.Key.Key_Return)
    assert caught.args == [ITEMS[4]]


def test_tab_leaves_the_table(table: TableView[Item]) -> None:
    assert not table.grid.tabKeyNavigation()


def test_it_is_painted_in_both_schemes(qtbot: QtBot) -> None:
    for mode in (Mode.LIGHT, Mode.DARK):
        theme().choose(mode, 100)
        table = make_table()
        qtbot.addWidget(table)
        table.resize(900, 400)
        table.sort_by("Importe")
        table.check_where(lambda row: row.number == 1)
        image = table.grab().toImage()
        colours = {image.pixelColor(x, 60).name() for x in range(0, image.width(), 3)}
        assert len(colours) > 3


@given(
    st.lists(
        st.tuples(st.integers(), st.text(), st.decimals(allow_nan=False)), unique_by=lambda t: t[0]
    )
)
def test_any_rows_sort_without_loss(rows: list[tuple[int, str, Decimal]]) -> None:
    items = [Item(number, name, None, amount) for number, name, amount in rows]
    model: RowModel[Item] = RowModel(COLUMNS, lambda row: row.number)
    model.set_rows(items)
    for column in (0, 3):
        model.sort(column, Qt.SortOrder.DescendingOrder)
        assert sorted(row.number for row in model.shown_rows()) == sorted(
            item.number for item in items
        )
    amounts = [row.amount for row in model.shown_rows()]
    assert amounts == sorted(amounts, reverse=True)
