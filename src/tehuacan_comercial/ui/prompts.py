"""The only place that waits for an answer: every blocking ``exec()`` of the program is here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from tehuacan_comercial.domain.refusals import Refusal, TroubleRefusal
from tehuacan_comercial.ui.messages import message_for
from tehuacan_comercial.ui.theme.theme import theme
from tehuacan_comercial.ui.widgets.buttons import KeyButton, Kind, PrimaryButton
from tehuacan_comercial.ui.widgets.form import FormField
from tehuacan_comercial.ui.widgets.sheet import ShadeDialog
from tehuacan_comercial.ui.widgets.text import Label


def run(dialog: QDialog) -> bool:
    """Open a dialog and wait; True when it was accepted.

    It is deleted once the event loop runs again, so what it holds is read at once. Qt deletes it:
    left to Python's collector, a dialog of many parts is taken apart in a wrong order and crashes.
    """
    accepted = dialog.exec() == int(QDialog.DialogCode.Accepted)
    dialog.deleteLater()
    return accepted


def technical_detail(refusal: Exception) -> str:
    """Class and facts of a refusal, for whoever is called to help."""
    facts = ", ".join(f"{name}={value!r}" for name, value in vars(refusal).items())
    return f"{type(refusal).__name__}({facts})"


class RefusalSheet(ShadeDialog):
    """Says no: what happened, what is safe, what to do; the technical part on demand.

    ``retry`` names the act that is offered; its icon says whether it tries again or asks somebody.
    """

    def __init__(
        self, parent: QWidget, refusal: Refusal, retry: str = "", icon: str = "refresh-cw"
    ) -> None:
        message = message_for(refusal)
        super().__init__(parent, message.title, width=520)
        self.body.addWidget(Label(message.what_happened, 14).wrapped())
        self.body.addWidget(Label(message.what_is_safe, 14, 600).wrapped())
        self.body.addWidget(Label(message.what_to_do, 14).wrapped())
        self._detail = _DetailBox(technical_detail(refusal))
        self.body.addWidget(self._detail)
        self.show_detail = KeyButton("Ver detalle técnico", "chevron-down", kind=Kind.LINK)
        self.show_detail.clicked.connect(self._toggle_detail)
        if not retry:
            main = PrimaryButton("Entendido", "check", "Enter")
            main.clicked.connect(self.reject)
            self.foot.addWidget(self.show_detail)
            self.foot.addStretch(1)
            self.foot.addWidget(main)
            self._main = main
        else:
            main = PrimaryButton(retry, icon, "Enter")
            main.clicked.connect(self.accept)
            self.add_foot(KeyButton("Cerrar", "x", "Esc"), main, self.show_detail)
        main.setFocus()

    def _toggle_detail(self) -> None:
        shown = not self._detail.isVisible()
        self._detail.setVisible(shown)
        self.show_detail.setText("Ocultar detalle" if shown else "Ver detalle técnico")
        self.show_detail.set_icon_name("chevron-up" if shown else "chevron-down")
        self.fit()


class _DetailBox(QWidget):
    """Text for a technician, with its copy button."""

    def __init__(self, text: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        box = QPlainTextEdit(text)
        box.setReadOnly(True)
        box.setAccessibleName("Detalle técnico")
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(theme().px(12))
        box.setFont(fixed)
        box.setFixedHeight(theme().px(90))
        copy = KeyButton("Copiar detalle", "copy", kind=Kind.LINK)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        column.addWidget(box)
        column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()


class ConfirmSheet(ShadeDialog):
    """Asks before what cannot be undone; the safe answer has the focus."""

    def __init__(
        self, parent: QWidget, title: str, text: str, act: str, keep: str, *, grave: bool
    ) -> None:
        super().__init__(parent, title, width=500)
        self.body.addWidget(Label(text, 14).wrapped())
        stay = KeyButton(keep, "undo-2", "Esc")
        kind = Kind.DANGER if grave else Kind.PRIMARY
        go = KeyButton(act, "triangle-alert" if grave else "check", kind=kind)
        go.clicked.connect(self.accept)
        self.add_foot(stay, go)
        self._main = stay
        stay.setFocus()


class TextSheet(ShadeDialog):
    """Asks for one text; ``check`` answers what is wrong with it, or nothing."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        label: str,
        act: str,
        *,
        check: Callable[[str], str],
        note: str = "",
        text: str = "",
    ) -> None:
        super().__init__(parent, title, note, width=500)
        self._edit = QLineEdit(text)
        self._field = FormField(label, self._edit, check=lambda: check(self.text()))
        self.body.addWidget(self._field)
        go = PrimaryButton(act, "check", "Enter")
        go.clicked.connect(self._finish)
        self.add_foot(KeyButton("Volver", "x", "Esc"), go)
        self._edit.setFocus()

    def text(self) -> str:
        """What was typed, without spaces around it."""
        return self._edit.text().strip()

    def _finish(self) -> None:
        if self._field.verify():
            self.accept()
        else:
            self._edit.setFocus()


def show_refusal(parent: QWidget, refusal: Refusal, retry: str = "") -> bool:
    """Tell a refusal; True when the person wants the act of ``retry`` (``Reintentar``).

    Only trouble offers a retry: what a rule forbids is not tried again.
    """
    offered = retry if isinstance(refusal, TroubleRefusal) else ""
    return run(RefusalSheet(parent, refusal, offered))


def confirm(
    parent: QWidget, title: str, text: str, *, act: str, keep: str, grave: bool = False
) -> bool:
    """Ask with two verbs, never with yes and no: ``act`` does it, ``keep`` is the safe one."""
    return run(ConfirmSheet(parent, title, text, act, keep, grave=grave))


def ask_text(
    parent: QWidget,
    title: str,
    label: str,
    *,
    act: str,
    check: Callable[[str], str] = lambda _text: "",
    note: str = "",
    text: str = "",
) -> str | None:
    """One line of text, or None when the person leaves."""
    sheet = TextSheet(parent, title, label, act, check=check, note=note, text=text)
    return sheet.text() if run(sheet) else None


REASON_LETTERS = 8
"""Shortest reason that says something."""


def ask_reason(parent: QWidget, title: str, *, act: str, note: str = "") -> str | None:
    """A written reason of at least a few words, or None."""

    def check(text: str) -> str:
        missing = REASON_LETTERS - len(text)
        return f"Explique el motivo; faltan al menos {missing} letras." if missing > 0 else ""

    return ask_text(parent, title, "&Motivo", act=act, check=check, note=note)


def ask_save_path(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Where to save a file, or None; ``kinds`` as Qt writes them: ``PDF (*.pdf)``."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(chosen) if chosen else None


def ask_open_path(parent: QWidget, title: str, folder: str, kinds: str) -> Path | None:
    """A file to read, or None; ``folder`` is where to begin looking."""
    chosen, _kind = QFileDialog.getOpenFileName(parent, title, folder, kinds)
    return Path(chosen) if chosen else None
