"""Readings by file: every fault with its line and reason, totals, twice the same, roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from tehuacan_comercial.assets import resource
from tehuacan_comercial.domain import refusals
from tehuacan_comercial.services.actor import Actor
from tehuacan_comercial.services.readings_import.fields import READINGS
from tehuacan_comercial.services.readings_import.loading import ReadingsService
from tehuacan_comercial.services.readings_import.plan import plan_readings
from tehuacan_comercial.services.readings_import.records import ReadingPlan, ReadingTotals
from tehuacan_comercial.services.readings_import.workbook import write_findings, write_sheet
from tehuacan_comercial.services.registry_import.mapping import load_mapping
from tests.support.server import TestServer
from tests.support.tariffs import random_rates, random_taxes, store_rates
from tests.support.town import STAFF, Town, build_town

PERIOD = "202609"
ACCOUNTS = 16
HEADER = "Cuenta,Medidor,Lectura anterior,Lectura,Fecha,Anomalía,Consumo"
ANOMALIES = (
    '[{"code": "CERRADA", "name": "Casa cerrada", "allows_missing": true},'
    ' {"code": "FUGA", "name": "Fuga en el medidor", "allows_missing": false},'
    ' {"code": "PEGADO", "name": "Medidor pegado", "allows_missing": false},'
    ' {"code": "OBSTACULO", "name": "Medidor obstruido", "allows_missing": true},'
    ' {"code": "ESTIMADA", "name": "Lectura estimada", "allows_missing": true}]'
)


@pytest.fixture
def town(any_server: TestServer, any_new_database: Callable[[], str]) -> Iterator[Town]:
    made = build_town(any_server, any_new_database(), accounts=ACCOUNTS)
    with made.admin() as connection:
        connection.execute(
            "INSERT INTO concept VALUES ('SAN', 'Saneamiento', 'service', NULL, 40,"
            " 'REVENUE_ALC', 'sanitation');"
            " UPDATE account_terms SET modality = 'metered';"
            " INSERT INTO meter (serial_number, digits) SELECT 'M-' || id, 4 FROM account;"
            " INSERT INTO meter_installation (meter_id, tap_id, initial_value, valid)"
            " SELECT m.id, a.tap_id, 1000, '[2020-01-01,)' FROM account a"
            " JOIN meter m ON m.serial_number = 'M-' || a.id WHERE a.id < 16;"
            " INSERT INTO meter_reading (account_id, period_code, meter_id, read_on,"
            " previous_value, value, consumption, kind) SELECT a.id, '202607', m.id, '2026-08-30',"
            " 1000, 1020, 20, 'actual' FROM account a JOIN meter m"
            " ON m.serial_number = 'M-' || a.id WHERE a.id < 16;"
            " INSERT INTO rule_set (kind, code, version, title, legal_basis, published_in, valid,"
            " is_demonstration, source_text, source_sha256) VALUES ('anomalies', 'A', '1', '', '',"
            " '', '[2020-01-01,)', true, '', '');"
            f" INSERT INTO office_setting SELECT id, 'anomalies', '{ANOMALIES}' FROM rule_set"
            " WHERE kind = 'anomalies'"
        )
    yield made
    made.close()


def service(town: Town, username: str = "memo") -> ReadingsService:
    actor = Actor(username, username, "", STAFF[username])
    return ReadingsService(town.sign_in(username), actor)


def numbers(town: Town) -> dict[int, str]:
    with town.admin() as connection:
        rows = connection.execute("SELECT id, account_number FROM account").fetchall()
    return {int(str(row[0])): str(row[1]) for row in rows}


def file_of(town: Town, folder: Path, *rows: str, encoding: str = "utf-8-sig") -> Path:
    """Rows as ``id,rest``: the account's number is put in its place."""
    known = numbers(town)
    lines = [HEADER]
    for row in rows:
        head, comma, rest = row.partition(",")
        lines.append(known.get(int(head), head) + comma + rest if head.isdigit() else row)
    file = folder / "lecturas.csv"
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return file


def plan(town: Town, file: Path, username: str = "memo") -> ReadingPlan:
    mapping = load_mapping(resource("import", "readings_mapping.toml"), READINGS)
    return plan_readings(file, mapping, service(town, username).sheet(PERIOD))


def stored(town: Town) -> list[tuple[object, ...]]:
    with town.admin() as connection:
        return connection.execute(
            "SELECT account_id, value, consumption, kind, anomaly, reader FROM meter_reading"
            " WHERE period_code = '202609' ORDER BY account_id"
        ).fetchall()


