"""Rules file ``accounting_map``: to which account of the chart each concept goes (I1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields

from tehuacan_comercial.domain.rules.table import RuleFile, Table
from tehuacan_comercial.domain.rules.values import (
    AccountingRules,
    ChartAccount,
    ConceptMapRow,
    ConceptRules,
    DiscountBooking,
    LedgerMapRow,
    RuleHeader,
)

_ACCOUNT = re.compile(r"[0-9]{4}(?:[.-][0-9]{1,4})*")
_LEDGER = re.compile(r"[A-Z0-9][A-Z0-9_.-]{0,39}")
OPENING_BALANCE = "SALDO-INICIAL"
"""Concept of what the old system said was owed; made by the registry's import, not by a file."""
_OPENING_LEDGER = "OPENING"
_SIDES = tuple(each.name for each in fields(ConceptMapRow) if each.name != "concept")


def read_accounting(header: RuleHeader, file: RuleFile, catalogue: ConceptRules) -> AccountingRules:
    """Every account that is used is declared with its name; each concept and ledger comes once.

    A concept that is missing is no fault of the file: it is told by name when a voucher needs it.
    """
    booking = file.head.choice("booking", DiscountBooking)
    accounts = _accounts(file.rows("account"))
    declared = {each.code for each in accounts}
    ledgers = _ledgers(file.rows("ledger"), declared)
    concepts = _concepts(file.rows("concept"), declared, catalogue)
    return AccountingRules(header, booking, accounts, ledgers, concepts)


def _accounts(tables: Sequence[Table]) -> tuple[ChartAccount, ...]:
    rows: list[ChartAccount] = []
    for table in tables:
        row = ChartAccount(table.text("code", _ACCOUNT), table.text("name"))
        table.finish()
        if row.code in {each.code for each in rows}:
            table.complain(f"la cuenta {row.code} está repetida", "code")
        rows.append(row)
    return tuple(rows)


def _ledgers(tables: Sequence[Table], declared: set[str]) -> tuple[LedgerMapRow, ...]:
    rows: list[LedgerMapRow] = []
    for table in tables:
        row = LedgerMapRow(table.text("ledger", _LEDGER), table.text("account"))
        table.finish()
        _check_declared(table, "account", row.account, declared)
        if row.ledger in {each.ledger for each in rows}:
            table.complain(f"{row.ledger} ya tiene cuenta", "ledger")
        rows.append(row)
    return tuple(rows)


def _concepts(
    tables: Sequence[Table], declared: set[str], catalogue: ConceptRules
) -> tuple[ConceptMapRow, ...]:
    rows: list[ConceptMapRow] = []
    for table in tables:
        row = ConceptMapRow(table.code("concept"), *(table.text(side) for side in _SIDES))
        table.finish()
        if table.sound:
            _check_concept(table, row, rows, catalogue)
        for side in _SIDES:
            _check_declared(table, side, getattr(row, side), declared)
        rows.append(row)
    return tuple(rows)


def _check_concept(
    table: Table, row: ConceptMapRow, earlier: Sequence[ConceptMapRow], catalogue: ConceptRules
) -> None:
    income = _income_ledger(row.concept, catalogue)
    if income is None:
        table.complain(f"el concepto {row.concept} no está en el catálogo", "concept")
        return
    for other in earlier:
        if other.concept == row.concept:
            table.complain(f"{row.concept} ya tiene cuentas", "concept")
        elif (
            # The books know their income together, so the vouchers cannot tell it apart either.
            _income_ledger(other.concept, catalogue) == income
            and (other.income, other.subsidy) != (row.income, row.subsidy)
        ):
            table.complain(
                f"{row.concept} y {other.concept} comparten la cuenta de ingreso "
                f"{income} y deben ir a las mismas cuentas",
                "income",
            )


def _income_ledger(concept: str, catalogue: ConceptRules) -> str | None:
    """Account of the program's books that a concept's income goes to; None for an unknown one."""
    if concept == OPENING_BALANCE:
        return _OPENING_LEDGER
    found = catalogue.concept(concept)
    return found.ledger_account if found else None


def _check_declared(table: Table, key: str, account: str, declared: set[str]) -> None:
    if account and account not in declared:
        table.complain(f"la cuenta {account} no está entre las [[account]] del archivo", key)
