-- Behind the posting functions: what was posted stays as it was, whoever asks (D2, D4).

-- Posted facts are never changed or deleted, not even by the owner of the tables.
CREATE OR REPLACE FUNCTION commercial.forbid_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM commercial.refuse('TC018', 'A posted fact is never changed or deleted',
        jsonb_build_object('table', TG_TABLE_NAME));
    RETURN NULL;
END
$$;

-- A row may change only in the columns named as trigger arguments.
CREATE OR REPLACE FUNCTION commercial.allow_only() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF to_jsonb(OLD) - TG_ARGV <> to_jsonb(NEW) - TG_ARGV THEN
        PERFORM commercial.refuse('TC018', 'This column of a posted fact never changes',
            jsonb_build_object('table', TG_TABLE_NAME));
    END IF;
    RETURN NEW;
END
$$;

DO $$
DECLARE
    posted text;
BEGIN
    FOREACH posted IN ARRAY ARRAY[
        'journal', 'journal_line', 'allocation', 'credit_movement', 'payment', 'payment_tender',
        'receipt', 'bill', 'billing_run', 'cash_count', 'cash_closing', 'cash_closing_line',
        'audit_entry', 'sign_in', 'print_job', 'discarded_command', 'tariff_rate', 'tax_rate',
        'surcharge_rate', 'uma_value', 'office_setting', 'non_working_day',
        'authority_limit', 'authorisation_reason', 'receipt_void', 'receipt_refund',
        'receipt_replacement', 'session_takeover', 'session_verification',
        'session_verification_line', 'interim_report', 'handover', 'session_reopening',
        'issued_content', 'voucher_line', 'voucher_export', 'deposit_step', 'deposit_list',
        'bank_statement', 'bank_statement_line', 'slip_match', 'channel_file', 'channel_row',
        'tender_return', 'payment_transfer', 'shortage_settlement', 'service_period'
    ] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS forbid_change ON commercial.%I', posted);
        EXECUTE format('CREATE TRIGGER forbid_change BEFORE UPDATE OR DELETE ON commercial.%I
                        FOR EACH ROW EXECUTE FUNCTION commercial.forbid_change()', posted);
    END LOOP;
    FOREACH posted IN ARRAY ARRAY[
        'charge', 'cash_session', 'rule_set', 'folio_series', 'issued_document', 'account',
        'concept', 'billing_period', 'authorisation', 'delegation', 'withdrawal', 'handover_item',
        'voucher', 'deposit_batch', 'deposit_slip', 'unidentified_payment', 'cheque_ban',
        'queue_series', 'queue_ticket', 'service_request', 'desk_shift',
        'ledger_account'
    ] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS forbid_delete ON commercial.%I', posted);
        EXECUTE format('CREATE TRIGGER forbid_delete BEFORE DELETE ON commercial.%I
                        FOR EACH ROW EXECUTE FUNCTION commercial.forbid_change()', posted);
    END LOOP;
    FOR posted IN SELECT tablename FROM pg_tables WHERE schemaname = 'commercial' LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS forbid_truncate ON commercial.%I', posted);
        EXECUTE format('CREATE TRIGGER forbid_truncate BEFORE TRUNCATE ON commercial.%I
                        EXECUTE FUNCTION commercial.forbid_change()', posted);
    END LOOP;
END
$$;

-- A charge changes only in what has been settled of it (cubierto). The column list keeps the
-- trigger out of the hot path: an UPDATE of "settled" alone never calls it; and AFTER, because
-- for any BEFORE trigger, called or not, PostgreSQL first locks and logs each row.
CREATE OR REPLACE TRIGGER keep_charge AFTER UPDATE OF
    id, account_id, bill_id, period_code, concept, source, issued_on, due_on, amount, tax_rate,
    tax, parent_charge_id, accrued_months, accrued_through, rule_set_id, basis, journal_id
    ON commercial.charge FOR EACH ROW EXECUTE FUNCTION commercial.forbid_change();

-- Lines of the books name their ledger account by its code.
CREATE OR REPLACE TRIGGER keep_ledger_account BEFORE UPDATE OF code ON commercial.ledger_account
    FOR EACH ROW EXECUTE FUNCTION commercial.forbid_change();

CREATE OR REPLACE TRIGGER keep_cash_session BEFORE UPDATE ON commercial.cash_session
    FOR EACH ROW EXECUTE FUNCTION commercial.allow_only('state', 'closed_at');

-- A rule version may only be marked as used; to replace it, a later version takes its place.
CREATE OR REPLACE TRIGGER keep_rule_set BEFORE UPDATE ON commercial.rule_set
    FOR EACH ROW EXECUTE FUNCTION commercial.allow_only('used', 'valid');

-- The hash of an issued sheet is sealed once.
CREATE OR REPLACE FUNCTION commercial.seal_once() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF OLD.sha256 IS NOT NULL OR to_jsonb(OLD) - 'sha256' <> to_jsonb(NEW) - 'sha256' THEN
        PERFORM commercial.refuse('TC018', 'An issued sheet is sealed once',
            jsonb_build_object('table', 'issued_document'));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER keep_issued_document BEFORE UPDATE ON commercial.issued_document
    FOR EACH ROW EXECUTE FUNCTION commercial.seal_once();

-- Folios only go up by one, so a gap or a repeat cannot be written (D6).
CREATE OR REPLACE FUNCTION commercial.next_folio_only() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM commercial.refuse('TC018', 'A folio series goes up by one',
        jsonb_build_object('table', 'folio_series'));
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER keep_folio_series BEFORE UPDATE ON commercial.folio_series
    FOR EACH ROW
    WHEN (NEW.code IS DISTINCT FROM OLD.code
        OR NEW.last_number IS DISTINCT FROM OLD.last_number + 1)
    EXECUTE FUNCTION commercial.next_folio_only();

-- What lines join the books: they sum to zero, name a journal and a ledger account that exist, and
-- their day is not locked (vouchers.sql), of a new journal or of an old one. Posting functions insert
-- a journal's lines in one statement, so one look per statement is enough, and at its own lines
-- alone: what stood before was balanced by the same look (D4).
DROP TRIGGER IF EXISTS balanced ON commercial.journal_line;
DROP TRIGGER IF EXISTS locked_day ON commercial.journal_line;
DROP FUNCTION IF EXISTS commercial.balanced_journal(), commercial.keep_locked_books();
CREATE OR REPLACE FUNCTION commercial.keep_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    days date[];
    day date;
    dangling boolean;
    wrong bigint;
BEGIN
    SELECT array_agg(DISTINCT b.day), bool_or(b.dangling),
           min(b.id) FILTER (WHERE b.difference <> 0)
    INTO days, dangling, wrong
    FROM (
        SELECT l.journal_id AS id, j.business_date AS day, sum(l.amount) AS difference,
               bool_or(j.id IS NULL OR a.code IS NULL) AS dangling
        FROM fresh l
        LEFT JOIN journal j ON j.id = l.journal_id
        LEFT JOIN ledger_account a ON a.code = l.ledger_account
        GROUP BY l.journal_id, j.business_date) b;
    IF wrong IS NOT NULL THEN
        PERFORM refuse('TC019', 'The lines of the journal do not sum to zero',
            jsonb_build_object('journal_id', wrong, 'difference', (
                SELECT sum(l.amount) FROM fresh l WHERE l.journal_id = wrong)));
    ELSIF dangling THEN
        RAISE foreign_key_violation USING MESSAGE = 'A journal line refers to what does not exist';
    END IF;
    FOREACH day IN ARRAY coalesce(days, '{}') LOOP
        IF hold_locked_day(day) THEN
            PERFORM refuse_locked(day, x.kind) FROM (
                SELECT DISTINCT voucher_of(j.id, j.kind) AS kind FROM journal j
                WHERE j.business_date = day AND j.id IN (SELECT f.journal_id FROM fresh f)
            ) x;
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER books AFTER INSERT ON commercial.journal_line
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION commercial.keep_books();

-- The lifecycle of a cash session as a table of pairs (H2); the screen asks the same pairs in
-- domain/lifecycles.py, and a test holds the two together. Back from closed only by a reopening that
-- somebody authorised (reopenings.sql).
CREATE OR REPLACE FUNCTION commercial.session_step_allowed(from_state text, to_state text)
RETURNS boolean LANGUAGE sql IMMUTABLE
AS $$
    SELECT (from_state, to_state) IN (
        ('open', 'counting'), ('counting', 'open'), ('counting', 'closed'), ('closed', 'counting'),
        ('closed', 'verified'))
$$;
CREATE OR REPLACE FUNCTION commercial.check_session_step() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT commercial.session_step_allowed(OLD.state, NEW.state) THEN
        PERFORM commercial.refuse('TC017', 'The cash session cannot take this step',
            jsonb_build_object('document', OLD.folio, 'state', OLD.state, 'wish', NEW.state));
    ELSIF OLD.state = 'closed' AND NEW.state = 'counting'
          AND EXISTS (SELECT FROM commercial.standing_closing(OLD.id)) THEN
        PERFORM commercial.refuse('TC017', 'A closed session is reopened by its authorisation',
            jsonb_build_object('document', OLD.folio, 'state', OLD.state, 'wish', NEW.state));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER step BEFORE UPDATE OF state ON commercial.cash_session
    FOR EACH ROW EXECUTE FUNCTION commercial.check_session_step();

-- A payment's tenders add up to what it applied, its allocations to what it settled, and what it
-- names exists. At commit, when all of it is written; by index, for the reason post_payment has.
CREATE OR REPLACE FUNCTION commercial.payment_adds_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
SET enable_seqscan = off SET jit = off
AS $$
DECLARE
    tendered numeric;
    allocated numeric;
    whole boolean;
BEGIN
    SELECT (SELECT coalesce(sum(applied), 0) FROM payment_tender WHERE payment_id = NEW.id),
           (SELECT coalesce(sum(amount), 0) FROM allocation WHERE journal_id = NEW.journal_id),
           EXISTS (SELECT FROM journal j, account a, cash_session s
                   WHERE j.id = NEW.journal_id AND a.id = NEW.account_id AND s.id = NEW.session_id)
    INTO tendered, allocated, whole;
    IF NOT whole THEN
        RAISE foreign_key_violation USING MESSAGE = 'A payment refers to what does not exist';
    ELSIF tendered <> NEW.applied THEN
        PERFORM refuse('TC008', 'Tenders do not add up to the payment', jsonb_build_object(
            'what', 'tenders', 'expected', NEW.applied, 'given', tendered));
    ELSIF allocated <> NEW.settled THEN
        PERFORM refuse('TC008', 'Allocations do not add up to the payment', jsonb_build_object(
            'what', 'allocations', 'expected', NEW.settled, 'given', allocated));
    ELSIF NEW.settled + NEW.advance + NEW.rounding <> NEW.applied THEN
        PERFORM refuse('TC008', 'The parts of the payment do not add up', jsonb_build_object(
            'what', 'parts', 'expected', NEW.applied,
            'given', NEW.settled + NEW.advance + NEW.rounding));
    END IF;
    RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS adds_up ON commercial.payment;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON commercial.payment
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION commercial.payment_adds_up();

-- What bills and charges refer to exists (llaves foráneas): checked by set, once for a statement,
-- because a foreign key of each row costs a billing run more than the billing itself. Enough,
-- because none of the referred rows can ever be deleted.
CREATE OR REPLACE FUNCTION commercial.bill_refers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM fresh f
        LEFT JOIN account a ON a.id = f.account_id
        LEFT JOIN billing_period p ON p.code = f.period_code
        LEFT JOIN billing_run r ON r.id = f.run_id AND r.period_code = f.period_code
        WHERE a.id IS NULL OR p.code IS NULL OR r.id IS NULL) THEN
        RAISE foreign_key_violation USING MESSAGE = 'A bill refers to what does not exist';
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER refers AFTER INSERT ON commercial.bill
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION commercial.bill_refers();

CREATE OR REPLACE FUNCTION commercial.charge_refers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    dangling boolean;
BEGIN
    -- Few distinct values of most; a charge on a bill has the account of the bill, which exists. The
    -- rows are read again only for a reference that some of them have.
    WITH seen AS MATERIALIZED (
        SELECT DISTINCT concept, journal_id, rule_set_id, bill_id IS NULL AS alone,
               parent_charge_id IS NOT NULL AS child
        FROM fresh
    )
    SELECT EXISTS (
        SELECT FROM seen f
        LEFT JOIN concept k ON k.code = f.concept
        LEFT JOIN journal j ON j.id = f.journal_id
        LEFT JOIN rule_set r ON r.id = f.rule_set_id
        WHERE k.code IS NULL OR j.id IS NULL OR (f.rule_set_id IS NOT NULL AND r.id IS NULL)
    ) OR EXISTS (
        SELECT FROM (SELECT DISTINCT bill_id, account_id FROM fresh WHERE bill_id IS NOT NULL) f
        LEFT JOIN bill b ON b.id = f.bill_id
        WHERE b.account_id IS DISTINCT FROM f.account_id
    ) OR (SELECT bool_or(s.alone) FROM seen s) AND EXISTS (
        SELECT FROM fresh f
        LEFT JOIN account a ON a.id = f.account_id
        WHERE f.bill_id IS NULL AND a.id IS NULL
    ) OR (SELECT bool_or(s.child) FROM seen s) AND EXISTS (
        SELECT FROM fresh f
        LEFT JOIN charge p ON p.id = f.parent_charge_id
        WHERE f.parent_charge_id IS NOT NULL AND p.account_id IS DISTINCT FROM f.account_id
    ) INTO dangling;
    IF dangling THEN
        RAISE foreign_key_violation USING MESSAGE = 'A charge refers to what does not exist';
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER refers AFTER INSERT ON commercial.charge
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION commercial.charge_refers();

-- What a part of a payment refers to: a foreign key of each row would also lock the row referred to,
-- and all tills refer to the same few.
CREATE OR REPLACE FUNCTION commercial.allocation_refers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM fresh f
        LEFT JOIN charge c ON c.id = f.charge_id
        LEFT JOIN journal j ON j.id = f.journal_id
        LEFT JOIN allocation r ON r.id = f.reverses_id
        WHERE c.id IS NULL OR j.id IS NULL OR (f.reverses_id IS NOT NULL AND r.id IS NULL)) THEN
        RAISE foreign_key_violation USING MESSAGE = 'An allocation refers to what does not exist';
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER refers AFTER INSERT ON commercial.allocation
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION commercial.allocation_refers();

-- A receipt is of its payment's account and session.
CREATE OR REPLACE FUNCTION commercial.receipt_refers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM payment p, folio_series s
        WHERE p.id = NEW.payment_id AND p.account_id = NEW.account_id
          AND p.session_id = NEW.session_id AND s.code = NEW.series) THEN
        RAISE foreign_key_violation USING MESSAGE = 'A receipt refers to what does not exist';
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER refers AFTER INSERT ON commercial.receipt
    FOR EACH ROW EXECUTE FUNCTION commercial.receipt_refers();
