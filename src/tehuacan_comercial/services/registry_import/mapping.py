"""The column mapping: which column of the user's file is which field of ours, from TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from tehuacan_comercial.domain.refusals import InvalidImport

from .fields import REGISTRY, FieldSet
from .mapping_checks import Document, mapping_problems, table
from .texts import fold

DecimalStyle = Literal["auto", "punto", "coma"]


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
    fields: FieldSet = REGISTRY

    def headers(self) -> frozenset[str]:
        """All header texts the mapping knows, folded."""
        return frozenset(fold(text) for ref in self.columns.values() for text in ref.headers)


def load_mapping(path: Path, fields: FieldSet = REGISTRY) -> ColumnMapping:
    """Read and check a mapping file for files with these fields.

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
    problems = mapping_problems(document, fields)
    if problems:
        raise InvalidImport(str(path), tuple(problems))
    return _build(document, fields)


def _syntax_problem(message: str) -> str:
    place = re.search(r"line (\d+), column (\d+)", message)
    where = f" en la línea {place[1]}, posición {place[2]}" if place else " al final del archivo"
    return f"No es un archivo TOML válido: hay un error de escritura{where}."


def _column_ref(value: object) -> ColumnRef:
    if isinstance(value, dict):
        return ColumnRef((), str(value["letra"]).upper())
    return ColumnRef(tuple(value) if isinstance(value, list) else (str(value),))


def _build(document: Document, fields: FieldSet) -> ColumnMapping:
    by_key = fields.by_key
    options = table(document, "archivo")
    words = cast("dict[str, dict[str, str]]", table(document, "traducciones"))
    return ColumnMapping(
        columns={by_key[k].name: _column_ref(v) for k, v in table(document, "columnas").items()},
        optional=frozenset(
            by_key[key].name for key in cast("list[str]", options.get("opcionales", []))
        ),
        constants={
            by_key[key].name: str(value) for key, value in table(document, "constantes").items()
        },
        translations={
            by_key[key].name: {fold(said): meant for said, meant in pairs.items()}
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
        fields=fields,
    )
