"""The Qt application of the house: font, theme, Spanish dialogs and dates."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from tehuacan_comercial.ui.theme.choices import stored_mode, stored_scale
from tehuacan_comercial.ui.theme.theme import Mode, theme


def dress(application: QApplication, mode: Mode = Mode.SYSTEM, scale: int = 100) -> None:
    """Put on font, colours and Mexico's Spanish; safe to call again."""
    QLocale.setDefault(QLocale(QLocale.Language.Spanish, QLocale.Country.Mexico))
    if application.findChild(QTranslator, "qtbase_es") is None:
        translator = QTranslator(application)
        translator.setObjectName("qtbase_es")
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load("qtbase_es", folder):
            application.installTranslator(translator)
    theme().install(application, mode, scale)


def make_application(arguments: list[str], settings: QSettings) -> QApplication:
    """The application of this process, dressed as the station chose."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(arguments)
    application.setApplicationName("Tehuacán Comercial")
    application.setApplicationDisplayName("Tehuacán Comercial")
    dress(application, stored_mode(settings), stored_scale(settings))
    return application
