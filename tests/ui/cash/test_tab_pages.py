from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tehuacan_comercial.ui.cash.pages import TabPages


def test_only_the_page_in_front_asks_for_room(qtbot: QtBot) -> None:
    pages = TabPages()
    qtbot.addWidget(pages)
    for height in (120, 900):
        page = QWidget()
        page.setMinimumHeight(height)
        pages.addWidget(_holder(page))
    assert pages.minimumSizeHint().height() < 900
    pages.setCurrentIndex(1)
    assert pages.minimumSizeHint().height() >= 900


def _holder(page: QWidget) -> QWidget:
    holder = QWidget()
    QVBoxLayout(holder).addWidget(page)
    return holder
