"""One forged fact each, which checks must find it, and what the first of them must name."""

from __future__ import annotations

from dataclasses import dataclass

RECEIPT = "(SELECT min(id) FROM receipt)"
CLOSING = "(SELECT min(id) FROM cash_closing)"
PAYMENT = "(SELECT min(id) FROM payment)"
CREDIT_PAYMENT = "(SELECT payment_id FROM payment_tender WHERE kind = 'credit')"
BILL = "(SELECT min(id) FROM bill)"
SURCHARGE = "(SELECT min(id) FROM charge WHERE source = 'surcharge')"
OPENING = "(SELECT min(id) FROM charge WHERE source = 'opening')"
FOLIO = f"(SELECT folio FROM receipt WHERE id = {RECEIPT})"
CLOSING_FOLIO = f"(SELECT folio FROM cash_closing WHERE id = {CLOSING})"


@dataclass(frozen=True)
class Tampering:
    """Statements that forge one fact; the checks that must find it; what the first must name."""

    forged: str
    found_by: tuple[str, ...]
    names: str


T = Tampering
VOID_FOLIO = "SELECT r.folio FROM receipt_void v JOIN receipt r ON r.id = v.receipt_id"
RETURNED_FOLIO = "SELECT r.folio FROM receipt r JOIN tender_return x ON x.receipt_id = r.id"
TRANSFER_FOLIO = "SELECT folio FROM payment_transfer"
TAMPERINGS = {
    "a returned cheque of another amount": T(
        "UPDATE tender_return SET amount = amount - 1",
        ("return_facts", "journal_facts"),
        RETURNED_FOLIO,
    ),
    "a returned cheque that says it reopened less": T(
        "UPDATE tender_return SET reopened = reopened - 1",
        ("return_reopens",),
        RETURNED_FOLIO,
    ),
    "a returned cheque that settles again": T(
        "INSERT INTO allocation (charge_id, journal_id, amount)"
        " SELECT a.charge_id, x.journal_id, 5 FROM tender_return x"
        " JOIN allocation a ON a.journal_id = x.journal_id",
        ("payment_standing", "return_reopens", "charge_settled", "journal_facts"),
        RETURNED_FOLIO,
    ),
    "a fee that the rule does not give": T(
        "UPDATE office_setting SET value = value || '{\"minimum\": 80}'"
        " WHERE key = 'returned_cheque'",
        ("return_fee",),
        RETURNED_FOLIO,
    ),
    "a cheque taken in spite of the ban": T(
        "UPDATE cheque_ban SET placed_at = '2020-01-01'",
        ("cheque_ban_kept",),
        RETURNED_FOLIO,
    ),
    "a transfer that nobody approved": T(
        "UPDATE payment_transfer SET requested_by = 'rosa'",
        ("transfer_authorised", "transfer_content"),
        TRANSFER_FOLIO,
    ),
    "a transfer that keeps part of the payment": T(
        "UPDATE payment_transfer SET amount = amount - 1, settled = settled - 1",
        ("transfer_authorised", "transfer_moves", "transfer_content"),
        TRANSFER_FOLIO,
    ),
    "a transfer out of another account": T(
        "UPDATE payment_transfer SET from_account_id = (SELECT max(id) FROM account)",
        ("transfer_authorised", "transfer_moves", "transfer_content"),
        TRANSFER_FOLIO,
    ),
    "a transfer whose paper names another account": T(
        "UPDATE payment_transfer SET content = content || '{\"account_number\": \"10-99999-0\"}'",
        ("transfer_content", "chain_content"),
        TRANSFER_FOLIO,
    ),
    "a slip of another amount": T(
        "UPDATE deposit_slip SET amount = amount + 1 WHERE tender = 'cash'",
        ("deposit_sums", "deposit_list", "cash_control", "journal_facts", "slip_matches"),
        "SELECT folio || ' cash' FROM deposit_list",
    ),
    "a slip to another account of the list": T(
        "UPDATE deposit_slip SET bank_account = 'BNTE' WHERE tender = 'cash'",
        ("deposit_list", "journal_facts", "slip_matches"),
        "SELECT folio FROM deposit_list",
    ),
    "a payment of a shop for another amount": T(
        "UPDATE channel_row SET amount = amount + 1 WHERE id = 1",
        ("channel_rows", "channel_control"),
        "SELECT file_name || '/1' FROM channel_file WHERE id = 1",
    ),
    "a row of a shop that disappeared": T(
        "DELETE FROM channel_row WHERE channel_folio = 'F4'",
        ("channel_control",),
        "SELECT file_name FROM channel_file WHERE id = 2",
    ),
    "an identified payment that settled less": T(
        "UPDATE unidentified_payment SET settled = settled - 1 WHERE account_id IS NOT NULL",
        ("unidentified_assigned",),
        "SELECT id::text FROM unidentified_payment WHERE account_id IS NOT NULL",
    ),
    "a match with another amount": T(
        "UPDATE bank_statement_line SET amount = amount + 1 WHERE line = 1",
        ("slip_matches",),
        "SELECT folio || '/1' FROM deposit_list",
    ),
    "a match that disappeared": T(
        "DELETE FROM slip_match WHERE slip_id = (SELECT min(slip_id) FROM slip_match)",
        ("deposit_reconciled",),
        "SELECT id::text FROM deposit_batch",
    ),
    "a batch back in the count": T(
        "UPDATE deposit_batch SET state = 'counting', journal_id = NULL",
        ("deposit_steps", "cash_control", "journal_facts"),
        "SELECT min(id)::text FROM deposit_batch",
    ),
    "a request decided by who made it": T(
        "ALTER TABLE authorisation DROP CONSTRAINT ck_authorisation_somebody_else;"
        " UPDATE authorisation SET requested_by = decided_by WHERE id = 1;"
        " UPDATE receipt_void SET requested_by = voided_by WHERE authorisation_id = 1",
        ("authorisation_two_people",),
        "SELECT '1'",
    ),
    "a delegation that ended before": T(
        "UPDATE delegation SET ended_at = recorded_at, ended_by = principal",
        ("authorisation_two_people",),
        "SELECT id::text FROM authorisation WHERE on_behalf_of IS NOT NULL",
    ),
    "a decision above the limit of the job": T(
        "UPDATE authority_limit SET up_to = 1 WHERE job = 'manager'",
        ("authorisation_limits",),
        "SELECT '1'",
    ),
    "a decision after the request expired": T(
        "UPDATE authorisation SET expires_at = requested_at + interval '1 ms',"
        " decided_at = requested_at + interval '1 day' WHERE id = 1",
        ("authorisation_in_time",),
        "SELECT '1'",
    ),
    "a void that nobody approved": T(
        "UPDATE authorisation SET state = 'denied', outcome = NULL WHERE id = 1",
        ("void_authorised",),
        f"{VOID_FOLIO} WHERE v.authorisation_id = 1",
    ),
    "a void that keeps part of the money": T(
        "UPDATE allocation SET amount = amount + 1 WHERE id ="
        " (SELECT min(a.id) FROM allocation a JOIN receipt_void v ON v.journal_id = a.journal_id"
        " WHERE a.amount < 0)",
        ("void_undoes", "charge_settled", "journal_facts"),
        f"{VOID_FOLIO} ORDER BY v.id LIMIT 1",
    ),
    "a reversal that says it is a void": T(
        "UPDATE receipt_void SET kind = 'void' WHERE id = 1",
        ("void_facts", "void_refunds"),
        f"{VOID_FOLIO} WHERE v.id = 1",
    ),
    "a refund out of another drawer": T(
        "UPDATE receipt_refund SET session_id = (SELECT max(id) FROM cash_session)"
        " WHERE way = 'cash'",
        ("void_refunds",),
        f"{VOID_FOLIO} ORDER BY v.id DESC LIMIT 1",
    ),
    "a successor of another receipt": T(
        f"UPDATE receipt_replacement SET replaced_id = {RECEIPT}",
        ("receipt_replacement",),
        "SELECT r.folio FROM receipt_replacement p JOIN receipt r ON r.id = p.receipt_id",
    ),
    "a line of a journal": T(
        "UPDATE journal_line SET amount = amount + 1 WHERE ledger_account = 'OPENING'"
        " AND journal_id = (SELECT min(journal_id) FROM journal_line)",
        ("journal_balanced", "journal_facts"),
        "SELECT min(journal_id)::text FROM journal_line",
    ),
    "a journal without lines": T(
        "INSERT INTO journal (kind, business_date, memo) VALUES ('opening', '2026-01-01', 'x')",
        ("journal_lines",),
        "SELECT max(id)::text FROM journal",
    ),
    "a balanced journal of nothing": T(
        "WITH j AS (INSERT INTO journal (kind, business_date, memo) VALUES"
        " ('opening', '2026-01-01', 'x') RETURNING id) INSERT INTO journal_line SELECT j.id, v.*"
        " FROM j, (VALUES (1, 'REVENUE_AGUA', 5), (2, 'OVERAGE', -5)) AS v",
        ("journal_facts",),
        "SELECT max(id) || ' OVERAGE' FROM journal",
    ),
    "two journals that forget a debt": T(
        "WITH j AS (INSERT INTO journal (kind, business_date, memo) VALUES"
        " ('opening', '2026-01-01', 'x') RETURNING id) INSERT INTO journal_line SELECT j.id, v.*"
        " FROM j, (VALUES (1, 'SHORTAGE', 5), (2, 'RECEIVABLE', -5)) AS v",
        ("receivable_control", "journal_facts"),
        "SELECT 'RECEIVABLE'",
    ),
    "a journal that takes credit away": T(
        "WITH j AS (INSERT INTO journal (kind, business_date, memo) VALUES"
        " ('credit', '2026-01-01', 'x') RETURNING id) INSERT INTO journal_line SELECT j.id, v.*"
        " FROM j, (VALUES (1, 'CUSTOMER_CREDIT', 5), (2, 'OVERAGE', -5)) AS v",
        ("credit_control", "journal_facts"),
        "SELECT 'CUSTOMER_CREDIT'",
    ),
    "a journal that takes cash away": T(
        "WITH j AS (INSERT INTO journal (kind, business_date, memo) VALUES"
        " ('opening', '2026-01-01', 'x') RETURNING id) INSERT INTO journal_line SELECT j.id, v.*"
        " FROM j, (VALUES (1, 'SHORTAGE', 5), (2, 'CASH', -5)) AS v",
        ("cash_control", "journal_facts"),
        "SELECT 'CASH'",
    ),
    "what was settled of a charge": T(
        f"UPDATE charge SET settled = settled - 1 WHERE id = {OPENING}",
        ("charge_settled", "receivable_control"),
        f"SELECT {OPENING}::text",
    ),
    "an allocation larger than its charge": T(
        "UPDATE allocation SET amount = amount + 1"
        f" WHERE charge_id = {OPENING}",
        ("charge_over_settled", "charge_settled", "payment_allocations", "journal_facts"),
        f"SELECT {OPENING}::text",
    ),
    "a payment allocated to somebody else": T(
        "UPDATE allocation SET charge_id = (SELECT max(id) FROM charge)"
        f" WHERE charge_id = {SURCHARGE}",
        ("allocation_account", "charge_settled"),
        "SELECT id::text FROM allocation WHERE charge_id = (SELECT max(id) FROM charge)",
    ),
    "a credit that was never paid in": T(
        "UPDATE credit_movement SET account_id = (SELECT max(id) FROM account) WHERE amount < 0",
        ("credit_negative", "payment_credit"),
        "SELECT account_number FROM account ORDER BY id DESC LIMIT 1",
    ),
    "a surcharge above its cap": T(
        f"UPDATE charge SET amount = 318.41 WHERE id = {SURCHARGE}",
        ("surcharge_cap", "receivable_control", "journal_facts"),
        f"SELECT {OPENING}::text",
    ),
    "a surcharge on another account": T(
        f"UPDATE charge SET account_id = (SELECT max(id) FROM account) WHERE id = {SURCHARGE}",
        ("surcharge_parent", "allocation_account"),
        f"SELECT {SURCHARGE}::text",
    ),
    "the amount of a bill": T(
        f"UPDATE bill SET amount = amount - 1 WHERE id = {BILL}",
        ("bill_lines", "billing_run_totals"),
        f"SELECT a.account_number || ' 202609' FROM bill b JOIN account a ON a.id = b.account_id"
        f" WHERE b.id = {BILL}",
    ),
    "a charge in the bill of another period": T(
        f"UPDATE charge SET period_code = '202607' WHERE bill_id = {BILL} AND concept = 'ALC'",
        ("bill_charges",),
        f"SELECT id::text FROM charge WHERE bill_id = {BILL} AND concept = 'ALC'",
    ),
    "an account billed twice": T(
        "ALTER TABLE bill DROP CONSTRAINT uq_bill_account_id_period_code;"
        f" UPDATE bill SET account_id = (SELECT max(account_id) FROM bill) WHERE id = {BILL}",
        ("bill_once", "bill_charges"),
        "SELECT account_number || ' 202609' FROM account ORDER BY id DESC LIMIT 1",
    ),
    "a bill in a run of another period": T(
        "UPDATE billing_run SET period_code = '202607'",
        ("bill_run",),
        f"SELECT a.account_number || ' 202609' FROM bill b JOIN account a ON a.id = b.account_id"
        f" WHERE b.id = {BILL}",
    ),
    "the totals of a billing run": T(
        "UPDATE billing_run SET consumption = consumption + 1",
        ("billing_run_totals",),
        "SELECT '202609 R01 n.º ' || id FROM billing_run",
    ),
    "a concept of a billing run": T(
        "UPDATE billing_run SET by_concept = by_concept - 'ALC'",
        ("billing_run_concepts",),
        "SELECT '202609 R01 n.º ' || id || ' ALC' FROM billing_run",
    ),
    "the credit a bill used": T(
        f"UPDATE bill SET credit_balance = 5 WHERE id = {BILL}",
        ("bill_credit",),
        f"SELECT a.account_number || ' 202609' FROM bill b JOIN account a ON a.id = b.account_id"
        f" WHERE b.id = {BILL}",
    ),
    "a charge of a concept that does not exist": T(
        f"UPDATE charge SET concept = 'NADA' WHERE id = {OPENING}",
        ("reference",),
        "SELECT 'charge.concept NADA'",
    ),
    "a form of payment": T(
        "UPDATE payment_tender SET received = received - 1, applied = applied - 1"
        f" WHERE payment_id = {PAYMENT}",
        ("payment_tenders", "journal_facts", "receipt_content", "closing_expected"),
        f"SELECT {FOLIO}",
    ),
    "what a payment settled": T(
        "UPDATE payment SET settled = settled - 1, advance = advance + 1"
        f" WHERE id = {PAYMENT}",
        ("payment_allocations", "payment_credit", "receipt_content", "closing_totals"),
        f"SELECT {FOLIO}",
    ),
    "a part of a payment": T(
        f"UPDATE payment SET rounding = rounding - 0.10 WHERE id = {PAYMENT}",
        ("payment_parts", "journal_facts", "receipt_content", "closing_totals"),
        f"SELECT {FOLIO}",
    ),
    "the change that was given": T(
        "ALTER TABLE payment_tender DROP CONSTRAINT ck_payment_tender_adds_up;"
        f" UPDATE payment_tender SET change = change - 1 WHERE payment_id = {PAYMENT}",
        ("payment_change", "receipt_content"),
        f"SELECT {PAYMENT} || '/1'",
    ),
    "the credit a payment used": T(
        "UPDATE credit_movement SET amount = amount - 1 WHERE amount < 0",
        ("payment_credit", "credit_control", "journal_facts"),
        f"SELECT folio FROM receipt WHERE payment_id = {CREDIT_PAYMENT}",
    ),
    "a payment without receipt": T(
        f"DELETE FROM receipt WHERE id = {RECEIPT}",
        ("payment_receipt", "folio_sequence", "chain_link"),
        f"SELECT {PAYMENT}::text",
    ),
    "the content of a receipt": T(
        "UPDATE receipt SET content = jsonb_set(content, '{holder}', '\"OTRO\"')"
        f" WHERE id = {RECEIPT}",
        ("chain_content",),
        f"SELECT {FOLIO}",
    ),
    "the amount on a receipt": T(
        "UPDATE receipt SET content = jsonb_set(content, '{applied}', '1.00')"
        f" WHERE id = {RECEIPT}",
        ("receipt_content", "chain_content"),
        f"SELECT {FOLIO}",
    ),
    "a receipt of another account": T(
        f"UPDATE receipt SET account_id = (SELECT max(id) FROM account) WHERE id = {RECEIPT}",
        ("receipt_content",),
        f"SELECT {FOLIO}",
    ),
    "who charged": T(
        f"UPDATE payment SET posted_by = 'lupe' WHERE id = {PAYMENT}",
        ("payment_session",),
        f"SELECT {FOLIO}",
    ),
    "a payment after the close": T(
        f"UPDATE payment SET posted_at = posted_at + interval '1 day' WHERE id = {PAYMENT}",
        ("payment_session",),
        f"SELECT {FOLIO}",
    ),
    "a discarded charge that was posted": T(
        "INSERT INTO discarded_command (command_id, reason)"
        f" SELECT command_id, 'x' FROM payment WHERE id = {PAYMENT}",
        ("command_discarded",),
        f"SELECT command_id::text FROM payment WHERE id = {PAYMENT}",
    ),
    "a second open session": T(
        "DROP INDEX ux_cash_session_open_till;"
        " UPDATE cash_session SET till_code = 'C1' WHERE till_code = 'C2'",
        ("session_one_open", "session_chain", "receipt_content"),
        "SELECT 'La caja C1'",
    ),
    "the session before": T(
        "UPDATE cash_session SET previous_session_id = NULL"
        " WHERE previous_session_id IS NOT NULL",
        ("session_chain",),
        "SELECT folio FROM cash_session ORDER BY id DESC LIMIT 1",
    ),
    "the date of a session": T(
        "UPDATE cash_session SET business_date = business_date - 2"
        " WHERE previous_session_id IS NOT NULL",
        ("session_day", "payment_session"),
        "SELECT folio FROM cash_session ORDER BY id DESC LIMIT 1",
    ),
    "a closed session opened again": T(
        "DROP INDEX ux_cash_session_open_till; DROP INDEX ux_cash_session_open_cashier;"
        " UPDATE cash_session SET state = 'open' WHERE closed_at IS NOT NULL",
        ("session_state", "session_one_open", "session_verified", "deposit_sums",
         "shortage_settled"),
        "SELECT folio FROM cash_session ORDER BY id LIMIT 1",
    ),
    "the counted float": T(
        "UPDATE cash_session SET opening_count = '{\"100\": 4}'"
        " WHERE previous_session_id IS NOT NULL",
        ("session_float",),
        "SELECT folio FROM cash_session ORDER BY id DESC LIMIT 1",
    ),
    "an item handed over": T(
        "UPDATE handover_item SET amount = amount + 1 WHERE id = 1",
        ("handover_items",),
        "SELECT folio || '/1' FROM handover WHERE id = 1",
    ),
    "a proof handed over by who had it not": T(
        "INSERT INTO handover_item (handover_id, line, tender, amount, payment_id, tender_line,"
        " reference, bank, state, decided_by, decided_at) SELECT 1, 2, kind, applied, payment_id,"
        " line, reference, bank, 'accepted', 'rosa', now() FROM payment_tender"
        " WHERE kind = 'card'",
        ("handover_path",),
        "SELECT folio || '/2' FROM handover WHERE id = 1",
    ),
    "a handover to oneself": T(
        "UPDATE handover_item SET decided_by = 'lupe' WHERE id = 1",
        ("handover_closed",),
        "SELECT folio || '/1' FROM handover WHERE id = 1",
    ),
    "who reopened a session": T(
        "UPDATE session_reopening SET reopened_by = 'elena'",
        ("session_reopened",),
        "SELECT c.folio FROM cash_closing c JOIN session_reopening o ON o.closing_id = c.id",
    ),
    "a closing that nobody allowed": T(
        f"UPDATE cash_closing SET authorisation_id = 1 WHERE id = {CLOSING}",
        ("closing_permit",),
        f"SELECT {CLOSING_FOLIO}",
    ),
    "a line of a closing": T(
        "UPDATE cash_closing_line SET declared = declared + 1, difference = difference + 1"
        f" WHERE closing_id = {CLOSING} AND tender = 'cash'",
        (
            "closing_lines",
            "closing_declared",
            "cash_control",
            "shortage_settled",
            "deposit_sums",
            "journal_facts",
            "verification_lines",
        ),
        f"SELECT {CLOSING_FOLIO} || ' cash'",
    ),
    "the difference of a closing": T(
        "ALTER TABLE cash_closing_line DROP CONSTRAINT ck_cash_closing_line_difference;"
        f" UPDATE cash_closing_line SET difference = 0 WHERE closing_id = {CLOSING}"
        " AND tender = 'cash'",
        ("closing_arithmetic", "closing_lines", "journal_facts", "shortage_settled"),
        f"SELECT {CLOSING_FOLIO} || ' cash'",
    ),
    "what a closing expected": T(
        "UPDATE cash_closing_line SET expected = expected - 1, difference = difference + 1"
        f" WHERE closing_id = {CLOSING} AND tender = 'card'",
        ("closing_expected", "closing_lines", "journal_facts"),
        f"SELECT {CLOSING_FOLIO} || ' card'",
    ),
    "the signed count": T(
        "UPDATE cash_count SET denominations = '{\"1000\": 2}'",
        ("closing_declared",),
        f"SELECT {CLOSING_FOLIO} || ' cash'",
    ),
    "the totals on a closing": T(
        "UPDATE cash_closing SET content = jsonb_set(content, '{receipts}', '2')",
        ("closing_totals", "chain_content"),
        f"SELECT {CLOSING_FOLIO}",
    ),
    "the amount of a delivery": T(
        "UPDATE withdrawal SET amount = amount - 1 WHERE state = 'accepted'",
        ("withdrawal_count", "closing_expected", "cash_control", "deposit_sums"),
        "SELECT folio FROM withdrawal WHERE state = 'accepted'",
    ),
    "what was counted of a delivery": T(
        "UPDATE withdrawal SET received = '{\"50\": 1}' WHERE state = 'accepted'",
        ("withdrawal_count",),
        "SELECT folio FROM withdrawal WHERE state = 'accepted'",
    ),
    "a delivery still in transit after the close": T(
        "UPDATE withdrawal SET state = 'in_transit', received = NULL, decided_by = NULL,"
        " decided_at = NULL WHERE state = 'rejected'",
        ("withdrawal_closed",),
        "SELECT folio FROM withdrawal WHERE state = 'in_transit'",
    ),
    "a delivery received by its own cashier": T(
        "ALTER TABLE withdrawal DROP CONSTRAINT ck_withdrawal_two_people;"
        " UPDATE withdrawal SET decided_by = sent_by WHERE state = 'accepted'",
        ("custody_two_people",),
        "SELECT folio FROM withdrawal WHERE state = 'accepted'",
    ),
    "a closing signed by somebody else": T(
        f"UPDATE cash_closing SET closed_by = 'lupe' WHERE id = {CLOSING}",
        ("custody_two_people",),
        f"SELECT {CLOSING_FOLIO}",
    ),
    "a delivery that disappeared": T(
        "DELETE FROM withdrawal WHERE state = 'accepted'",
        ("custody_numbers", "closing_expected", "cash_control", "deposit_sums"),
        "SELECT folio || ' entregas' FROM cash_session ORDER BY id LIMIT 1",
    ),
    "a verification that disappeared": T(
        "DELETE FROM session_verification_line; DELETE FROM session_verification",
        ("session_verified", "cash_control", "journal_facts", "deposit_sums", "shortage_settled"),
        "SELECT folio FROM cash_session ORDER BY id LIMIT 1",
    ),
    "what was verified": T(
        "UPDATE session_verification_line SET verified = verified + 1, difference = difference + 1"
        " WHERE tender = 'cash'",
        ("verification_lines", "cash_control", "journal_facts", "deposit_sums",
         "shortage_settled"),
        f"SELECT {CLOSING_FOLIO} || ' cash'",
    ),
    "a shortage put back beyond what was short": T(
        "UPDATE shortage_settlement SET amount = amount + 1000 WHERE way = 'bank'",
        ("shortage_settled", "journal_facts"),
        "SELECT folio FROM cash_session ORDER BY id LIMIT 1",
    ),
    "a shortage that its own cashier says was put back": T(
        "UPDATE shortage_settlement SET settled_by = 'rosa' WHERE way = 'bank'",
        ("shortage_settled",),
        "SELECT folio FROM cash_session ORDER BY id LIMIT 1",
    ),
    "a shortage put back in cash in somebody else's drawer": T(
        "UPDATE shortage_settlement SET settled_by = 'elena' WHERE way = 'cash'",
        ("shortage_in_cash",),
        "SELECT folio FROM shortage_settlement WHERE way = 'cash'",
    ),
    "a shortage put back in cash of another amount": T(
        "UPDATE shortage_settlement SET amount = amount - 0.25 WHERE way = 'cash'",
        ("shortage_in_cash", "journal_facts", "cash_control"),
        "SELECT folio FROM shortage_settlement WHERE way = 'cash'",
    ),
    "a waiver of more than was allowed": T(
        "UPDATE authorisation SET amount = amount - 0.50 WHERE kind = 'waive_shortage'",
        ("shortage_waived",),
        "SELECT s.folio FROM shortage_settlement r JOIN cash_session s ON s.id = r.session_id"
        " WHERE r.way = 'waiver'",
    ),
    "a waiver that nobody allowed": T(
        "UPDATE authorisation SET state = 'denied', outcome = NULL WHERE kind = 'waive_shortage'",
        ("shortage_waived",),
        "SELECT s.folio FROM shortage_settlement r JOIN cash_session s ON s.id = r.session_id"
        " WHERE r.way = 'waiver'",
    ),
    "a folio that was skipped": T(
        "UPDATE receipt SET number = 9, folio = 'C1-000009', content = content"
        " || '{\"folio\": \"C1-000009\"}' WHERE folio = 'C1-000003';"
        " UPDATE folio_series SET last_number = 9 WHERE code = 'C1'",
        ("folio_sequence", "chain_content"),
        "SELECT 'C1-000009'",
    ),
    "a folio that was repeated": T(
        "ALTER TABLE receipt DROP CONSTRAINT uq_receipt_series_number;"
        " UPDATE receipt SET number = 3 WHERE folio = 'C1-000001'",
        ("folio_sequence", "folio_text", "chain_link"),
        "SELECT 'C1-000002'",
    ),
    "the last number of a series": T(
        "UPDATE folio_series SET last_number = last_number + 1 WHERE code = 'ZC1'",
        ("folio_last",),
        "SELECT 'ZC1'",
    ),
    "the printed folio": T(
        f"UPDATE receipt SET folio = 'C1-000077' WHERE id = {RECEIPT}",
        ("folio_text",),
        "SELECT 'C1-000077'",
    ),
    "a receipt forged with its own hash": T(
        "UPDATE receipt SET content = content || '{\"holder\": \"OTRO\"}', hash = encode(sha256("
        "convert_to(previous_hash || (content || '{\"holder\": \"OTRO\"}')::text, 'UTF8')), 'hex')"
        f" WHERE id = {RECEIPT}",
        ("chain_link",),
        "SELECT 'C1-000002'",
    ),
    "the last receipt forged with its own hash": T(
        "UPDATE receipt SET content = content || '{\"holder\": \"OTRO\"}', hash = encode(sha256("
        "convert_to(previous_hash || (content || '{\"holder\": \"OTRO\"}')::text, 'UTF8')), 'hex')"
        " WHERE folio = 'C1-000003'",
        ("chain_head", "closing_chain_head"),
        "SELECT 'C1'",
    ),
    "the head printed on a closing": T(
        "UPDATE cash_closing SET content = jsonb_set(content, '{chain_head}', '\"abc\"')",
        ("closing_chain_head", "chain_content"),
        f"SELECT {CLOSING_FOLIO}",
    ),
    "a reprint that disappeared": T(
        "DELETE FROM issued_document WHERE kind = 'receipt' AND copy_number = 0",
        ("issued_copies",),
        f"SELECT 'receipt ' || {RECEIPT}",
    ),
    "a line of a voucher": T(
        "UPDATE voucher_line SET debit = debit + 1 WHERE section = 'books' AND debit > 0"
        " AND voucher_id = (SELECT min(voucher_id) FROM voucher_line)",
        ("voucher_balanced", "voucher_lines"),
        "SELECT 'PR-000001 (books)'",
    ),
    "a voucher verified by who issued it": T(
        "ALTER TABLE voucher DROP CONSTRAINT ck_voucher_maker_is_not_verifier;"
        " UPDATE voucher SET decided_by = issued_by WHERE folio = 'PR-000003'",
        ("voucher_two_people",),
        "SELECT 'PR-000003'",
    ),
    "a voucher that follows another": T(
        "UPDATE voucher SET previous_id = (SELECT id FROM voucher WHERE folio = 'PR-000001')"
        " WHERE folio = 'PR-000003'",
        ("voucher_versions",),
        "SELECT 'PR-000003'",
    ),
    "money that joins a verified day": T(
        "WITH j AS (INSERT INTO journal (kind, business_date, memo) VALUES"
        " ('cash_difference', (SELECT business_date FROM voucher WHERE folio = 'PR-000003'), 'x')"
        " RETURNING id) INSERT INTO journal_line SELECT j.id, v.*"
        " FROM j, (VALUES (1, 'CASH', 5), (2, 'OVERAGE', -5)) AS v",
        ("voucher_books", "cash_control", "journal_facts"),
        "SELECT 'PR-000003'",
    ),
    "an export that disappeared": T(
        "DELETE FROM voucher_export",
        ("voucher_exported",),
        "SELECT 'PR-000003'",
    ),
    "a ticket whose number was never given": T(
        "UPDATE queue_ticket SET number = 90 WHERE label = 'A-004'",
        ("queue_numbers",),
        "SELECT 'A ' || business_date FROM queue_ticket WHERE label = 'A-004'",
    ),
    "a wait that disappeared": T(
        "DELETE FROM service_period WHERE number = 1 AND request_id = (SELECT s.id"
        " FROM service_request s JOIN queue_ticket t ON t.id = s.ticket_id"
        " WHERE t.label = 'A-002' AND s.line = 1)",
        ("queue_periods",),
        "SELECT 'A-002/1'",
    ),
    "somebody marked as attended who was not": T(
        "UPDATE service_request SET state = 'done' WHERE state = 'waiting'"
        " AND ticket_id = (SELECT id FROM queue_ticket WHERE label = 'C-002')",
        ("queue_state",),
        "SELECT 'C-002/1'",
    ),
    "an attention that began while another lasted": T(
        "UPDATE service_period SET at = (SELECT max(p.at) FROM service_period p"
        " WHERE p.act = 'begin' AND p.desk = 'V1') - interval '1 microsecond'"
        " WHERE act = 'call_next' AND desk = 'V1' AND number = 2 AND request_id = (SELECT s.id"
        " FROM service_request s JOIN queue_ticket t ON t.id = s.ticket_id"
        " WHERE t.label = 'A-001' AND s.line = 1)",
        ("queue_one_at_a_time",),
        "SELECT 'V1'",
    ),
    "a transfer that lost its place": T(
        "UPDATE service_request SET seniority_at = seniority_at + interval '1 hour'"
        " WHERE previous_id IS NOT NULL",
        ("queue_transfers",),
        "SELECT t.label || '/2' FROM queue_ticket t JOIN service_request s ON s.ticket_id = t.id"
        " WHERE s.previous_id IS NOT NULL",
    ),
    "the directory": T(
        "UPDATE account_directory SET holder_name = 'OTRO'"
        " WHERE account_id = (SELECT min(id) FROM account)",
        ("directory",),
        "SELECT account_number FROM account ORDER BY id LIMIT 1",
    ),
    "an account that is not in the directory": T(
        "DELETE FROM account_directory WHERE account_id = (SELECT min(id) FROM account)",
        ("directory",),
        "SELECT account_number FROM account ORDER BY id LIMIT 1",
    ),
    "a customer who disappeared": T(
        "DELETE FROM customer WHERE id = (SELECT min(id) FROM customer)",
        ("reference", "directory"),
        "SELECT 'account_holding.customer_id ' || min(customer_id) FROM account_holding",
    ),
}  # fmt: skip
