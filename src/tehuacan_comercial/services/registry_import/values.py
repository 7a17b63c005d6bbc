"""One cell read as the kind of value its field holds, or the Spanish reason why it cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .amounts import NotANumberError, read_number
from .cells import UNCACHED, Cell, as_text
from .dates import EPOCH, MONTHS, NotADateError, from_serial, read_date
from .fields import REGISTRY, FieldSpec
from .identity import BadValueError, read_curp, read_mail, read_phone, read_postal_code, read_rfc
from .mapping import ColumnMapping
from .texts import damaged, fold

Value = str | int | Decimal | date | frozenset[str] | None
LARGEST_AMOUNT = Decimal("9999999999.99")
_EXCEL_ERROR = re.compile(r"^#(N/A|¡?(REF|VALOR|VALUE|DIV/0|NULO|NULL|NUM)!|¿?(NOMBRE|NAME)\?)$")
_BECAME_DATE = re.compile(rf"^(\d{{1,2}}[-/ ])?({'|'.join(MONTHS)})[-/ ]?(\d{{2,4}})?$")
_COLONIA_KIND = re.compile(
    r"^(col|colonia|fracc|fraccionamiento|u\.? ?h|unidad habitacional|barrio|b)\.? +(?=\S)"
)
_SERVICE_MARKS = re.compile(r"\s*[,;/+&|-]\s*|\s+y\s+")
_CODES = {
    spec.name: {fold(word): code for word, code in spec.choices.items()} for spec in REGISTRY.specs
}


@dataclass(frozen=True)
class Surroundings:
    """What reading a value needs beside the cell. ``neighbourhoods``: folded → name, or None."""

    mapping: ColumnMapping
    today: date
    epoch: date = EPOCH
    neighbourhoods: Mapping[str, str] | None = None


def read_value(spec: FieldSpec, cell: Cell, around: Surroundings) -> Value:
    """The clean value of a filled cell.

    Raises:
        BadValueError: with the reason in Spanish.
    """
    if cell == UNCACHED:
        raise BadValueError(
            "La fórmula no tiene resultado guardado; abra el libro en Excel y guárdelo."
        )
    if isinstance(cell, str) and _EXCEL_ERROR.match(cell.upper()):
        raise BadValueError("La celda tiene un error de Excel; corrija la fórmula.")
    try:
        return _READERS[spec.kind](spec, cell, around)
    except (NotANumberError, NotADateError) as error:
        raise BadValueError(str(error)) from error


def _text(spec: FieldSpec, cell: Cell, _around: Surroundings) -> str:
    if isinstance(cell, date) or (isinstance(cell, str) and _BECAME_DATE.match(cell.casefold())):
        raise BadValueError("Excel lo convirtió en fecha; escríbalo como texto.")
    text = as_text(cell)
    if damaged(text):
        raise BadValueError("Se perdieron acentos o eñes; revise con qué codificación se exportó.")
    if len(text) > spec.longest:
        raise BadValueError(f"No puede tener más de {spec.longest} caracteres.")
    return text


def _account(_spec: FieldSpec, cell: Cell, around: Surroundings) -> str:
    width = around.mapping.account_width
    text = as_text(cell).replace(" ", "").upper()
    if isinstance(cell, date) or re.fullmatch(r"\d+([.,]\d+)?E\+?\d+", text):
        raise BadValueError("Excel cambió el número de cuenta por una fecha o notación científica.")
    if not re.fullmatch(r"[0-9A-Z]+([-/.][0-9A-Z]+)*", text):
        raise BadValueError("El número de cuenta sólo puede llevar dígitos, letras y guiones.")
    if len(text) > width:
        raise BadValueError(f"El número de cuenta no puede tener más de {width} caracteres.")
    if not text.strip("0"):
        raise BadValueError("El número de cuenta no puede ser cero.")
    return text.zfill(width) if text.isdigit() else text


def _serial(spec: FieldSpec, cell: Cell, _around: Surroundings) -> str:
    text = as_text(cell).replace(" ", "").upper()
    if isinstance(cell, date) or re.fullmatch(r"\d+[.,]\d*E\+?\d+", text):
        raise BadValueError("Excel cambió la serie por una fecha o notación científica.")
    if len(text) > spec.longest or not re.fullmatch(r"[0-9A-Z]+([-/.][0-9A-Z]+)*", text):
        raise BadValueError("La serie del medidor sólo puede llevar letras, dígitos y guiones.")
    return text


def _choice(spec: FieldSpec, cell: Cell, around: Surroundings) -> str:
    said = fold(as_text(cell))
    meant = fold(around.mapping.translations.get(spec.name, {}).get(said, said))
    codes = _CODES[spec.name]
    if meant in codes:
        return codes[meant]
    allowed = ", ".join(spec.choices)
    raise BadValueError(f"No se conoce este valor de «{spec.label}»; se admite: {allowed}.")


def _services(spec: FieldSpec, cell: Cell, around: Surroundings) -> frozenset[str]:
    words = around.mapping.translations.get(spec.name, {})
    said = as_text(cell).casefold()
    parts = [said] if fold(said) in words else _SERVICE_MARKS.split(said)
    meant = [word for part in map(fold, parts) for word in fold(words.get(part, part)).split()]
    unknown = [word for word in meant if word not in spec.choices]
    if unknown or not meant:
        raise BadValueError(f"No se conoce el servicio; se admite: {', '.join(spec.choices)}.")
    return frozenset(spec.choices[word] for word in meant)


def _neighbourhood(spec: FieldSpec, cell: Cell, around: Surroundings) -> str:
    text = _text(spec, cell, around)
    said = around.mapping.translations.get(spec.name, {}).get(fold(text), text)
    if around.neighbourhoods is None:
        return said
    for key in (fold(said), _COLONIA_KIND.sub("", fold(said))):
        if key in around.neighbourhoods:
            return around.neighbourhoods[key]
    raise BadValueError("La colonia no está en el catálogo; corríjala o agregue una traducción.")


def _catalogue(spec: FieldSpec, cell: Cell, around: Surroundings) -> str:
    """A word as the office says it; whether its catalogue has it is for the caller to check."""
    text = _text(spec, cell, around)
    return around.mapping.translations.get(spec.name, {}).get(fold(text), text)


def _date(spec: FieldSpec, cell: Cell, around: Surroundings) -> date:
    if isinstance(cell, Decimal):
        day = from_serial(int(cell), around.epoch)
    elif isinstance(cell, date):
        day = cell
    else:
        day = read_date(as_text(cell), around.mapping.dates, around.today, around.epoch)
    if day > around.today:
        raise BadValueError(f"La {spec.label} no puede ser posterior a hoy.")
    if day.year < 1900:
        raise BadValueError(f"La {spec.label} no puede ser anterior a 1900.")
    return day


def _money(_spec: FieldSpec, cell: Cell, around: Surroundings) -> Decimal:
    amount = _number(cell, around)
    if abs(amount) > LARGEST_AMOUNT:
        raise BadValueError("El importe es demasiado grande.")
    if amount * 100 % 1:
        raise BadValueError("El importe tiene más de dos decimales; redondéelo a centavos.")
    return amount.normalize() + Decimal("0.00")


def _count(_spec: FieldSpec, cell: Cell, around: Surroundings) -> int:
    number = _number(cell, around)
    if number != number.to_integral_value():
        raise BadValueError("Debe ser un número entero, sin decimales.")
    if not 0 <= number <= 999_999_999:
        raise BadValueError("No puede ser negativo ni tener más de 9 dígitos.")
    return int(number)


def _number(cell: Cell, around: Surroundings) -> Decimal:
    if isinstance(cell, date):
        raise NotANumberError("Hay una fecha donde debe ir un número.")
    if isinstance(cell, Decimal):
        return cell
    return read_number(as_text(cell), around.mapping.decimal)


def _rfc(_spec: FieldSpec, cell: Cell, around: Surroundings) -> str:
    return read_rfc(as_text(cell), around.mapping.rfc_check_digit)


_READERS: dict[str, Callable[[FieldSpec, Cell, Surroundings], Value]] = {
    "account": _account,
    "text": _text,
    "choice": _choice,
    "services": _services,
    "date": _date,
    "money": _money,
    "count": _count,
    "neighbourhood": _neighbourhood,
    "catalogue": _catalogue,
    "serial": _serial,
    "rfc": _rfc,
    "curp": lambda _spec, cell, _around: read_curp(as_text(cell)),
    "phone": lambda _spec, cell, _around: read_phone(as_text(cell)),
    "email": lambda _spec, cell, _around: read_mail(as_text(cell)),
    "postal": lambda _spec, cell, _around: read_postal_code(as_text(cell)),
}
