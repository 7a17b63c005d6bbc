"""The decision for every table and function: who reads it, who may ask for it, what may change.

A new table that is not here fails the tests; so does a function that somebody may execute.
"""

from __future__ import annotations

from tehuacan_comercial.data.models.staff import JOBS

EVERYBODY = frozenset(JOBS)
SERVES_ACCOUNTS = EVERYBODY - {"administrator"}
SEES_MONEY = EVERYBODY - {"administrator", "metering", "field_collector"}
CASH = frozenset({"cashier", "head_cashier", "manager", "director", "auditor"})
SUPERVISION = frozenset({"head_cashier", "manager", "director", "auditor"})
TILLS = frozenset({"cashier", "head_cashier"})
PAPER = SEES_MONEY - {"auditor"}
ATTENDS = PAPER - {"director"}
DECIDE = frozenset({"head_cashier", "manager", "director"})
REGISTRY = frozenset({"registry", "manager"})
KEEPER = frozenset({"tehuacan_staff_keeper"})
LOADER = frozenset({"tehuacan_loader"})
OWNERS = ("tehuacan_staff_keeper", "tehuacan_loader")

READERS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "alembic_version", "authorisation_kind", "authorisation_reason", "authority_limit",
            "billing_period", "change_notice", "concept", "neighbourhood",
            "non_working_day", "office_setting", "route", "rule_set", "schema_stamp",
            "staff_member", "station", "surcharge_rate", "tariff_rate", "tax_rate", "till",
            "uma_value", "use_class", "zone",
        ),
        EVERYBODY,
    ),
    **dict.fromkeys(
        (
            "account", "account_holding", "account_state", "account_terms",
            "customer_card", "meter", "meter_installation", "meter_reading", "premises", "tap",
        ),
        SERVES_ACCOUNTS,
    ),
    **dict.fromkeys(
        (
            "allocation", "authorisation", "billing_run", "credit_movement", "delegation",
            "issued_document", "payment", "payment_tender", "print_job", "receipt",
            "receipt_refund", "receipt_replacement", "receipt_void", "channel",
            "unidentified_payment",
            "tender_return", "cheque_ban", "payment_transfer",
            "desk_shift", "queue_series", "queue_ticket", "service_interval", "service_period",
            "service_request",
        ),
        SEES_MONEY,
    ),
    "bill": SERVES_ACCOUNTS,
    "charge": SEES_MONEY | {"field_collector"},
    **dict.fromkeys(
        (
            "cash_closing", "cash_closing_line", "cash_count", "cash_session", "cashier_debt",
            "cashier_difference", "shortage_settlement",
            "discarded_command", "handover", "handover_item", "held_sale", "interim_report",
            "issued_content",
            "session_reopening", "session_takeover",
            "session_verification", "session_verification_line", "withdrawal",
        ),
        CASH,
    ),
    **dict.fromkeys(
        (
            "dashboard_difference", "dashboard_receipt", "dashboard_session", "dashboard_till",
            "dashboard_transit", "dashboard_void", "dashboard_waiting", "folio_series", "journal",
            "journal_line", "ledger_account", "voucher", "voucher_export", "voucher_line",
            "bank_account", "deposit_batch", "deposit_batch_session", "deposit_list",
            "deposit_slip", "deposit_step", "bank_statement", "bank_statement_line",
            "channel_file", "channel_row", "slip_match",
        ),
        SUPERVISION,
    ),
    **dict.fromkeys(
        ("account_directory", "customer"),
        frozenset({"registry", "manager", "director", "auditor"}),
    ),
    "account_today": frozenset({"manager", "auditor"}),
    **dict.fromkeys(
        ("audit_entry", "sign_in"), frozenset({"manager", "director", "auditor", "administrator"})
    ),
    "registry_row": frozenset(),
}  # fmt: skip

