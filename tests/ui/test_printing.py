from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from tehuacan_comercial.domain.refusals import PrinterTrouble
from tehuacan_comercial.ui.printing.jobs import STEPS, JobState, PrintJob
from tehuacan_comercial.ui.printing.preview import PreviewSheet
from tehuacan_comercial.ui.printing.printers import FolderPrinter, SystemPrinter
from tehuacan_comercial.ui.printing.render import render_pdf
from tehuacan_comercial.ui.printing.tray import PrintTray
from tehuacan_comercial.ui.printing.tray_sheet import TraySheet
from tehuacan_comercial.ui.tasks import Tasks

MM = Decimal(72) / Decimal("25.4")
THERMAL = (float(80 * MM), float(150 * MM))
HALF_LETTER = (612.0, 396.0)


def make_pdf(size: tuple[float, float], pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for page in range(pages):
        canvas.rect(10, 10, size[0] - 20, size[1] - 20, fill=1)
        canvas.drawString(20, size[1] - 20, f"DEMOSTRACIÓN {page}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class FakePrinter:
    """Fails as often as it is told, then prints."""

    def __init__(self, name: str, failures: int = 0) -> None:
        self.name, self.failures = name, failures
        self.printed: list[tuple[str, bytes, int]] = []

    def print_pdf(self, title: str, pdf: bytes, copies: int) -> str:
        if self.failures:
            self.failures -= 1
            raise PrinterTrouble(self.name, "no tiene papel")
        self.printed.append((title, pdf, copies))
        return self.name


@pytest.mark.parametrize("size", [THERMAL, HALF_LETTER], ids=["80x150 mm", "half letter"])
def test_pages_keep_their_exact_size_and_are_not_turned(
    qtbot: QtBot, tmp_path: Path, size: tuple[float, float]
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "hoja.pdf"))
    printer.setResolution(203)
    render_pdf(make_pdf(size, pages=2), printer)
    pages = PdfReader(tmp_path / "hoja.pdf").pages
    assert len(pages) == 2
    for page in pages:
        box = page.mediabox
        assert (float(box.width), float(box.height)) == pytest.approx(size, abs=1)


def test_what_is_drawn_fills_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    import pypdfium2

    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "hoja.pdf"))
    printer.setResolution(203)
    render_pdf(make_pdf(THERMAL), printer)
    with pypdfium2.PdfDocument(tmp_path / "hoja.pdf") as document:
        picture = document[0].render(scale=1).to_pil().convert("L")
    dark = picture.point(lambda level: 255 if level < 128 else 0).getbbox()
    assert dark is not None
    wanted = (10, 10, THERMAL[0] - 10, THERMAL[1] - 10)
    assert dark == pytest.approx(wanted, abs=2)


def test_bytes_that_are_no_pdf_are_trouble(qtbot: QtBot) -> None:
    with pytest.raises(PrinterTrouble):
        render_pdf(b"%PDF-1.4 nada", QPrinter())


def test_folder_printer_never_overwrites(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path / "año 2026" / "recibos")
    places = [printer.print_pdf("Recibo C2/018835", data, 1) for data in (b"one", b"two")]
    assert [Path(place).read_bytes() for place in places] == [b"one", b"two"]
    assert Path(places[0]).name == "Recibo C2-018835.pdf"


def test_folder_that_cannot_be_written_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(PrinterTrouble):
        FolderPrinter(tmp_path / "taken").print_pdf("Recibo", b"x", 1)


def test_a_printer_that_is_not_installed_is_trouble(qtbot: QtBot) -> None:
    with pytest.raises(PrinterTrouble) as caught:
        SystemPrinter("No existe").print_pdf("Recibo", make_pdf(THERMAL), 1)
    assert caught.value.printer == "No existe"


def test_steps_are_those_of_the_table() -> None:
    for start in JobState:
        for end in JobState:
            job = PrintJob("Recibo", b"", "T", state=start)
            if (start, end) in STEPS:
                assert job.step(end).state is end
            else:
                with pytest.raises(ValueError, match="→"):
                    job.step(end)


def _wait_for(qtbot: QtBot, tray: PrintTray, key: UUID, state: JobState) -> None:
    qtbot.waitUntil(lambda: tray.job(key).state is state)


def test_a_failed_sheet_is_retried_or_goes_to_another_printer(qtbot: QtBot, tasks: Tasks) -> None:
    broken, good = FakePrinter("Térmica", failures=2), FakePrinter("Láser")
    tray = PrintTray(tasks, {"Térmica": broken, "Láser": good})
    failed: list[PrintJob] = []
    tray.failed.connect(failed.append)
    key = tray.send("Recibo C2-018835", b"pdf", "Térmica", copies=2)
    _wait_for(qtbot, tray, key, JobState.FAILED)
    assert failed[0].problem == "no tiene papel"
    assert tray.waiting() == 1
    tray.retry(key)
    _wait_for(qtbot, tray, key, JobState.FAILED)
    tray.retry(key, "Láser")
    _wait_for(qtbot, tray, key, JobState.PRINTED)
    assert good.printed == [("Recibo C2-018835", b"pdf", 2)]
    assert tray.waiting() == 0
    with pytest.raises(ValueError, match="impreso"):
        tray.retry(key)


def test_a_printer_that_is_not_set_up_fails_kindly(qtbot: QtBot, tasks: Tasks) -> None:
    tray = PrintTray(tasks, {})
    key = tray.send("Recibo", b"pdf", "Matriz")
    _wait_for(qtbot, tray, key, JobState.FAILED)
    assert "configurada" in tray.job(key).problem


def test_sheets_leave_in_order(qtbot: QtBot, tasks: Tasks) -> None:
    printer = FakePrinter("Térmica")
    tray = PrintTray(tasks, {"Térmica": printer})
    for number in range(150):
        tray.send(f"Recibo {number}", b"", "Térmica")
    qtbot.waitUntil(lambda: len(printer.printed) == 150)
    assert [title for title, _pdf, _copies in printer.printed] == [
        f"Recibo {number}" for number in range(150)
    ]


def test_old_printed_sheets_are_forgotten_but_never_a_failed_one(
    qtbot: QtBot, tasks: Tasks
) -> None:
    printer = FakePrinter("Térmica", failures=1)
    tray = PrintTray(tasks, {"Térmica": printer})
    bad = tray.send("Falló", b"", "Térmica")
    _wait_for(qtbot, tray, bad, JobState.FAILED)
    for number in range(130):
        key = tray.send(f"Recibo {number}", b"", "Térmica")
        _wait_for(qtbot, tray, key, JobState.PRINTED)
    assert len(tray.jobs()) == 100
    assert tray.job(bad).state is JobState.FAILED


def test_the_tray_on_screen_retries_the_sheet_under_the_cursor(qtbot: QtBot, tasks: Tasks) -> None:
    printer = FakePrinter("Térmica", failures=1)
    tray = PrintTray(tasks, {"Térmica": printer})
    window = QWidget()
    qtbot.addWidget(window)
    sheet = TraySheet(window, tray)
    key = tray.send("Recibo", b"", "Térmica")
    _wait_for(qtbot, tray, key, JobState.FAILED)
    assert sheet.retry.isEnabled()
    sheet.retry.click()
    _wait_for(qtbot, tray, key, JobState.PRINTED)
    assert not sheet.retry.isEnabled()


def test_preview_shows_every_page(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sheet = PreviewSheet(window, "Recibo", make_pdf(HALF_LETTER, pages=3))
    assert sheet.page_count() == 3
