"""Which acts each job may ask for: ``capability.act``, checked by services, asked by screens (N1).

PostgreSQL's grants say the same; ``tests/security`` holds the two together.
"""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """An act, as ``capability.act``."""

    ACCOUNTS_IMPORT = "accounts.import"
    ACCOUNTS_READ = "accounts.read"
    ACCOUNTS_SEE_DEBT = "accounts.see_debt"
    ACCOUNTS_SEE_IDENTITY = "accounts.see_identity"
    ACCOUNTS_STATEMENT = "accounts.statement"
    AUTHORISATIONS_DECIDE = "authorisations.decide"
    AUTHORISATIONS_READ = "authorisations.read"
    AUTHORISATIONS_REQUEST = "authorisations.request"
    BILLING_PRINT = "billing.print"
    BILLING_READINGS = "billing.readings"
    BILLING_RUN = "billing.run"
    BILLING_SURCHARGE = "billing.surcharge"
    BOOKS_VERIFY = "books.verify"
    CASH_CHARGE = "cash.charge"
    CASH_CLOSE = "cash.close"
    CASH_CUSTODY = "cash.custody"
    CASH_SESSION = "cash.session"
    CASH_SUPERVISE = "cash.supervise"
    CHANNELS_IMPORT = "channels.import"
    CLARIFICATIONS_LIFT = "clarifications.lift"
    CLARIFICATIONS_READ = "clarifications.read"
    CLARIFICATIONS_RECORD = "clarifications.record"
    DASHBOARD_READ = "dashboard.read"
    DEPOSITS_MANAGE = "deposits.manage"
    DEPOSITS_READ = "deposits.read"
    QUEUE_ATTEND = "queue.attend"
    QUEUE_READ = "queue.read"
    QUEUE_RECEIVE = "queue.receive"
    QUEUE_STATISTICS = "queue.statistics"
    QUEUE_SUPERVISE = "queue.supervise"
    RECEIPTS_REPRINT = "receipts.reprint"
    RECEIPTS_VERIFY = "receipts.verify"
    RULES_LOAD = "rules.load"
    STAFF_ADMINISTER = "staff.administer"
    STAFF_SIGN_IN = "staff.sign_in"
    STAFF_OWN_PASSWORD = "staff.own_password"  # noqa: S105 - the name of an act
    STATION_SETTINGS = "station.settings"
    VOUCHERS_EXPORT = "vouchers.export"
    VOUCHERS_ISSUE = "vouchers.issue"
    VOUCHERS_READ = "vouchers.read"
    VOUCHERS_VERIFY = "vouchers.verify"


_EVERYBODY = frozenset({Permission.STAFF_SIGN_IN, Permission.STAFF_OWN_PASSWORD})
_SERVE = _EVERYBODY | {
    Permission.ACCOUNTS_READ,
    Permission.ACCOUNTS_SEE_DEBT,
    Permission.ACCOUNTS_STATEMENT,
    Permission.AUTHORISATIONS_READ,
    Permission.AUTHORISATIONS_REQUEST,
    Permission.BILLING_PRINT,
    Permission.BILLING_SURCHARGE,
    Permission.RECEIPTS_REPRINT,
    Permission.RECEIPTS_VERIFY,
}
_ATTEND = _SERVE | {Permission.QUEUE_ATTEND, Permission.QUEUE_READ, Permission.QUEUE_RECEIVE}
_CHARGE = _ATTEND | {Permission.CASH_CHARGE, Permission.CASH_CLOSE, Permission.CASH_SESSION}
_REGISTRY = _ATTEND | {
    Permission.ACCOUNTS_IMPORT,
    Permission.ACCOUNTS_SEE_IDENTITY,
    Permission.BILLING_READINGS,
    Permission.BILLING_RUN,
}