FAULTY = (
    "1,M-1,1020,1042,30/10/2026,,22",  # 2: good
    "2,M-2,1020,1100,30/10/2026,Fuga en el medidor,",  # 3: good, to be reviewed
    "3,M-3,,,30/10/2026,casa cerrada,",  # 4: good, to be estimated
    "77777777,M-9,,1040,30/10/2026,,",  # 5: no such account
    "4,M-5,,1040,30/10/2026,,",  # 6: another's meter
    "5,X-99,,1040,30/10/2026,,",  # 7: a meter nobody knows
    "6,M-6,,1040,30/11/2026,,",  # 8: out of the period (and in the future or not)
    "7,M-7,,1040,30/08/2026,,",  # 9: out of the period
    "8,M-8,,900,30/10/2026,,",  # 10: lower than the one before
    "9,M-9,,10400,30/10/2026,,",  # 11: does not fit
    "10,M-10,,,30/10/2026,,",  # 12: neither a reading nor a cause
    "11,M-11,,,30/10/2026,FUGA,",  # 13: no excuse
    "12,M-12,,1040,30/10/2026,Duende,",  # 14: unknown anomaly
    "13,M-13,1019,1040,30/10/2026,,",  # 15: another previous one
    "14,M-14,,1040,30/10/2026,,19",  # 16: another consumption
    "15,M-15,,1040,30/10/2026,,",  # 17: twice
    "15,M-15,,1041,30/10/2026,,",  # 18: twice
    "16,,,1040,30/10/2026,,",  # 19: no meter
    "1,M-1,,ochenta,30/10/2026,,",  # 20: no figure
    "2,M-2,,1100,30/10/2026,Lectura estimada,",  # 21: an estimate is no reading
    ",,,,,,",  # blank
)

