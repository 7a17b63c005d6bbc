"""The checks of one row of readings against the registry: account, meter, date, figure, anomaly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from tehuacan_comercial.data.queries.readings import AnomalyRow, MeterRow
from tehuacan_comercial.domain.consumption import metered_consumption, unusual_consumption
from tehuacan_comercial.domain.refusals import InvalidCommand
from tehuacan_comercial.services.registry_import.texts import fold
from tehuacan_comercial.services.registry_import.values import Value

from .records import FileReading, ReadingSheet, Review

Finding = tuple[str, str]
"""Field and Spanish reason."""


class CannotBeError(ValueError):
    """A row cannot be taken; field and reason are its arguments."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a row: a reading or findings; *m3* counts towards the control total."""

    reading: FileReading | None
    findings: tuple[Finding, ...]
    review: Review | None = None
    m3: int = 0


class ReadingChecker:
    """Judges rows with clean values; ``review_above`` is in percent over the usual."""

    def __init__(self, sheet: ReadingSheet, review_above: int, serial_expected: bool) -> None:
        self._period, self._review_above = sheet.period, review_above
        self._serial_expected = serial_expected
        self._meters: dict[str, list[MeterRow]] = defaultdict(list)
        self._owner: dict[str, str] = {}
        self._bare: dict[str, str] = {}
        for meter in sheet.meters:
            self._meters[meter.account_number].append(meter)
            self._bare[meter.account_number.lstrip("0")] = meter.account_number
            if meter.serial:
                self._owner[meter.serial] = meter.account_number
        self._anomalies: dict[str, AnomalyRow] = {}
        for anomaly in sheet.anomalies:
            self._anomalies[fold(anomaly.code)] = self._anomalies[fold(anomaly.name)] = anomaly

    def judge(self, line: int, values: Mapping[str, Value]) -> Judged:
        """The first thing that keeps a row from being taken, or its reading."""
        try:
            return self._judge(line, values)
        except CannotBeError as wrong:
            field, reason = wrong.args
            return Judged(None, ((field, reason),))

    def _judge(self, line: int, values: Mapping[str, Value]) -> Judged:
        number = cast("str", values["account_number"])
        value = cast("int | None", values.get("value"))
        meters = self._account(number)
        read_on = self._day(cast("date | None", values.get("read_on")))
        meter = self._meter(number, meters, cast("str | None", values.get("meter_serial")), read_on)
        anomaly = self._anomaly(cast("str | None", values.get("anomaly")))
        self._figure_or_excuse(value, anomaly)
        if value is None:
            reading = _reading(line, meters[0], meter, read_on, None, anomaly, None)
            return Judged(reading, ())
        if meter is None:
            raise CannotBeError("meter_serial", _no_meter(meters[0]))
        if self._serial_expected and values.get("meter_serial") is None:
            raise CannotBeError("meter_serial", "Con lectura debe ir la serie del medidor.")
        m3 = _consumption(meter, value)
        _agrees(values, meter, m3)
        review = self._review(line, meter, value, m3)
        return Judged(_reading(line, meters[0], meter, read_on, value, anomaly, m3), (), review, m3)

    def _account(self, number: str) -> list[MeterRow]:
        # Excel takes zeros away; they are put back as the registry has them.
        meters = self._meters.get(number) or self._meters.get(
            self._bare.get(number.lstrip("0"), "")
        )
        if not meters:
            raise CannotBeError("account_number", f"La cuenta {number} no está en el padrón.")
        if meters[0].billed:
            reason = f"La cuenta {number} ya está facturada en este periodo; su lectura no cambia."
            raise CannotBeError("account_number", reason)
        return meters

    def _day(self, told: date | None) -> date:
        period, day = self._period, told or self._period.today
        if period.starts_on <= day <= period.ends_on:
            return day
        if told is None:
            raise CannotBeError("read_on", "Falta la fecha de lectura.")
        between = f"{period.starts_on:%d/%m/%Y} a {period.ends_on:%d/%m/%Y}"
        reason = f"La fecha de lectura está fuera del periodo {period.name} ({between})."
        raise CannotBeError("read_on", reason)

    def _meter(
        self, number: str, meters: list[MeterRow], serial: str | None, read_on: date
    ) -> MeterRow | None:
        if serial is None:
            return next((each for each in meters if _stood(each, read_on)), None)
        own = [each for each in meters if each.serial == serial]
        if not own:
            raise CannotBeError("meter_serial", self._foreign(number, meters, serial))
        if not _stood(own[0], read_on):
            raise CannotBeError("meter_serial", _not_there(own[0], read_on))
        return own[0]

    def _foreign(self, number: str, meters: list[MeterRow], serial: str) -> str:
        owner = self._owner.get(serial)
        if owner:
            return f"El medidor {serial} es de la cuenta {owner}, no de la {number}."
        installed = [each.serial for each in meters if each.serial]
        if not installed:
            return f"La cuenta {number} no tiene medidor registrado."
        return (
            f"El medidor de la cuenta {number} es {installed[-1]}. Si se cambió, registre antes el"
            " cambio en el padrón."
        )

    def _anomaly(self, said: str | None) -> AnomalyRow | None:
        if said is None:
            return None
        found = self._anomalies.get(fold(said))
        if found is None:
            allowed = ", ".join(sorted({each.code for each in self._anomalies.values()}))
            reason = f"No se conoce la anomalía; se admite: {allowed}, o su nombre."
            raise CannotBeError("anomaly", reason)
        return found

    def _figure_or_excuse(self, value: int | None, anomaly: AnomalyRow | None) -> None:
        if value is not None and anomaly and "estimad" in fold(anomaly.name):
            reason = "Lo estimado no es una lectura: deje la celda vacía y el programa lo estima."
            raise CannotBeError("value", reason)
        if value is not None or (anomaly and anomaly.allows_missing):
            return
        if anomaly is None:
            reason = "Falta la lectura, o la anomalía que explica por qué no la hay."
            raise CannotBeError("value", reason)
        raise CannotBeError("value", f"Con «{anomaly.name}» también debe ir la lectura.")

    def _review(self, line: int, meter: MeterRow, value: int, m3: int) -> Review | None:
        reasons = list(_odd(meter, value, m3, self._review_above))
        if not reasons:
            return None
        serial, previous = meter.serial or "", meter.previous_value or 0
        return Review(
            line, meter.account_number, serial, previous, value, m3, meter.average,
            " ".join(reasons),
        )  # fmt: skip


