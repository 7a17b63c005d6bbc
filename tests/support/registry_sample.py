"""The sample registry: 200 accounts with 30 deliberate faults, as CSV and as Excel file.

Run as a program it writes both files anew: ``python -m tests.support.registry_sample``.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from stdnum.mx import curp as curp_rules
from stdnum.mx import rfc as rfc_rules
from xlsxwriter import Workbook

FOLDER = Path(__file__).parents[2] / "resources" / "import"
TODAY = date(2026, 11, 24)
ROWS = 200
TITLE = "PADRÓN DE USUARIOS (DEMOSTRACIÓN: personas y cuentas inventadas)"
HEADERS = (
    "CUENTA", "NOMBRE", "TIPO DE PERSONA", "RFC", "CURP", "TELÉFONO", "CORREO", "CALLE", "NÚM EXT",
    "NÚM INT", "COLONIA", "CP", "SECTOR", "RUTA", "MANZANA", "SECUENCIA", "USO", "ZONA",
    "MODALIDAD", "SERVICIOS", "MEDIDOR", "MARCA", "DÍGITOS", "FECHA INSTALACIÓN", "LECTURA",
    "FECHA LECTURA", "FECHA CONTRATO", "ESTADO", "SALDO", "ADEUDO DESDE", "SALDO A FAVOR",
)  # fmt: skip
NEIGHBOURHOODS = {
    "Tehuacán Centro": "75700", "Los Pinos": "75710", "San Nicolás Tetitzintla": "75710",
    "Niños Héroes": "75718", "La Huizachera": "75718", "Jardín": "75720", "El Palmar": "75726",
    "Emiliano Zapata": "75730", "La Joya": "75730", "Los Cipreses": "75740",
}  # fmt: skip
_DATES = ("FECHA INSTALACIÓN", "FECHA LECTURA", "FECHA CONTRATO", "ADEUDO DESDE")
_MONEY = ("SALDO", "SALDO A FAVOR")
_NUMBERS = ("SECUENCIA", "DÍGITOS", "LECTURA")
_SURNAMES = (
    "MUÑOZ", "HERNÁNDEZ", "LÓPEZ", "GARCÍA", "MARTÍNEZ", "PEÑA", "RAMÍREZ", "CARRERA", "TORRES",
    "ROSAS", "ZÁRATE", "FLORES", "CORTÉS", "MENDOZA", "SALAS",
)  # fmt: skip
_NAMES = (
    ("MARÍA", "M"), ("JOSÉ", "H"), ("ANA", "M"), ("LUIS", "H"), ("BEGOÑA", "M"), ("RAÚL", "H"),
    ("ELENA", "M"), ("TOMÁS", "H"), ("INÉS", "M"), ("DAVID", "H"),
)  # fmt: skip
_STREETS = ("INDEPENDENCIA", "REFORMA NORTE", "3 ORIENTE", "AV. 16 DE SEPTIEMBRE", "PASEO DEL RÍO")
_COMPANIES = ("PURIFICADORA", "TORTILLERÍA", "HOTEL", "LAVANDERÍA")
_PLAIN = str.maketrans("ÁÉÍÓÚÑ", "AEIOUX")

Account = dict[str, str]

PLANTED: dict[int, tuple[str, str]] = {
    4: ("CUENTA", ""),
    11: ("CUENTA", "1004"),  # the account of row 5, with its zeros lost
    17: ("CUENTA", "10*17"),
    23: ("CUENTA", "1234567890"),
    29: ("NOMBRE", ""),
    36: ("NOMBRE", "PEDRO MUÃ‘OZ SALAS"),
    42: ("RFC", "GODE561231GR0"),
    48: ("RFC", "GODE561231"),
    55: ("CURP", "BOXW310820HNERXN08"),
    61: ("CURP", "BOXW310820HNERXN0"),
    67: ("TELÉFONO", "23810474"),
    73: ("CORREO", "sin correo"),
    80: ("CALLE", ""),
    86: ("NÚM EXT", "12-may"),
    92: ("COLONIA", "VILLA INEXISTENTE"),
    98: ("CP", "757"),
    105: ("USO", "TEMPLO"),
    111: ("ZONA", "RURAL"),
    117: ("SERVICIOS", "AGUA, LUZ"),
    123: ("MEDIDOR", "M0000001"),  # the meter of row 1
    130: ("MEDIDOR", ""),
    136: ("FECHA LECTURA", ""),
    142: ("LECTURA", "123456"),
    148: ("FECHA CONTRATO", "31/02/2014"),
    155: ("FECHA LECTURA", "15/12/2027"),
    161: ("SALDO", "-350.00"),
    167: ("ADEUDO DESDE", ""),
    173: ("SALDO", "PENDIENTE"),
}
"""Account (counted from 0) → title and value that make it faulty: 28, and the two repeated ones."""


def accounts() -> list[Account]:
    """The 200 accounts as correct text, with the faults planted."""
    dice = random.Random(20261124)
    made = [_account(number, dice) for number in range(ROWS)]
    for number, (title, value) in PLANTED.items():
        made[number][title] = value
    return made


def _account(number: int, dice: random.Random) -> Account:
    company = number % 25 == 24
    metered = number % 3 != 2 or number in PLANTED
    account = dict.fromkeys(HEADERS, "")
    account |= _company(number) if company else _person(number, dice)
    account |= _place(number, dice) | _service(number, company, metered)
    if metered:
        account |= _meter(number, dice)
    return account | _money(number, dice)


def _company(number: int) -> Account:
    name = f"{_COMPANIES[number // 25 % len(_COMPANIES)]} DEMOSTRACIÓN {number} SA DE CV"
    stem = f"DEM{date(1990 + number % 30, 5, 17):%y%m%d}A1"
    return {"NOMBRE": name, "TIPO DE PERSONA": "MORAL", "RFC": stem + _rfc_digit(stem)}


def _person(number: int, dice: random.Random) -> Account:
    first, sex = _NAMES[number % len(_NAMES)]
    father, mother = dice.choice(_SURNAMES), dice.choice(_SURNAMES)
    born = date(1940, 1, 1) + timedelta(days=dice.randrange(21000))
    made = {"NOMBRE": f"{first} {father} {mother}", "TIPO DE PERSONA": "F"}
    if number % 2 == 0 and number not in PLANTED:
        made["CURP"] = _curp(first, sex, father, mother, born)
        stem = f"{made['CURP'][:10]}B2"
        made["RFC"] = stem + _rfc_digit(stem)
    if number % 3 == 0:
        made["TELÉFONO"] = f"238 {dice.randrange(100, 999)} {dice.randrange(1000, 9999)}"
    if number % 5 == 0:
        made["CORREO"] = f"cuenta{number}@ejemplo.mx"
    return made


def _curp(first: str, sex: str, father: str, mother: str, born: date) -> str:
    names = [name.translate(_PLAIN) for name in (father, mother, first)]
    vowel = next(letter for letter in names[0][1:] if letter in "AEIOU")
    inner = "".join(next(c for c in name[1:] + "X" if c not in "AEIOU") for name in names)
    stem = f"{names[0][0]}{vowel}{names[1][0]}{names[2][0]}"
    stem = stem if stem not in curp_rules._name_blacklist else stem[0] + "X" + stem[2:]
    bare = f"{stem}{born:%y%m%d}{sex}PL{inner}0"
    return bare + str(curp_rules.calc_check_digit(bare))


def _rfc_digit(stem: str) -> str:
    return str(rfc_rules.calc_check_digit(stem))


def _place(number: int, dice: random.Random) -> Account:
    name = dice.choice(list(NEIGHBOURHOODS))
    return {
        "CALLE": dice.choice(_STREETS), "NÚM EXT": str(dice.randrange(1, 3000)),
        "NÚM INT": "B" if number % 8 == 0 else "", "COLONIA": name.upper(),
        "CP": NEIGHBOURHOODS[name], "SECTOR": f"{number % 7 + 1:02d}",
        "RUTA": f"{number % 20 + 1:03d}", "MANZANA": f"{number // 10 + 1:03d}",
        "SECUENCIA": str(number * 10 + 10),
    }  # fmt: skip


def _service(number: int, company: bool, metered: bool) -> Account:
    states = {37: "RESTRINGIDO", 88: "SUSPENDIDA", 139: "CANCELADA", 190: "INCOBRABLE"}
    return {
        "CUENTA": f"{1000 + number - 1:08d}",
        "USO": "COMERCIAL" if company else "DOMÉSTICO",
        "ZONA": ("POPULAR", "MEDIA", "RESIDENCIAL")[number % 3],
        "MODALIDAD": "MEDIDO" if metered else "CUOTA FIJA",
        "SERVICIOS": "AGUA Y DRENAJE" if number % 4 else "TODOS",
        "FECHA CONTRATO": f"{date(2005, 1, 10) + timedelta(days=number * 11):%d/%m/%Y}",
        "ESTADO": states.get(number, "ACTIVO"),
    }


def _meter(number: int, dice: random.Random) -> Account:
    return {
        "MEDIDOR": f"M{number:07d}", "MARCA": dice.choice(("CICASA", "AZTECA", "DOROT")),
        "DÍGITOS": "5", "LECTURA": f"{dice.randrange(5, 9000):,}",
        "FECHA INSTALACIÓN": f"{date(2015, 3, 2) + timedelta(days=number * 9):%d/%m/%Y}",
        "FECHA LECTURA": f"{date(2026, 10, 1) + timedelta(days=number % 28):%d/%m/%Y}",
    }  # fmt: skip


def _money(number: int, dice: random.Random) -> Account:
    owed = dice.randrange(9000, 1_250_000)
    if number % 4 == 1 or number in (161, 167, 173):
        return {"SALDO": _pesos(owed), "ADEUDO DESDE": "01/03/2026"}
    return {"SALDO": "0.00", "SALDO A FAVOR": _pesos(owed // 40) if number % 19 == 0 else ""}


def _pesos(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d}"


def _sheet_rows() -> Iterator[tuple[int, list[str] | Account]]:
    """Row number (from 1) and content: title, header, accounts with interruptions, totals."""
    yield 1, [TITLE]
    yield 3, list(HEADERS)
    line = 4
    for number, account in enumerate(accounts()):
        if number == 100:  # as a printed page's break leaves it
            yield line + 1, list(HEADERS)
            line += 2
        yield line, account
        line += 1
    yield line, ["TOTAL", "200 cuentas"]


def csv_bytes() -> bytes:
    """The sample as Excel in Mexico saves it: Windows-1252, semicolons, zeros of accounts lost."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    written = 0
    for line, content in _sheet_rows():
        for _ in range(line - written - 1):
            writer.writerow([""] * len(HEADERS))
        cells = content if isinstance(content, list) else list(_with_lost_zeros(content).values())
        writer.writerow(cells + [""] * (len(HEADERS) - len(cells)))
        written = line
    return text.getvalue().encode("cp1252")


