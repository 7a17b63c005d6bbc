"""The fields a file of readings may bring."""

from __future__ import annotations

from tehuacan_comercial.services.registry_import.fields import FieldSet, FieldSpec

READINGS = FieldSet(
    (
        FieldSpec(
            "account_number", "cuenta", "número de cuenta", "account", required=True, longest=20
        ),
        FieldSpec("meter_serial", "medidor", "serie del medidor", "serial", longest=30),
        FieldSpec("previous_value", "lectura_anterior", "lectura anterior", "count"),
        FieldSpec("value", "lectura", "lectura", "count"),
        FieldSpec("read_on", "fecha", "fecha de lectura", "date"),
        FieldSpec("anomaly", "anomalia", "anomalía", "catalogue", longest=60),
        FieldSpec("consumption", "consumo", "consumo", "count"),
    )
)
