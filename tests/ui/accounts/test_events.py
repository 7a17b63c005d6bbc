"""Everything that happened, in one order, in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tehuacan_comercial.services.accounts import BillLineRow, StatementLine
from tehuacan_comercial.ui.accounts.bill_words import NOT_KEPT, explain
from tehuacan_comercial.ui.accounts.history_events import EventKind, counted, events_of
from tehuacan_comercial.ui.accounts.words import history_detail, tender_names, validity
from tests.ui.accounts.facts import BILL, HISTORY, READING, SURCHARGE, account_file


def test_newest_first_and_bills_before_the_readings_of_their_day() -> None:
    events = events_of(account_file())
    assert [event.title for event in events] == [
        "Estado del servicio: Servicio restringido",
        "Recargos jul–ago 2026",
        "Recibo jul–ago 2026",
        "Lectura real jul–ago 2026",
        "Pago, recibo C2-018834",
        "Uso y servicios: Doméstico · Media · Servicio medido · Agua potable · Alcantarillado",
    ]
    days = [event.on for event in events]
    assert days == sorted(days, reverse=True)
    assert counted(events) == {
        EventKind.PAYMENT: 1,
        EventKind.BILL: 1,
        EventKind.SURCHARGE: 1,
        EventKind.READING: 1,
        EventKind.CHANGE: 2,
    }


def test_what_is_written_of_each() -> None:
    by_kind = {event.kind: event for event in events_of(account_file())}
    assert by_kind[EventKind.PAYMENT].detail == "Efectivo, tarjeta · mar–abr 2026 · Rosa, caja C2"
    assert by_kind[EventKind.PAYMENT].amount == "$642.00"
    assert by_kind[EventKind.BILL].detail == "18 m³ · vence 15/09/2026 · falta $392.27"
    assert by_kind[EventKind.READING].detail == "1,200 → 1,218 · medidor 18-220931"
    assert by_kind[EventKind.READING].amount == "18 m³"


def test_a_bill_s_own_charges_are_told_once_and_opening_balances_stand_alone() -> None:
    lines = (
        replace(SURCHARGE, kind="billing", detail="Agua potable"),
        StatementLine(SURCHARGE.on, 2, "opening", "", "Agua (saldo inicial)", Decimal(9),
                      Decimal(0), Decimal(9)),
    )  # fmt: skip
    file = account_file(statement=lines, bills=(replace(BILL, outstanding=Decimal(0)),))
    bills = [event for event in events_of(file) if event.kind is EventKind.BILL]
    assert [event.title for event in bills] == ["Agua (saldo inicial)", "Recibo jul–ago 2026"]
    assert bills[1].detail.endswith("pagado")


def test_surcharges_of_a_period_on_a_day_are_told_together() -> None:
    more = replace(SURCHARGE, sequence=46, detail="Recargos de drenaje", charge=Decimal("1.02"))
    other = replace(SURCHARGE, sequence=48, document="may–jun 2026")
    file = account_file(statement=(SURCHARGE, more, other))
    told = [event for event in events_of(file) if event.kind is EventKind.SURCHARGE]
    assert [(event.title, event.amount) for event in told] == [
        ("Recargos jul–ago 2026", "$6.90"),
        ("Recargos may–jun 2026", "$5.88"),
    ]
    assert told[0].detail == "Recargos $5.88 · Recargos de drenaje $1.02"


def test_an_estimated_reading_says_so_and_shows_no_figures_it_has_not() -> None:
    row = replace(READING, kind="estimated", value=None, anomaly="Casa cerrada")
    (event,) = (e for e in events_of(account_file(readings=(row,))) if e.kind is EventKind.READING)
    assert event.title == "Lectura estimada jul–ago 2026"
    assert event.detail == "medidor 18-220931 · Casa cerrada"
    assert event.tone == "warn"


def test_words_of_history() -> None:
    assert history_detail(HISTORY[0]) == "Servicio restringido"
    assert history_detail(HISTORY[2]) == "NÚÑEZ PEÑA, MARÍA"
    assert validity(HISTORY[0]) == "02/10/2026 a la fecha"
    assert validity(HISTORY[2]) == "desde el inicio al 01/01/2026"
    assert tender_names("cash,credit") == "Efectivo, saldo a favor"


def line(steps: object, rate: str = "0.16") -> BillLineRow:
    basis = None if steps is None else {"steps": steps}
    return BillLineRow(
        1, "Agua", Decimal("42.16"), Decimal(rate), Decimal("6.75"), Decimal("48.91"), Decimal(0),
        basis,
    )  # fmt: skip


def test_a_line_is_explained_step_by_step() -> None:
    steps = [
        {"kind": "block", "quantity": 15, "price": Decimal("12.4"), "amount": Decimal(186)},
        {"kind": "block", "quantity": 0, "price": Decimal("20"), "amount": 0},
        {"kind": "percent", "quantity": Decimal("210.80"), "price": 20, "amount": "42.16"},
        {"kind": "minimum", "quantity": 1, "price": 90, "amount": Decimal("47.84")},
    ]
    assert explain(line(steps)) == (
        "15 m³ a $12.40 = $186.00",
        "20 % de $210.80 = $42.16",
        "Ajuste al mínimo de $90.00: $47.84",
        "IVA 16 % de $42.16 = $6.75",
    )


def test_prices_keep_the_decimals_they_were_published_with() -> None:
    steps = [{"kind": "block", "quantity": 3, "price": Decimal("7.1234"), "amount": "21.3702"}]
    assert explain(line(steps))[0] == "3 m³ a $7.1234 = $21.37"


def test_flat_prices_and_what_was_not_kept() -> None:
    flat = [{"kind": "fixed", "quantity": 1, "price": 80, "amount": 80}]
    ranged = [{"kind": "range", "quantity": 1, "price": 95, "amount": 95}]
    assert explain(line(flat, "0")) == ("Cuota fija del periodo: $80.00", "IVA tasa 0 %")
    assert explain(line(ranged))[0] == "Tarifa del rango de consumo: $95.00"
    assert explain(line(None))[0] == NOT_KEPT
