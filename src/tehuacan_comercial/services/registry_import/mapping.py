"""The column mapping: which column of the user's file is which field of ours, from TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from tehuacan_comercial.domain.refusals import InvalidImport
from .fields import BY_KEY
from .texts import fold

DecimalStyle = Literal["auto", "punto", "coma"]
_TOP = {"archivo", "columnas", "constantes", "traducciones"}
_FILE = {
    "hoja": str, "renglon_encabezado": int, "codificacion": str, "separador": str,
    "ancho_cuenta": int, "decimales": str, "fechas": list, "opcionales": list,
    "digito_verificador_rfc": bool,
}  # fmt: skip
_ENCODINGS = ("", "utf-8", "cp1252", "cp850", "utf-16")
_DATE_TOKENS = re.compile(r"^(?=.*d)(?=.*m)(?=.*a)[dma]+([-/. ][dma]+){2}$")


@dataclass(frozen=True)
class ColumnRef:
    """Where a field is: any of the ``headers``, or the column ``letter``."""

    headers: tuple[str, ...] = ()
    letter: str = ""

    def __str__(self) -> str:
        """The reference in words, for a sentence."""
        return (
            f"columna {self.letter}" if self.letter else " o ".join(f"«{h}»" for h in self.headers)
        )


@dataclass(frozen=True)
class ColumnMapping:
    """How to read one file. Keys are our field names; ``optional`` columns may be absent.

    ``header_row`` 0 means: look for it. ``account_width`` is the number of digits to which an
    account number is filled with zeros. ``translations`` go from folded text to a known word.
    """

    columns: Mapping[str, ColumnRef]
    optional: frozenset[str] = frozenset()
    constants: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    delimiter: str = ""
    account_width: int = 8
    decimal: DecimalStyle = "auto"
    dates: tuple[str, ...] = ("dd/mm/aaaa", "dd-mm-aaaa", "aaaa-mm-dd")
    rfc_check_digit: bool = True

    def headers(self) -> frozenset[str]:
        """All header texts the mapping knows, folded."""
        return frozenset(fold(text) for ref in self.columns.values() for text in ref.headers)


def load_mapping(path: Path) -> ColumnMapping:
    """Read and check a mapping file.

    Raises:
        InvalidImport: the file is missing, is not TOML, or says something that makes no sense;
            every problem is told, in Spanish.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InvalidImport(
            str(path), (f"No se pudo leer el archivo: {error.strerror}.",)
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidImport(str(path), ("El archivo debe estar guardado en UTF-8.",)) from error
    except tomllib.TOMLDecodeError as error:
        raise InvalidImport(str(path), (_syntax_problem(str(error)),)) from error
    problems = _problems(document)
    if problems:
        raise InvalidImport(str(path), tuple(problems))
    return _build(document)


def _syntax_problem(message: str) -> str:
    place = re.search(r"line (\d+), column (\d+)", message)
    where = f" en la línea {place[1]}, posición {place[2]}" if place else " al final del archivo"
    return f"No es un archivo TOML válido: hay un error de escritura{where}."


def _problems(document: dict[str, object]) -> list[str]:
    unknown = [f"No existe la sección [{name}]." for name in document if name not in _TOP]
    flat = [f"[{name}] debe ser una sección." for name in _TOP if not _is_table(document, name)]
    if unknown or flat:
        return unknown + flat
    return [
        *_file_problems(_table(document, "archivo")),
        *_column_problems(_table(document, "columnas"), _table(document, "constantes")),
        *_constant_problems(_table(document, "constantes")),
        *_translation_problems(_table(document, "traducciones")),
    ]


def _is_table(document: dict[str, object], name: str) -> bool:
    return isinstance(document.get(name, {}), dict)


def _table(document: dict[str, object], name: str) -> dict[str, object]:
    return cast("dict[str, object]", document.get(name, {}))


def _file_problems(options: dict[str, object]) -> list[str]:
    problems = [f"[archivo] no conoce «{key}»." for key in options if key not in _FILE]
    for key, kind in _FILE.items():
        value = options.get(key, kind())
        if type(value) is not kind:
            problems.append(f"[archivo] {key} no tiene la clase de valor esperada.")
    return problems or _option_problems(options)


def _option_problems(options: dict[str, object]) -> list[str]:
    problems = []
    if options.get("codificacion", "") not in _ENCODINGS:
        problems.append(f"[archivo] codificacion debe ser una de: {', '.join(_ENCODINGS[1:])}.")
    if options.get("separador", "") not in ("", ",", ";", "\t", "|"):
        problems.append('[archivo] separador debe ser ",", ";", "|" o "\\t".')
    if options.get("decimales", "auto") not in ("auto", "punto", "coma"):
        problems.append("[archivo] decimales debe ser auto, punto o coma.")
    if not 1 <= cast("int", options.get("ancho_cuenta", 8)) <= 20:
        problems.append("[archivo] ancho_cuenta debe estar entre 1 y 20.")
    if cast("int", options.get("renglon_encabezado", 0)) < 0:
        problems.append("[archivo] renglon_encabezado no puede ser negativo.")
    return problems + _list_problems(options)


def _list_problems(options: dict[str, object]) -> list[str]:
    problems = [
        f"[archivo] la forma de fecha «{form}» no se entiende."
        for form in cast("list[object]", options.get("fechas", []))
        if not (isinstance(form, str) and _DATE_TOKENS.match(form))
    ]
    for key in cast("list[object]", options.get("opcionales", [])):
        if key not in BY_KEY:
            problems.append(f"[archivo] opcionales: no existe el dato «{key}».")
        elif key == "cuenta":
            problems.append("[archivo] opcionales: la cuenta no puede faltar.")
    return problems


def _column_problems(columns: dict[str, object], constants: dict[str, object]) -> list[str]:
    problems = [f"[columnas] no existe el dato «{key}»." for key in columns if key not in BY_KEY]
    for key, value in columns.items():
        if _column_ref(value) is None:
            problems.append(f"[columnas] {key} debe ser un encabezado, una lista o {{letra = …}}.")
    problems += [
        f"Falta decir de dónde sale «{spec.key}» ({spec.label})."
        for spec in BY_KEY.values()
        if spec.required and spec.key not in columns and spec.key not in constants
    ]
    return problems


def _column_ref(value: object) -> ColumnRef | None:
    if isinstance(value, str) and value.strip():
        return ColumnRef((value,))
    if isinstance(value, list) and value and all(isinstance(text, str) and text for text in value):
        return ColumnRef(tuple(value))
    letter = value.get("letra") if isinstance(value, dict) and len(value) == 1 else None
    if isinstance(letter, str) and re.fullmatch("[A-Za-z]{1,3}", letter):
        return ColumnRef((), letter.upper())
    return None


def _constant_problems(constants: dict[str, object]) -> list[str]:
    problems = []
    for key, value in constants.items():
        if key not in BY_KEY:
            problems.append(f"[constantes] no existe el dato «{key}».")
        elif key == "cuenta" or BY_KEY[key].kind in ("money", "serial", "rfc", "curp"):
            problems.append(f"[constantes] {key} no puede ser igual para todas las cuentas.")
        elif not isinstance(value, str):
            problems.append(f"[constantes] {key} debe ir entre comillas.")
    return problems


def _translation_problems(translations: dict[str, object]) -> list[str]:
    problems = []
    for key, words in translations.items():
        spec = BY_KEY.get(key)
        if spec is None or not (spec.choices or spec.kind == "neighbourhood"):
            problems.append(f"[traducciones.{key}] no es un dato que se traduzca.")
        elif not isinstance(words, dict):
            problems.append(f"[traducciones.{key}] debe ser una sección.")
        elif spec.choices:
            problems += [
                f"[traducciones.{key}] «{target}» no es uno de: {', '.join(spec.choices)}."
                for target in words.values()
                if not _is_choice(target, spec.choices, spec.kind)
            ]
    return problems


def _is_choice(target: object, choices: Mapping[str, str], kind: str) -> bool:
    known = {fold(choice) for choice in choices}
    words = fold(str(target)).split() if kind == "services" else [fold(str(target))]
    return isinstance(target, str) and bool(words) and set(words) <= known


def _build(document: dict[str, object]) -> ColumnMapping:
    options = _table(document, "archivo")
    columns = {BY_KEY[k].name: _column_ref(v) for k, v in _table(document, "columnas").items()}
    words = cast("dict[str, dict[str, str]]", _table(document, "traducciones"))
    return ColumnMapping(
        columns={name: ref for name, ref in columns.items() if ref is not None},
        optional=frozenset(
            BY_KEY[key].name for key in cast("list[str]", options.get("opcionales", []))
        ),
        constants={
            BY_KEY[key].name: str(value) for key, value in _table(document, "constantes").items()
        },
        translations={
            BY_KEY[key].name: {fold(said): meant for said, meant in pairs.items()}
            for key, pairs in words.items()
        },
        sheet=str(options.get("hoja", "")),
        header_row=cast("int", options.get("renglon_encabezado", 0)),
        encoding=str(options.get("codificacion", "")),
        delimiter=str(options.get("separador", "")),
        account_width=cast("int", options.get("ancho_cuenta", 8)),
        decimal=cast("DecimalStyle", options.get("decimales", "auto")),
        dates=tuple(cast("list[str]", options.get("fechas", []))) or ColumnMapping.dates,
        rfc_check_digit=bool(options.get("digito_verificador_rfc", True)),
    )