REASONS = {
    5: "no está en el padrón", 6: "es de la cuenta", 7: "Si se cambió, registre",
    8: "", 9: "fuera del periodo", 10: "dado la vuelta", 11: "no cabe",
    12: "Falta la lectura", 13: "también debe ir la lectura", 14: "No se conoce la anomalía",
    15: "lectura anterior registrada es 1,020", 16: "hay 20 m³", 17: "renglón 18",
    18: "renglón 17", 19: "no tenía medidor", 20: "No es un número", 21: "no es una lectura",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_every_fault_has_its_line_column_and_reason(
    town: Town, tmp_path: Path, encoding: str
) -> None:
    found = plan(town, file_of(town, tmp_path, *FAULTY, encoding=encoding))
    assert {fault.line: fault.reason for fault in found.faults}.keys() == REASONS.keys()
    for fault in found.faults:
        assert REASONS[fault.line] in fault.reason, fault
        assert fault.column
    assert [(row.line, row.m3) for row in found.rows] == [(2, 22), (3, 80), (4, None)]
    assert [(review.line, review.average) for review in found.reviews] == [(3, 20)]
    assert found.blank_rows == 1
    book = tmp_path / "fallas.xlsx"
    write_findings(found, book)
    sheets = load_workbook(book)
    assert sheets.sheetnames == ["Fallas", "Por revisar", "Resumen"]
    assert sheets["Fallas"].max_row == len(found.faults) + 1
    assert [cell.value for cell in sheets["Fallas"][2]][:1] == [5]


def test_nothing_is_loaded_with_faults_or_with_other_totals(town: Town, tmp_path: Path) -> None:
    faulty = plan(town, file_of(town, tmp_path, *FAULTY))
    with pytest.raises(refusals.InvalidImport):
        service(town).load(faulty, faulty.totals)
    with pytest.raises(refusals.InvalidImport) as told:
        service(town).load(faulty, ReadingTotals(faulty.totals.rows, 1), leave_out_faulty=True)
    assert "Metros cúbicos: se esperaba 1" in told.value.problems[0]
    assert stored(town) == []
    done = service(town).load(faulty, faulty.totals, leave_out_faulty=True)
    assert (done.rows, done.m3, done.repeated) == (3, 102, False)
    assert stored(town) == [
        (1, 1042, 22, "actual", None, "memo"),
        (2, 1100, 80, "actual", "FUGA", "memo"),
        (3, None, None, "missing", "CERRADA", "memo"),
    ]


def test_the_same_file_again_changes_nothing(town: Town, tmp_path: Path) -> None:
    file = file_of(town, tmp_path, "1,M-1,,1042,30/10/2026,,", "2,M-2,,1030,30/10/2026,,")
    found = plan(town, file)
    service(town).load(found, ReadingTotals(2, 32))
    again = service(town, "paty").load(plan(town, file, "paty"), ReadingTotals(2, 32))
    assert (again.rows, again.m3, again.repeated, again.by) == (2, 32, True, "memo")
    with town.admin() as connection:
        acts = connection.execute(
            "SELECT actor, after ->> 'name', after ->> 'm3' FROM audit_entry"
            " WHERE table_name = 'meter_reading'"
        ).fetchall()
    assert acts == [("memo", "lecturas.csv", "32")]


def test_what_changed_meanwhile_loads_nothing(town: Town, tmp_path: Path) -> None:
    found = plan(
        town, file_of(town, tmp_path, "1,M-1,,1042,30/10/2026,,", "2,M-2,,1030,30/10/2026,,")
    )
    with town.admin() as connection:
        connection.execute("UPDATE meter SET serial_number = 'NUEVO' WHERE serial_number = 'M-2'")
    with pytest.raises(refusals.InvalidImport) as told:
        service(town).load(found, found.totals)
    assert "El medidor de la cuenta" in told.value.problems[0]
    assert stored(town) == []


def test_the_server_itself_counts_the_file(town: Town) -> None:
    """With psql and one's own password: dates of the period, no row twice, true totals."""
    row = {"account_id": 1, "value": 1042, "read_on": "2026-10-30", "serial": "M-1"}
    file = {"name": "x", "sha256": "y", "taken": 1, "m3": 22}
    database = town.sign_in("memo")

    def send(rows: list[dict[str, object]], **facts: object) -> None:
        told = {"period": PERIOD, "readings": rows, "file": {**file, **facts}}
        database.call("record_readings", told)

    with pytest.raises(refusals.AmountsDisagree):
        send([row], m3=21)
    with pytest.raises(refusals.AmountsDisagree):
        send([row], taken=2)
    with pytest.raises(refusals.InvalidCommand):
        send([{**row, "read_on": "2026-08-31"}])
    with pytest.raises(refusals.InvalidCommand):
        send([row, row])
    with pytest.raises(refusals.InvalidCommand):
        send([{**row, "serial": "M-2"}])
    assert stored(town) == []
    send([row])
    assert len(stored(town)) == 1


@pytest.mark.parametrize("username", sorted(set(STAFF) - {"paty", "memo", "gerente"}))
def test_only_metering_registry_and_manager_load(town: Town, username: str) -> None:
    with pytest.raises(refusals.NotPermitted):
        town.sign_in(username).call("record_readings", {"period": PERIOD, "readings": []})


@pytest.mark.parametrize("username", ["paty", "memo", "gerente"])
def test_those_who_may_can_read_what_the_checks_need(
    town: Town, tmp_path: Path, username: str
) -> None:
    found = plan(town, file_of(town, tmp_path, "1,M-1,,1042,30/10/2026,,"), username)
    done = service(town, username).load(found, ReadingTotals(1, 22))
    assert done.rows == 1
    assert stored(town)[0][-1] == username


def test_a_turned_meter_counts_on_and_is_to_be_reviewed(town: Town, tmp_path: Path) -> None:
    with town.admin() as connection:
        connection.execute("UPDATE meter_reading SET value = 9990 WHERE account_id = 1")
    found = plan(town, file_of(town, tmp_path, "1,M-1,,12,30/10/2026,,"))
    assert (found.faults, found.totals) == ((), ReadingTotals(1, 22))
    assert "dio la vuelta: de 9,990 a 12" in found.reviews[0].reason
    assert service(town).load(found, ReadingTotals(1, 22)).m3 == 22


def test_a_sheet_is_written_filled_loaded_and_billed(town: Town, tmp_path: Path) -> None:
    metering = service(town)
    route = metering.sheet(PERIOD).meters[0].route_code
    sheet = metering.sheet(PERIOD, route)
    file = tmp_path / "ruta.xlsx"
    assert write_sheet(sheet, route, file) == 15
    book = load_workbook(file)
    page = book["Lecturas"]
    titles = [cell.value for cell in page[3]]
    reading, day, anomaly = (titles.index(t) + 1 for t in ("LECTURA", "FECHA", "ANOMALÍA"))
    for row in range(4, 4 + 15):
        assert page.cell(row, titles.index("LECTURA ANTERIOR") + 1).value == 1020
        page.cell(row, day).value = "30/10/2026"
        page.cell(row, reading).value = 1040
    page.cell(4, reading).value = None
    page.cell(4, anomaly).value = "Casa cerrada"
    book.save(file)
    found = plan(town, file)
    assert found.faults == ()
    assert metering.load(found, ReadingTotals(15, 14 * 20)).rows == 15
    with town.admin() as connection:
        store_rates(connection, random_rates(Random(3)), random_taxes(Random(3)))
    done = town.sign_in("paty").call("bill_route", {"period": PERIOD}, deadline_seconds=60)
    assert sum(run["consumption"] for run in done["runs"]) == 14 * 20 + 20
    late = plan(town, file_of(town, tmp_path, "2,M-2,,1050,30/10/2026,,"))
    assert "ya está facturada" in late.faults[0].reason
    with pytest.raises(refusals.PeriodNotBillable):
        metering.sheet(PERIOD, "NO-HAY")
    with pytest.raises(refusals.PeriodNotBillable):
        metering.sheet("209901")
