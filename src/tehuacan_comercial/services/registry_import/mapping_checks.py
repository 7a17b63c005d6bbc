"""What can be wrong in a mapping file, each told in Spanish with its section and key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from .fields import FieldSet
from .texts import fold

Document = dict[str, object]
_TOP = {"archivo", "columnas", "constantes", "traducciones"}
_FILE = {
    "hoja": str, "renglon_encabezado": int, "codificacion": str, "separador": str,
    "ancho_cuenta": int, "decimales": str, "fechas": list, "opcionales": list,
    "digito_verificador_rfc": bool,
}  # fmt: skip
_ENCODINGS = ("", "utf-8", "cp1252", "cp850", "utf-16")
_DATE_TOKENS = re.compile(r"^(?=.*d)(?=.*m)(?=.*a)[dma]+([-/. ][dma]+){2}$")


def mapping_problems(document: Document, fields: FieldSet) -> list[str]:
    """Every problem of a parsed mapping file; none means that it can be built."""
    unknown = [f"No existe la sección [{name}]." for name in document if name not in _TOP]
    flat = [f"[{name}] debe ser una sección." for name in _TOP if not _is_table(document, name)]
    if unknown or flat:
        return unknown + flat
    return [
        *_file_problems(table(document, "archivo"), fields),
        *_column_problems(table(document, "columnas"), table(document, "constantes"), fields),
        *_constant_problems(table(document, "constantes"), fields),
        *_translation_problems(table(document, "traducciones"), fields),
    ]


def _is_table(document: Document, name: str) -> bool:
    return isinstance(document.get(name, {}), dict)


def table(document: Document, name: str) -> Document:
    """A section, or an empty one."""
    return cast("Document", document.get(name, {}))


def _file_problems(options: Document, fields: FieldSet) -> list[str]:
    problems = [f"[archivo] no conoce «{key}»." for key in options if key not in _FILE]
    for key, kind in _FILE.items():
        value = options.get(key, kind())
        if type(value) is not kind:
            problems.append(f"[archivo] {key} no tiene la clase de valor esperada.")
    return problems or _option_problems(options, fields)


def _option_problems(options: Document, fields: FieldSet) -> list[str]:
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
    return problems + _list_problems(options, fields)


def _list_problems(options: Document, fields: FieldSet) -> list[str]:
    problems = [
        f"[archivo] la forma de fecha «{form}» no se entiende."
        for form in cast("list[object]", options.get("fechas", []))
        if not (isinstance(form, str) and _DATE_TOKENS.match(form))
    ]
    for key in cast("list[object]", options.get("opcionales", [])):
        if key not in fields.by_key:
            problems.append(f"[archivo] opcionales: no existe el dato «{key}».")
        elif key == "cuenta":
            problems.append("[archivo] opcionales: la cuenta no puede faltar.")
    return problems


def _column_problems(columns: Document, constants: Document, fields: FieldSet) -> list[str]:
    problems = [
        f"[columnas] no existe el dato «{key}»." for key in columns if key not in fields.by_key
    ]
    for key, value in columns.items():
        if not _is_column(value):
            problems.append(f"[columnas] {key} debe ser un encabezado, una lista o {{letra = …}}.")
    problems += [
        f"Falta decir de dónde sale «{spec.key}» ({spec.label})."
        for spec in fields.by_key.values()
        if spec.required and spec.key not in columns and spec.key not in constants
    ]
    return problems


def _is_column(value: object) -> bool:
    if isinstance(value, dict):
        letter = value.get("letra")
        return len(value) == 1 and bool(re.fullmatch("[A-Za-z]{1,3}", str(letter)))
    texts = value if isinstance(value, list) else [value]
    return bool(texts) and all(isinstance(text, str) and text.strip() for text in texts)


def _constant_problems(constants: Document, fields: FieldSet) -> list[str]:
    problems = []
    for key, value in constants.items():
        if key not in fields.by_key:
            problems.append(f"[constantes] no existe el dato «{key}».")
        elif key == "cuenta" or fields.by_key[key].kind in ("money", "serial", "rfc", "curp"):
            problems.append(f"[constantes] {key} no puede ser igual para todas las cuentas.")
        elif not isinstance(value, str):
            problems.append(f"[constantes] {key} debe ir entre comillas.")
    return problems


def _translation_problems(translations: Document, fields: FieldSet) -> list[str]:
    problems = []
    for key, words in translations.items():
        spec = fields.by_key.get(key)
        if spec is None or not (spec.choices or spec.kind in ("neighbourhood", "catalogue")):
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