EXECUTORS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "authorisation_step_allowed", "decided_kinds", "declared_station",
            "deposit_step_allowed", "office_setting_on", "owns_session", "request_step_allowed",
            "session_step_allowed",
            "sign_in", "supervises_cash", "voucher_step_allowed", "withdrawal_step_allowed",
        ),
        EVERYBODY,
    ),
    "find_accounts": SERVES_ACCOUNTS,
    **dict.fromkeys(
        ("desk_line", "desk_name", "desk_run", "queue_rules", "turn_answer"), SEES_MONEY
    ),
    **dict.fromkeys(
        (
            "abandon_turn", "add_service", "begin_turn", "call_chosen", "call_next",
            "finish_turn", "hold_turn", "leave_desk", "mark_no_show", "recall_turn",
            "resume_turn", "revive_turn", "take_desk", "take_ticket", "transfer_turn",
        ),
        ATTENDS,
    ),
    "free_desk": frozenset({"head_cashier", "manager"}),
    "record_cheque_return": frozenset({"head_cashier", "manager"}),
    "lift_cheque_ban": frozenset({"manager", "director"}),
    **dict.fromkeys(("cheque_fee", "cheque_fee_rule"), SUPERVISION),
    **dict.fromkeys(("holds_job", "refuse"), EVERYBODY | KEEPER | LOADER),
    **dict.fromkeys(("fold", "sort_key", "office_today"), EVERYBODY | LOADER),
    **dict.fromkeys(("may_administer", "set_staff_password"), EVERYBODY | KEEPER),
    **dict.fromkeys(
        (
            "ask_payment", "begin_count", "discard_payment", "hold_sale", "open_session",
            "post_payment", "release_sale", "resume_session", "send_handover", "send_withdrawal",
            "take_back_withdrawal", "receive_shortage",
        ),
        TILLS,
    ),
    **dict.fromkeys(
        ("close_session", "decide_handover", "finish_closing", "take_interim_report"),
        TILLS | {"manager"}
    ),
    **dict.fromkeys(
        (
            "count_by_surprise", "decide_withdrawal", "settle_shortage", "take_over_session",
            "verify_session",
        ),
        frozenset({"head_cashier", "manager"}),
    ),
    **dict.fromkeys(
        (
            "cash_level", "closing_blockers", "handover_parties", "handover_receivers",
            "session_proofs",
        ),
        CASH,
    ),
    **dict.fromkeys(
        (
            "dashboard", "dashboard_cash", "dashboard_moment", "dashboard_past",
            "dashboard_takings", "last_backup", "session_expected", "session_summary",
        ),
        SUPERVISION,
    ),
    **dict.fromkeys(
        (
            "day_receipts", "verification_sheet", "voucher_day_locked", "voucher_facts",
            "voucher_lines",
        ),
        SUPERVISION,
    ),
    "issue_voucher": frozenset({"head_cashier", "manager"}),
    **dict.fromkeys(("batch_money", "session_deposit"), SUPERVISION),
    **dict.fromkeys(
        (
            "balance_batch", "change_batch", "count_batch", "deposit_batch_at_bank", "open_batch",
            "reopen_batch", "assign_unidentified", "import_channel", "import_statement",
            "match_slip",
        ),
        frozenset({"head_cashier", "manager"}),
    ),
    "decide_voucher": frozenset({"manager", "director"}),
    "record_voucher_export": frozenset({"head_cashier", "manager", "director"}),
    **dict.fromkeys(("issue_document", "report_print", "seal_document"), PAPER),
    **dict.fromkeys(
        ("preview_authorisation", "request_authorisation", "withdraw_authorisation"), PAPER
    ),
    **dict.fromkeys(
        ("decide_authorisation", "end_delegation", "record_delegation"), DECIDE
    ),
    **dict.fromkeys(("bill_route", "open_period"), REGISTRY),
    "accrue_surcharges": PAPER,
    "load_rules": frozenset({"manager", "administrator"}),
    "record_readings": frozenset({"registry", "metering", "manager"}),
    "load_registry": REGISTRY | LOADER,
    **dict.fromkeys(("add_staff", "disable_staff"), frozenset({"administrator"}) | KEEPER),
    **dict.fromkeys(
        ("save_bank_account", "save_channel", "save_station", "save_till"),
        frozenset({"administrator"})
    ),
    **dict.fromkeys(("adoptable", "check_verifier", "leave_only_job"), KEEPER),
    **dict.fromkeys(("announce", "record_act"), KEEPER | LOADER),
    **dict.fromkeys(
        (
            "check_registry", "drop_search_index", "load_accounts", "load_balances",
            "load_catalogues", "load_directory", "loaded_totals", "make_search_index",
            "stage_registry",
        ),
        LOADER,
    ),
}  # fmt: skip