def _with_lost_zeros(account: Account) -> Account:
    odd = account["CUENTA"].isdigit() and int(account["CUENTA"]) % 2
    return account | ({"CUENTA": account["CUENTA"].lstrip("0")} if odd else {})


def xlsx_bytes() -> bytes:
    """The sample as a workbook with dates as days, as bare numbers and as text."""
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 11, 24, 12, 0, tzinfo=UTC)})
        sheet = book.add_worksheet("Padrón")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.set_column(0, len(HEADERS) - 1, 14)
        for line, content in _sheet_rows():
            heading = isinstance(content, list)
            texts = list(content) if isinstance(content, list) else list(content.values())
            for column, (title, text) in enumerate(zip(HEADERS, texts, strict=False)):
                if text:
                    value = text if heading else _excel_value(title, text, line)
                    style = day if isinstance(value, date) else None
                    sheet.write(line - 1, column, value, style)
    return target.getvalue()


def _excel_value(title: str, text: str, line: int) -> str | float | date:
    if title == "NÚM EXT" and text == "12-may":
        return date(2026, 5, 12)
    if title == "CUENTA" and text.isdigit() and line % 2:
        return int(text)
    if (title in _NUMBERS and line % 3) or title == "CP":
        return int(text.replace(",", ""))
    if title in _MONEY and line % 3 and text != "PENDIENTE":
        return float(text.replace(",", ""))
    if title in _DATES and line % 3:
        return _excel_day(text, bare=line % 3 == 2)
    return text + " " * (line % 2)


def _excel_day(text: str, *, bare: bool) -> str | int | date:
    try:
        moment = datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return text
    return (moment - date(1899, 12, 30)).days if bare else moment


def main() -> None:
    """Write both sample files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "ejemplo_padron.csv").write_bytes(csv_bytes())
    (FOLDER / "ejemplo_padron.xlsx").write_bytes(xlsx_bytes())


if __name__ == "__main__":
    main()
