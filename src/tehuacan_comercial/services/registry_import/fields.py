"""The fields a registry file may bring: Spanish key, kind of value, and what is demanded of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Kind = Literal[
    "account", "text", "choice", "services", "date", "money", "count",
    "phone", "email", "postal", "rfc", "curp", "neighbourhood", "serial", "catalogue",
]  # fmt: skip


@dataclass(frozen=True)
class FieldSpec:
    """One field: ``key`` names it in the mapping file, ``label`` in sentences.

    ``fill_down`` says that a cell merged over several rows speaks for all of them; it is never
    so for money, dates and identities, which would be counted twice.
    """

    name: str
    key: str
    label: str
    kind: Kind
    required: bool = False
    longest: int = 60
    fill_down: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


HOLDER_KINDS = {"fisica": "person", "moral": "company"}
USES = {"DOM": "DOM", "COM": "COM", "IND": "IND", "PUB": "PUB"}
ZONES = {"POP": "POP", "MED": "MED", "RES": "RES"}
MODALITIES = {"fija": "fixed", "medida": "metered"}
SERVICES = {"agua": "water", "drenaje": "sewerage", "saneamiento": "sanitation"}
STATES = {
    "activa": "active",
    "restringida": "restricted",
    "baja temporal": "temporary_off",
    "baja definitiva": "permanent_off",
    "incobrable": "uncollectible",
}

SPECS: tuple[FieldSpec, ...] = (
    FieldSpec("account_number", "cuenta", "número de cuenta", "account", required=True, longest=20),
    FieldSpec("holder_name", "titular", "nombre del titular", "text", required=True, longest=200),
    FieldSpec("holder_kind", "tipo_titular", "tipo de titular", "choice", choices=HOLDER_KINDS),
    FieldSpec("rfc", "rfc", "RFC", "rfc"),
    FieldSpec("curp", "curp", "CURP", "curp"),
    FieldSpec("phone", "telefono", "teléfono", "phone"),
    FieldSpec("email", "correo", "correo electrónico", "email", longest=254),
    FieldSpec("street", "calle", "calle", "text", required=True, longest=120, fill_down=True),
    FieldSpec("exterior_number", "numero_exterior", "número exterior", "text", longest=20),
    FieldSpec("interior_number", "numero_interior", "número interior", "text", longest=20),
    FieldSpec(
        "neighbourhood", "colonia", "colonia", "neighbourhood",
        required=True, longest=100, fill_down=True,
    ),
    FieldSpec("postal_code", "codigo_postal", "código postal", "postal", fill_down=True),
    FieldSpec("cadastral_key", "clave_catastral", "clave catastral", "text", longest=40),
    FieldSpec("sector", "sector", "sector", "text", longest=20, fill_down=True),
    FieldSpec("route", "ruta", "ruta", "text", longest=20, fill_down=True),
    FieldSpec("block", "manzana", "manzana", "text", longest=20, fill_down=True),
    FieldSpec("sequence", "secuencia", "secuencia", "count"),
    FieldSpec(
        "use_class", "uso", "uso", "choice", required=True, fill_down=True, choices=USES
    ),
    FieldSpec("zone", "zona", "zona", "choice", required=True, fill_down=True, choices=ZONES),
    FieldSpec(
        "modality", "modalidad", "modalidad", "choice", required=True, choices=MODALITIES
    ),
    FieldSpec("services", "servicios", "servicios", "services", required=True, choices=SERVICES),
    FieldSpec("meter_serial", "medidor", "serie del medidor", "serial", longest=30),
    FieldSpec("meter_brand", "marca_medidor", "marca del medidor", "text", longest=40),
    FieldSpec("meter_digits", "digitos_medidor", "dígitos del medidor", "count"),
    FieldSpec("meter_installed_on", "instalacion_medidor", "instalación del medidor", "date"),
    FieldSpec("last_reading", "lectura", "última lectura", "count"),
    FieldSpec("last_reading_on", "fecha_lectura", "fecha de la última lectura", "date"),
    FieldSpec("contract_on", "fecha_contrato", "fecha del contrato", "date"),
    FieldSpec("state", "estado", "estado de la toma", "choice", required=True, choices=STATES),
    FieldSpec("opening_balance", "saldo_inicial", "saldo inicial", "money"),
    FieldSpec("opening_balance_since", "adeudo_desde", "fecha desde la que debe", "date"),
    FieldSpec("credit_balance", "saldo_a_favor", "saldo a favor", "money"),
)  # fmt: skip


@dataclass(frozen=True)
class FieldSet:
    """The fields of one sort of file; every sort has an account number."""

    specs: tuple[FieldSpec, ...]

    @cached_property
    def by_name(self) -> Mapping[str, FieldSpec]:
        """Field by our name."""
        return {spec.name: spec for spec in self.specs}

    @cached_property
    def by_key(self) -> Mapping[str, FieldSpec]:
        """Field by its key in the mapping file."""
        return {spec.key: spec for spec in self.specs}


REGISTRY = FieldSet(SPECS)
