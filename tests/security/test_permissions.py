"""The acts of domain/permissions.py and the grants of PostgreSQL say the same."""

from __future__ import annotations

import pytest

from tehuacan_comercial.data.models.staff import JOBS
from tehuacan_comercial.domain.permissions import BY_JOB, Permission
from tests.security.expected_access import EXECUTORS, READERS

P = Permission
FUNCTIONS: dict[Permission, tuple[str, ...]] = {
    P.ACCOUNTS_READ: ("find_accounts",),
    P.ACCOUNTS_IMPORT: ("load_registry",),
    P.AUTHORISATIONS_DECIDE: ("decide_authorisation", "record_delegation", "end_delegation"),
    P.AUTHORISATIONS_REQUEST: (
        "preview_authorisation",
        "request_authorisation",
        "withdraw_authorisation",
    ),
    P.BILLING_READINGS: ("record_readings",),
    P.BILLING_RUN: ("open_period", "bill_route"),
    P.BILLING_SURCHARGE: ("accrue_surcharges",),
    P.CASH_CHARGE: ("post_payment", "ask_payment", "discard_payment", "hold_sale", "release_sale"),
    P.CASH_CLOSE: ("close_session", "decide_handover", "finish_closing", "take_interim_report"),
    P.CASH_CUSTODY: (
        "count_by_surprise",
        "decide_withdrawal",
        "settle_shortage",
        "take_over_session",
        "verify_session",
    ),
    P.CASH_SESSION: (
        "open_session",
        "begin_count",
        "receive_shortage",
        "resume_session",
        "send_handover",
        "send_withdrawal",
        "take_back_withdrawal",
    ),
    P.CASH_SUPERVISE: ("session_expected", "session_summary"),
    P.CLARIFICATIONS_LIFT: ("lift_cheque_ban",),
    P.CLARIFICATIONS_READ: ("cheque_fee", "cheque_fee_rule"),
    P.CLARIFICATIONS_RECORD: ("record_cheque_return",),
    P.DASHBOARD_READ: (
        "dashboard", "dashboard_cash", "dashboard_moment", "dashboard_past", "dashboard_takings",
        "last_backup",
    ),
    P.DEPOSITS_MANAGE: (
        "balance_batch", "change_batch", "count_batch", "deposit_batch_at_bank", "open_batch",
        "reopen_batch", "import_statement", "match_slip",
    ),
    P.CHANNELS_IMPORT: ("import_channel", "assign_unidentified"),
    P.DEPOSITS_READ: ("batch_money", "session_deposit"),
    P.QUEUE_ATTEND: (
        "add_service", "begin_turn", "call_chosen", "call_next", "finish_turn", "hold_turn",
        "leave_desk", "mark_no_show", "recall_turn", "resume_turn", "take_desk", "transfer_turn",
    ),
    P.QUEUE_RECEIVE: ("abandon_turn", "revive_turn", "take_ticket"),
    P.QUEUE_SUPERVISE: ("free_desk",),
    P.RECEIPTS_REPRINT: ("issue_document", "seal_document", "report_print"),
    P.RULES_LOAD: ("load_rules",),
    P.STAFF_ADMINISTER: ("add_staff", "disable_staff"),
    P.STAFF_OWN_PASSWORD: ("set_staff_password",),
    P.STAFF_SIGN_IN: ("sign_in",),
    P.VOUCHERS_EXPORT: ("record_voucher_export",),
    P.VOUCHERS_ISSUE: ("issue_voucher",),
    P.VOUCHERS_READ: (
        "day_receipts",
        "verification_sheet",
        "voucher_day_locked",
        "voucher_facts",
        "voucher_lines",
    ),
    P.VOUCHERS_VERIFY: ("decide_voucher",),
    P.STATION_SETTINGS: ("save_bank_account", "save_channel", "save_station", "save_till"),
}  # fmt: skip
"""Acts that are functions; the act and all of its functions are for the same jobs."""
READS: dict[Permission, tuple[str, ...]] = {
    P.ACCOUNTS_READ: ("account", "customer_card"),
    P.ACCOUNTS_SEE_DEBT: ("charge",),
    P.ACCOUNTS_SEE_IDENTITY: ("account_directory", "customer"),
    P.AUTHORISATIONS_READ: ("authorisation", "delegation"),
    P.BOOKS_VERIFY: ("account_today",),
    P.DEPOSITS_READ: (
        "bank_account",
        "deposit_batch",
        "deposit_batch_session",
        "deposit_list",
        "deposit_slip",
        "deposit_step",
        "bank_statement",
        "bank_statement_line",
        "channel_file",
        "channel_row",
        "slip_match",
    ),
    P.QUEUE_READ: (
        "desk_shift", "queue_series", "queue_ticket", "service_interval", "service_period",
        "service_request",
    ),
    P.VOUCHERS_READ: ("voucher", "voucher_line", "voucher_export"),
}  # fmt: skip
"""Acts that only read; likewise."""
COMPOSED = {
    P.ACCOUNTS_STATEMENT: "charge",
    P.BILLING_PRINT: "bill",
    P.QUEUE_STATISTICS: "service_interval",
    P.RECEIPTS_VERIFY: "receipt",
}
"""Acts made of others: whoever may do them reads at least this table."""


HELPERS = {
    "cash_level", "closing_blockers", "handover_parties", "handover_receivers", "session_proofs",
    "desk_line", "desk_name", "desk_run", "queue_rules", "request_step_allowed", "turn_answer",
    "authorisation_step_allowed", "decided_kinds", "declared_station", "deposit_step_allowed",
    "fold", "holds_job",
    "may_administer", "office_setting_on", "office_today", "owns_session", "refuse",
    "session_step_allowed", "sort_key", "supervises_cash", "voucher_step_allowed",
    "withdrawal_step_allowed",
}  # fmt: skip
"""Functions that answer or refuse, and change nothing."""


def jobs_with(permission: Permission) -> frozenset[str]:
    return frozenset(job for job in JOBS if permission in BY_JOB[job])


def test_every_job_has_its_acts() -> None:
    assert set(BY_JOB) == set(JOBS)


@pytest.mark.parametrize("permission", FUNCTIONS)
def test_acts_are_granted_as_functions(permission: Permission) -> None:
    for function in FUNCTIONS[permission]:
        assert EXECUTORS[function] & set(JOBS) == jobs_with(permission), function


@pytest.mark.parametrize("permission", READS)
def test_readings_are_granted_as_tables(permission: Permission) -> None:
    for table in READS[permission]:
        assert READERS[table] == jobs_with(permission), table


@pytest.mark.parametrize("permission", COMPOSED)
def test_composed_acts_can_be_done(permission: Permission) -> None:
    assert jobs_with(permission) <= READERS[COMPOSED[permission]]


def test_every_function_that_a_job_may_call_is_an_act_or_a_helper() -> None:
    acts = {function for named in FUNCTIONS.values() for function in named}
    called = {name for name, roles in EXECUTORS.items() if roles & set(JOBS)}
    assert called == acts | HELPERS


def test_every_act_is_held_to_a_grant() -> None:
    assert {*FUNCTIONS, *READS, *COMPOSED} == set(Permission)