# What may happen to a row once it is written, by the owner of the tables itself.
IMMUTABLE = frozenset(
    {
        "allocation", "audit_entry", "authorisation_reason", "authority_limit", "bill",
        "billing_run", "cash_closing", "cash_closing_line",
        "cash_count", "credit_movement", "discarded_command", "journal", "journal_line",
        "non_working_day", "office_setting", "payment", "payment_tender", "print_job", "receipt",
        "receipt_refund", "receipt_replacement", "receipt_void", "sign_in", "surcharge_rate",
        "tariff_rate", "tax_rate", "uma_value", "voucher_export", "voucher_line",
        "interim_report", "session_takeover", "session_verification", "session_verification_line",
        "deposit_list", "deposit_step", "bank_statement", "bank_statement_line", "channel_file",
        "channel_row", "slip_match", "handover", "issued_content", "session_reopening",
        "payment_transfer", "service_period", "shortage_settlement", "tender_return",
    }
)  # fmt: skip
NEVER_DELETED: dict[str, frozenset[str]] = {
    "authorisation": frozenset(
        {
            "state",
            "decision_command_id",
            "decision_fingerprint",
            "decided_by",
            "decided_at",
            "decision_station",
            "decision_note",
            "on_behalf_of",
            "rule_set_id",
            "outcome",
        }
    ),
    "cash_session": frozenset({"state", "closed_at"}),
    "charge": frozenset({"settled"}),
    "cheque_ban": frozenset({"lifted_at", "lifted_by", "lift_reason"}),
    "delegation": frozenset({"ended_at", "ended_by"}),
    "deposit_batch": frozenset({"state", "journal_id"}),
    "deposit_slip": frozenset({"reference", "deposited_on"}),
    "desk_shift": frozenset({"closed_at", "closed_by", "close_reason"}),
    "folio_series": frozenset({"name", "last_number", "chain_head"}),
    "queue_series": frozenset({"last_number"}),
    "queue_ticket": frozenset({"in_hand"}),
    "service_request": frozenset({"state", "desk", "attended_by", "account_id"}),
    "handover_item": frozenset(
        {
            "state",
            "received",
            "decided_by",
            "decided_at",
            "decision_station",
            "decision_note",
        }
    ),
    "issued_document": frozenset({"sha256"}),
    "rule_set": frozenset({"used", "valid"}),
    "unidentified_payment": frozenset(
        {
            "account_id",
            "settled",
            "assignment_id",
            "assigned_journal_id",
            "assigned_by",
            "assigned_at",
            "assigned_on",
            "note",
        }
    ),
    "voucher": frozenset({"state"}),
    "ledger_account": frozenset({"name", "nature"}),
    "withdrawal": frozenset(
        {
            "state",
            "received",
            "decided_by",
            "decided_at",
            "decision_station",
            "decision_note",
        }
    ),
}
"""Rows that stay, and the columns of theirs that may still change."""
KEPT = frozenset({"account", "billing_period", "concept"})
"""Rows that stay because others refer to them without a foreign key; their changes are audited."""
AUDITED: dict[str, str] = {
    "account": "id", "account_holding": "id", "account_state": "id", "account_terms": "id",
    "bank_account": "code", "billing_period": "code", "channel": "code", "concept": "code",
    "customer": "id", "meter": "id", "meter_installation": "id", "premises": "id", "route": "code",
    "rule_set": "id", "staff_member": "username", "station": "code", "tap": "id", "till": "code",
    "use_class": "code", "zone": "code",
}  # fmt: skip
"""Every change leaves its before and after; the key that names the row."""
DERIVED_OR_PASSING = frozenset(
    {
        "account_directory", "alembic_version", "authorisation_kind", "change_notice",
        "deposit_batch_session", "held_sale",
        "meter_reading", "neighbourhood", "registry_row", "schema_stamp",
    }
)  # fmt: skip
"""Neither posted nor audited: derived, catalogues the program fills, or short-lived."""
