"""The office tools on a fresh machine: from an empty folder to a town, verified and restored."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import make_url

from tehuacan_comercial.admin.access import Access, open_office
from tehuacan_comercial.admin.run import run
from tehuacan_comercial.config import Secrets
from tehuacan_comercial.config.paths import HOME_VARIABLE
from tehuacan_comercial.data.embedded import EmbeddedCluster
from tehuacan_comercial.data.queries.tariffs import office_today
from tehuacan_comercial.domain.calendar import BillingPeriod, period_containing
from tehuacan_comercial.services.readings_import.loading import ReadingsService
from tests.support import registry_sample as sample

PASSWORD = "agua-limpia-2026"
TOTALS = ["--rows", "200", "--balance", "361454.56", "--credit", "1779.67"]


@dataclass(frozen=True)
class Said:
    """What one command answered."""

    code: int
    out: str
    err: str


Tool = Callable[..., Said]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A machine's folder with an installed database, whose server runs for the whole module."""
    folder = tmp_path_factory.mktemp("oficina ñ")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(folder))
        for name in ("TEHUACAN_PASSWORD", "TEHUACAN_USER", "TEHUACAN_SERVER"):
            patch.delenv(name, raising=False)
        cluster = EmbeddedCluster(folder / "postgresql", Secrets())
        cluster.start()
        yield folder
        cluster.stop()