def _stood(meter: MeterRow, day: date) -> bool:
    """Whether the meter was there on that day."""
    since, until = meter.installed_on, meter.removed_on
    return meter.serial is not None and not (
        (since is not None and day < since) or (until is not None and day > until)
    )


def _not_there(meter: MeterRow, day: date) -> str:
    if meter.installed_on is not None and day < meter.installed_on:
        return f"El medidor {meter.serial} se instaló el {meter.installed_on:%d/%m/%Y}."
    return f"El medidor {meter.serial} se retiró el {meter.removed_on:%d/%m/%Y}."


def _no_meter(account: MeterRow) -> str:
    if account.modality == "fixed":
        return f"La cuenta {account.account_number} es de cuota fija y no tiene medidor."
    return f"La cuenta {account.account_number} no tenía medidor instalado en esa fecha."


def _consumption(meter: MeterRow, value: int) -> int:
    """m³ since the previous reading.

    Raises:
        CannotBeError: the figure does not fit, or goes back and no turn of the meter explains it.
    """
    previous, digits = meter.previous_value or 0, meter.digits or 0
    try:
        return metered_consumption(previous, value, digits).m3
    except InvalidCommand as wrong:
        if wrong.problem == "does_not_fit_meter":
            reason = f"La lectura no cabe en un medidor de {digits} dígitos."
            raise CannotBeError("value", reason) from wrong
    if meter.after_estimate:
        return 0
    turned = value + 10**digits - previous
    raise CannotBeError(
        "value",
        f"Es menor que la anterior ({previous:,}). Si el medidor hubiera dado la vuelta serían"
        f" {turned:,} m³, más de la mitad de su carátula: revise si se leyó mal. Si se cambió el"
        " medidor, registre antes el cambio en el padrón.",
    )


def _agrees(values: Mapping[str, Value], meter: MeterRow, m3: int) -> None:
    """What the file says of the previous reading and of the m³ must be what the office knows."""
    said = values.get("previous_value")
    if said is not None and said != meter.previous_value:
        reason = (
            f"La lectura anterior registrada es {meter.previous_value:,}: la hoja es de otro"
            " periodo, o el renglón se recorrió."
        )
        raise CannotBeError("previous_value", reason)
    used = values.get("consumption")
    if used is not None and used != m3:
        raise CannotBeError("consumption", f"De la lectura anterior a ésta hay {m3:,} m³.")


def _odd(meter: MeterRow, value: int, m3: int, above: int) -> Iterator[str]:
    previous = meter.previous_value or 0
    if value < previous and meter.after_estimate and not m3:
        yield "Es menor que la lectura estimada: se había estimado de más."
    elif value < previous:
        yield f"El medidor dio la vuelta: de {previous:,} a {value:,}."
    if meter.average is not None and unusual_consumption(m3, meter.average, above):
        yield f"Consumo muy superior al promedio de {meter.average:,} m³."
    if meter.average and not m3 and value >= previous:
        yield f"Sin consumo; su promedio es de {meter.average:,} m³."


def _reading(
    line: int,
    account: MeterRow,
    meter: MeterRow | None,
    read_on: date,
    value: int | None,
    anomaly: AnomalyRow | None,
    m3: int | None,
) -> FileReading:
    return FileReading(
        line=line,
        account_id=account.account_id,
        account_number=account.account_number,
        segment=meter.segment if meter else 1,
        serial=meter.serial if meter else None,
        value=value,
        anomaly=anomaly.code if anomaly else None,
        read_on=read_on,
        m3=m3,
    )