BY_JOB: dict[str, frozenset[Permission]] = {
    "counter": _ATTEND,
    "cashier": _CHARGE,
    "head_cashier": _CHARGE
    | {
        Permission.AUTHORISATIONS_DECIDE,
        Permission.CASH_CUSTODY,
        Permission.CASH_SUPERVISE,
        Permission.CHANNELS_IMPORT,
        Permission.CLARIFICATIONS_READ,
        Permission.CLARIFICATIONS_RECORD,
        Permission.DASHBOARD_READ,
        Permission.DEPOSITS_MANAGE,
        Permission.DEPOSITS_READ,
        Permission.QUEUE_STATISTICS,
        Permission.QUEUE_SUPERVISE,
        Permission.VOUCHERS_EXPORT,
        Permission.VOUCHERS_ISSUE,
        Permission.VOUCHERS_READ,
    },
    "registry": _REGISTRY,
    "metering": _EVERYBODY | {Permission.ACCOUNTS_READ, Permission.BILLING_READINGS},
    "field_collector": _EVERYBODY | {Permission.ACCOUNTS_READ, Permission.ACCOUNTS_SEE_DEBT},
    "manager": _REGISTRY
    | {
        Permission.AUTHORISATIONS_DECIDE,
        Permission.BOOKS_VERIFY,
        Permission.CASH_CLOSE,
        Permission.CASH_CUSTODY,
        Permission.CASH_SUPERVISE,
        Permission.CHANNELS_IMPORT,
        Permission.CLARIFICATIONS_LIFT,
        Permission.CLARIFICATIONS_READ,
        Permission.CLARIFICATIONS_RECORD,
        Permission.DASHBOARD_READ,
        Permission.DEPOSITS_MANAGE,
        Permission.DEPOSITS_READ,
        Permission.QUEUE_STATISTICS,
        Permission.QUEUE_SUPERVISE,
        Permission.RULES_LOAD,
        Permission.VOUCHERS_EXPORT,
        Permission.VOUCHERS_ISSUE,
        Permission.VOUCHERS_READ,
        Permission.VOUCHERS_VERIFY,
    },
    "director": _SERVE
    | {
        Permission.ACCOUNTS_SEE_IDENTITY,
        Permission.AUTHORISATIONS_DECIDE,
        Permission.CASH_SUPERVISE,
        Permission.CLARIFICATIONS_LIFT,
        Permission.CLARIFICATIONS_READ,
        Permission.DASHBOARD_READ,
        Permission.DEPOSITS_READ,
        Permission.QUEUE_READ,
        Permission.QUEUE_STATISTICS,
        Permission.VOUCHERS_EXPORT,
        Permission.VOUCHERS_READ,
        Permission.VOUCHERS_VERIFY,
    },
    "auditor": _EVERYBODY
    | {
        Permission.ACCOUNTS_READ,
        Permission.ACCOUNTS_SEE_DEBT,
        Permission.ACCOUNTS_SEE_IDENTITY,
        Permission.AUTHORISATIONS_READ,
        Permission.BOOKS_VERIFY,
        Permission.CASH_SUPERVISE,
        Permission.CLARIFICATIONS_READ,
        Permission.DASHBOARD_READ,
        Permission.DEPOSITS_READ,
        Permission.QUEUE_READ,
        Permission.QUEUE_STATISTICS,
        Permission.RECEIPTS_VERIFY,
        Permission.VOUCHERS_READ,
    },
    "administrator": _EVERYBODY
    | {Permission.STAFF_ADMINISTER, Permission.STATION_SETTINGS, Permission.RULES_LOAD},
}

JOB_NAMES: dict[str, str] = {
    "counter": "Ventanilla",
    "cashier": "Caja",
    "head_cashier": "Jefatura de cajas",
    "registry": "Padrón",
    "metering": "Micromedición",
    "field_collector": "Ejecutor",
    "manager": "Gerencia comercial",
    "director": "Dirección general",
    "auditor": "Auditoría",
    "administrator": "Administración del sistema",
}


def permissions_of(job: str) -> frozenset[Permission]:
    """The acts of a job; an unknown job may nothing."""
    return BY_JOB.get(job, frozenset())
