"""A picture of a window with the sheets that stand over it, as a person sees them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QApplication, QDialog, QWidget


def snapshot(window: QWidget) -> QPixmap:
    """Grab a window and paint its open dialogs where they stand."""
    picture = window.grab()
    painter = QPainter(picture)
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible() and widget.parentWidget() is window:
            place = window.mapFromGlobal(widget.mapToGlobal(QPoint(0, 0)))
            painter.drawPixmap(place, _transparent_grab(widget))
    painter.end()
    return picture


def _transparent_grab(widget: QWidget) -> QPixmap:
    ratio = widget.devicePixelRatio()
    pixmap = QPixmap(widget.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    children = QWidget.RenderFlag.DrawChildren
    widget.render(pixmap, QPoint(), QRegion(), children)
    return pixmap