@pytest.fixture
def tool(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tool:
    """Runs a command of the tools in this process."""

    def call(*arguments: str, stdin: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = run(arguments)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return call


@pytest.fixture
def installed(tool: Tool) -> Tool:
    """The tools after ``init``; a second ``init`` changes nothing."""
    said = tool(
        "init", "--administrator", "raul.nieto", "--full-name", "Raúl Nieto", "--password-stdin",
        stdin=PASSWORD + "\n",
    )  # fmt: skip
    assert said.code == 0, said.err
    return tool


def test_init_installs_rules_and_one_administrator(installed: Tool) -> None:
    listed = installed("staff", "list")
    assert listed.code == 0
    assert "raul.nieto" in listed.out
    assert "1 persona." in listed.out
    again = installed("init", "--administrator", "otra.persona", "--full-name", "Otra")
    assert again.code == 0
    assert "no se dio de alta a nadie" in again.out


def test_upgrade_says_the_revision(installed: Tool) -> None:
    assert "al día" in installed("upgrade").out


def test_the_administrator_adds_changes_and_disables_people(
    installed: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEHUACAN_PASSWORD", PASSWORD)
    me = ("--user", "raul.nieto")
    add = ("staff", "add", "lola.mora", "--job", "cashier", "--full-name", "Lola Mora")
    assert installed(*me, *add, "--password-stdin", stdin="otra-clave-2026\n").code == 0
    twice = installed(*me, *add, "--password-stdin", stdin="otra-clave-2026\n")
    assert twice.code == 1
    assert "lola.mora" in twice.err
    password = ("staff", "password", "lola.mora", "--password-stdin")
    assert installed(*me, *password, stdin="tercera-clave-2026\n").code == 0
    assert installed(*me, "staff", "disable", "lola.mora").code == 0
    assert installed(*me, "staff", "disable", "raul.nieto").code == 1
    assert "de baja" in installed("staff", "list").out


def test_short_passwords_and_unknown_jobs_are_refused(installed: Tool) -> None:
    add = ("staff", "add", "ana.paz", "--full-name", "Ana Paz", "--password-stdin", "--job")
    short = installed(*add, "counter", stdin="corta\n")
    assert (short.code, "10 caracteres" in short.err) == (1, True)
    unknown = installed(*add, "jefe", stdin=PASSWORD)
    assert (unknown.code, "cashier (Caja)" in unknown.err) == (1, True)
    assert "ana.paz" not in installed("staff", "list").out


def test_a_wrong_password_is_told_in_spanish(
    installed: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEHUACAN_PASSWORD", "no-es-esa")
    said = installed("--user", "raul.nieto", "staff", "list")
    assert said.code == 1
    assert "contraseña" in said.err


def test_bank_accounts(installed: Tool) -> None:
    names = ("--bank", "BBVA", "--name", "Ingresos")
    wrong = installed("bank", "add", "BBVA", *names, "--clabe", "012650001000000011")
    assert wrong.code == 1
    assert "no es una CLABE" in wrong.err
    assert installed("bank", "add", "BBVA", *names, "--clabe", "012 650 00100000001 0").code == 0
    assert "012650001000000010" in installed("bank", "list").out


def test_stations_and_tills(installed: Tool) -> None:
    nowhere = installed("till", "add", "C9", "--name", "Caja 9", "--station", "E99")
    assert (nowhere.code, "No hay una estación E99" in nowhere.err) == (1, True)
    assert installed("station", "add", "E9", "--name", "Estación 9").code == 0
    assert installed("till", "add", "C9", "--name", "Caja 9", "--station", "E9").code == 0
    assert "C9     Caja 9" in installed("till", "list").out
    wrong = installed(
        "till", "add", "C9", "--name", "Caja 9", "--station", "E9", "--opening-float", "mucho"
    )
    assert (wrong.code, "«mucho»" in wrong.err) == (1, True)


def test_rules_again_change_nothing_and_wrong_ones_are_told_by_line(
    installed: Tool, tmp_path: Path
) -> None:
    from tehuacan_comercial.assets import resource

    again = installed("load-rules", str(resource("rules")))
    assert (again.code, again.out.count("ya estaba cargada") > 5) == (0, True)
    broken = tmp_path / "tarifa.toml"
    broken.write_text('kind = "tariff"\ncode = 7\n', encoding="utf-8")
    said = installed("load-rules", str(broken))
    assert said.code == 1
    assert "línea 2" in said.err


def test_a_registry_is_checked_refused_and_loaded(installed: Tool, tmp_path: Path) -> None:
    file = str(sample.FOLDER / "ejemplo_padron.csv")
    book = tmp_path / "fallas.xlsx"
    checked = installed("import-registry", file, "--dry-run", "--faults", str(book))
    assert checked.code == 1
    assert "200 cuentas, $361,454.56" in checked.out
    assert load_workbook(book)["Fallas"].max_row > 20
    assert "diga los totales" in installed("import-registry", file).err
    wrong = installed("import-registry", file, "--skip-faulty", *TOTALS[:2], "--balance", "1.00")
    assert (wrong.code, "se esperaba 1.00" in wrong.err) == (1, True)
    faulty = installed("import-registry", file, *TOTALS)
    assert faulty.code == 1
    loaded = installed("import-registry", file, *TOTALS, "--skip-faulty")
    assert loaded.code == 0, loaded.err
    assert "Se cargaron" in loaded.out
    assert installed("verify").code == 0
    refused = installed("demo", "--accounts", "10")
    assert refused.code == 1


def test_a_backup_is_tried_and_restored(installed: Tool, tmp_path: Path) -> None:
    file = tmp_path / "respaldo.dump"
    assert installed("backup", str(file)).code == 0
    assert installed("station", "add", "E8", "--name", "Después del respaldo").code == 0
    tried = installed("restore", str(file), "--try")
    assert (tried.code, "está completo" in tried.out) == (0, True), tried.err
    assert "Después" in installed("station", "list").out
    restored = installed("restore", str(file))
    assert restored.code == 0, restored.err
    assert "Después" not in installed("station", "list").out
    file.write_bytes(b"esto no es un respaldo")
    broken = installed("restore", str(file))
    assert broken.code == 3
    assert installed("verify").code == 0


def test_a_demonstration_is_billed_printed_and_verified(
    tool: Tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "pueblo"))
    built = tool("demo", "--accounts", "40", "--seed", "3", "--fast")
    assert built.code == 0, built.err
    assert "DEMOSTRACIÓN: 40 cuentas, 2 periodos" in built.out
    assert "Demostracion-2026" in built.out
    assert "cuenta interna" in built.err
    cluster = EmbeddedCluster(tmp_path / "pueblo" / "postgresql", Secrets(tmp_path / "pueblo"))
    assert not cluster.is_running()  # nobody used it, so it was stopped again
    cluster.start()  # the rest is faster with the server left running
    try:
        _bill_and_verify(tool, tmp_path)
    finally:
        cluster.stop()


def _bill_and_verify(tool: Tool, folder: Path) -> None:
    period = period_containing(_office_today())  # any that is not billed yet
    opened = tool("open-period", "--period", period.code)
    said = f"Se abrió el periodo {period.name}" in opened.out
    assert (opened.code, said) == (0, True), opened.err
    assert "Ya estaba abierto" in tool("open-period", "--period", period.code).out
    _read_by_file(tool, folder, period)
    billed = tool("bill", "--period", period.code, "--pdf", str(folder / "recibos"))
    assert billed.code == 0, billed.err
    files = sorted((folder / "recibos").glob(f"recibos-{period.code}-*.pdf"))
    assert files
    assert all(file.read_bytes().startswith(b"%PDF") for file in files)
    assert "ya estaban facturadas" in tool("bill", "--period", period.code).out
    assert tool("bill", "--period", "209901").code == 1
    assert tool("bill", "--period", "septiembre").code == 1
    again = tool("accrue-surcharges")
    assert (again.code, ": 0 cargos" in again.out) == (0, True)
    assert tool("accrue-surcharges", "--through", "2099-01-01").code == 1
    assert tool("verify").code == 0
    assert tool("demo").code == 1


def _read_by_file(tool: Tool, folder: Path, period: BillingPeriod) -> None:
    """A route's sheet is written, filled in with 20 m³ each, tried, refused, loaded, repeated."""
    file = folder / "lecturas.xlsx"
    asked = ("readings", str(file), "--period", period.code)
    assert tool(*asked, "--template", "NO-HAY").code == 1
    route = _a_route(period.code)
    assert tool(*asked, "--template", route).code == 0
    book = load_workbook(file)
    page = book["Lecturas"]
    rows = page.max_row - 3
    for row in range(4, page.max_row + 1):
        page.cell(row, 7).value = int(str(page.cell(row, 5).value)) + 20
        page.cell(row, 8).value = period.first_day
    book.save(file)
    tried = tool(*asked, "--dry-run", "--faults", str(folder / "fallas.xlsx"))
    assert (tried.code, "Sin fallas" in tried.out) == (0, True), tried.err
    assert "diga los totales" in tool(*asked).err
    wrong = tool(*asked, "--rows", str(rows), "--m3", "1")
    assert (wrong.code, "Metros cúbicos: se esperaba 1" in wrong.err) == (1, True)
    totals = ("--rows", str(rows), "--m3", str(20 * rows))
    loaded = tool(*asked, *totals)
    assert (loaded.code, "Se cargaron" in loaded.out) == (0, True), loaded.err
    assert "ya estaba cargado" in tool(*asked, *totals).out


def _office_today() -> date:
    """The server's day: this machine's is another one for a quarter of the night."""
    with open_office(Access()) as office, office.database.read() as connection:
        return office_today(connection)


def _a_route(period: str) -> str:
    """Some route of the town that has meters."""
    with open_office(Access()) as office:
        meters = ReadingsService(office.database, office.actor).sheet(period).meters
    return next(meter.route_code for meter in meters if meter.serial)


def test_an_office_server_is_installed_by_its_address(
    tool: Tool, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = EmbeddedCluster(home / "postgresql", Secrets())
    cluster.ensure_database("oficina")
    keeper = make_url(cluster.superuser_url("oficina"))
    address = f"postgresql://{keeper.host}:{keeper.port}/oficina"
    server = ("--server", address, "--sslmode", "disable")
    nobody = tool(*server, "upgrade")
    assert (nobody.code, "--user" in nobody.err) == (1, True)
    monkeypatch.setenv("TEHUACAN_PASSWORD", str(keeper.password))
    login = (*server, "--user", str(keeper.username))
    before = tool(*login, "verify")
    assert before.code == 1  # no schema yet: it says to upgrade
    first = ("--administrator", "ana.luna", "--full-name", "Ana Luna", "--password-stdin")
    installed = tool(*login, "init", *first, stdin=PASSWORD + "\n")
    assert installed.code == 0, installed.err
    assert "Esquema de la base «oficina»" in installed.out
    assert tool(*login, "verify").code == 0
    monkeypatch.setenv("TEHUACAN_PASSWORD", PASSWORD)
    listed = tool(*server, "--user", "ana.luna", "staff", "list")
    assert (listed.code, "ana.luna" in listed.out) == (0, True), listed.err
    nowhere = tool("--server", "postgresql://127.0.0.1:9/x", "--user", "ana.luna", "verify")
    assert nowhere.code == 3


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["inventada"], "No existe la orden"),
        (["verify", "--todo"], "No existe la opción --todo"),
        (["bill"], "Falta --period"),
        (["demo", "--accounts", "muchas"], "El valor de --accounts no sirve"),
    ],
)
def test_a_wrong_command_line_is_code_2(tool: Tool, arguments: list[str], sentence: str) -> None:
    said = tool(*arguments)
    assert said.code == 2
    assert sentence in said.err


def test_without_a_database_the_tools_say_what_to_do(
    tool: Tool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "otra"))
    said = tool("verify")
    assert (said.code, "tehuacan-admin init" in said.err) == (1, True)
    assert not (tmp_path / "otra").exists()


def test_the_help_is_spanish_and_needs_neither_qt_nor_the_database() -> None:
    program = (
        "import sys\nfrom tehuacan_comercial.admin.run import run\ncode = run(['--help'])\n"
        "import tehuacan_comercial.ui.messages\n"
        "bad = {'PySide6', 'sqlalchemy', 'psycopg', 'reportlab', 'faker'}\n"
        "print('loaded:', sorted(bad & set(sys.modules)), code)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "loaded: [] 0" in said
    for word in ("Uso:", "Opciones", "Órdenes", "Muestra esta ayuda"):
        assert word in said


@pytest.mark.parametrize("command", [("import-registry",), ("readings",), ("staff", "add"), ()])
def test_the_help_is_spanish_to_the_last_word(tool: Tool, command: tuple[str, ...]) -> None:
    said = tool(*command, "--help")
    assert said.code == 0
    for english in ("<str>", "<int", "<path>", "<bool>", "Usage", "OPTIONS", "required", "default"):
        assert english not in said.out
