-- Vouchers (pólizas, I1–I6): what a day's journals say, in the accountant's accounts. A voucher is
-- computed here from the books, frozen, balanced or not issued; somebody else verifies it, and from
-- then on the day is locked. Nothing of its amounts comes from the station.

INSERT INTO commercial.folio_series (code, name) VALUES
    ('PR', 'Pólizas de recaudación'), ('PD', 'Pólizas de descuento')
ON CONFLICT (code) DO NOTHING;

-- The map of concepts to accounts (catálogo contable) in force on a day, or NULL.
CREATE OR REPLACE FUNCTION commercial.accounting_map_on(
    day date, OUT id bigint, OUT version text, OUT map jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT r.id, r.code || ' ' || r.version, s.value
    FROM rule_set r JOIN office_setting s ON s.rule_set_id = r.id AND s.key = 'accounting_map'
    WHERE r.kind = 'accounting_map' AND r.valid @> day
$$;

-- Which voucher a journal belongs to. What takes income back is a discount, a waiver or an
-- adjustment, whatever it is called; billing, surcharges, opening balances and the credit that
-- billing applies belong to no voucher of the tills; everything else moves money or corrects it.
CREATE OR REPLACE FUNCTION commercial.voucher_of(books bigint, books_kind text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM journal_line l JOIN concept k ON k.revenue_account = l.ledger_account
                     WHERE l.journal_id = books AND l.amount > 0) THEN 'discount'
        WHEN books_kind IN ('billing', 'surcharge', 'opening', 'credit') THEN NULL
        ELSE 'collection' END
$$;

-- Every fact of a day's voucher: signed pesos (positive is debit) of one journal, by the books'
-- account and, of what users owe, by concept; "net" is the amount without tax that it realizes or
-- takes back, for the budget's entry. The tax of parts adds up exactly, because each part is the
-- difference of two rounded running totals of its charge.
CREATE OR REPLACE FUNCTION commercial.voucher_facts(wanted text, day date)
RETURNS TABLE (journal_id bigint, origin text, ledger text, concept text, amount numeric,
               net numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    WITH books AS MATERIALIZED (
        SELECT j.id, j.kind FROM journal j
        WHERE j.business_date = day AND voucher_of(j.id, j.kind) = wanted
    ), touched AS MATERIALIZED (
        SELECT DISTINCT a.charge_id FROM allocation a JOIN books b ON b.id = a.journal_id
    ), parts AS MATERIALIZED (
        SELECT a.journal_id, c.concept, a.amount,
               round(c.tax * sum(a.amount) OVER w / c.total, 2)
               - round(c.tax * (sum(a.amount) OVER w - a.amount) / c.total, 2) AS tax
        FROM touched t
        JOIN charge c ON c.id = t.charge_id
        JOIN allocation a ON a.charge_id = c.id
        WINDOW w AS (PARTITION BY a.charge_id ORDER BY a.id)
    ), owed AS (
        SELECT b.id, b.kind, p.concept, -sum(p.amount) AS amount, sum(p.amount - p.tax) AS net
        FROM books b JOIN parts p ON p.journal_id = b.id GROUP BY b.id, b.kind, p.concept
        UNION ALL
        SELECT b.id, b.kind, c.concept, sum(c.total), 0
        FROM books b JOIN charge c ON c.journal_id = b.id GROUP BY b.id, b.kind, c.concept
    ), sides AS (
        SELECT o.id, o.kind, 'RECEIVABLE' AS ledger, o.concept, o.amount, o.net FROM owed o
        UNION ALL  -- what is told by concept is taken out of what the books say without one
        SELECT o.id, o.kind, 'RECEIVABLE', NULL, -o.amount, 0 FROM owed o
        UNION ALL
        SELECT b.id, b.kind, l.ledger_account, k.code, l.amount,
               CASE WHEN k.code IS NULL THEN 0 ELSE l.amount END
        FROM books b
        JOIN journal_line l ON l.journal_id = b.id
        LEFT JOIN LATERAL (
            SELECT c.code FROM concept c WHERE c.revenue_account = l.ledger_account
            ORDER BY c.settlement_order, c.code LIMIT 1) k ON true
    )
    SELECT s.id, s.kind, s.ledger, s.concept, sum(s.amount), sum(s.net)
    FROM sides s GROUP BY s.id, s.kind, s.ledger, s.concept HAVING sum(s.amount) <> 0
$$;

-- The same facts under the accountant's accounts; a NULL account is one that the map does not name.
-- Budget (presupuestal): what users paid goes from accrued to collected; income taken back returns
-- to what may still be accrued, or, booked as a subsidy, counts as collected.
CREATE OR REPLACE FUNCTION commercial.voucher_entries(wanted text, day date, map jsonb)
RETURNS TABLE (section text, origin text, ledger text, concept text, account text, amount numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    WITH facts AS MATERIALIZED (
        SELECT f.origin, f.ledger, f.concept, sum(f.amount) AS amount, sum(f.net) AS net
        FROM voucher_facts(wanted, day) f GROUP BY 1, 2, 3
    ), concepts AS (
        SELECT * FROM jsonb_to_recordset(map -> 'concepts') AS c (concept text, receivable text,
            income text, subsidy text, executable text, accrued text, collected text)
    ), ledgers AS (
        SELECT * FROM jsonb_to_recordset(map -> 'ledgers') AS l (ledger text, account text)
    ), sides AS (
        SELECT f.*, c.concept IS NOT NULL AS mapped, CASE
                WHEN f.concept IS NULL THEN l.account
                WHEN f.ledger = 'RECEIVABLE' THEN c.receivable
                WHEN wanted = 'discount' AND map ->> 'booking' = 'subsidy' THEN c.subsidy
                ELSE c.income END AS account,
            CASE WHEN f.concept IS NULL OR wanted = 'discount' AND f.ledger = 'RECEIVABLE' THEN NULL
                 ELSE c.accrued END AS budget_from,
            CASE WHEN f.ledger = 'RECEIVABLE'
                   OR wanted = 'discount' AND map ->> 'booking' = 'subsidy' THEN c.collected
                 ELSE c.executable END AS budget_to
        FROM facts f
        LEFT JOIN concepts c ON c.concept = f.concept
        LEFT JOIN ledgers l ON f.concept IS NULL AND l.ledger = f.ledger
    )
    SELECT 'books', s.origin, s.ledger, s.concept, s.account, s.amount FROM sides s
    UNION ALL
    SELECT 'budget', s.origin, s.ledger, s.concept, x.account, x.amount
    FROM sides s
    CROSS JOIN LATERAL (VALUES (s.budget_from, s.net), (s.budget_to, -s.net))
        AS x (account, amount)
    WHERE s.budget_from IS NOT NULL AND s.net <> 0
$$;

-- The lines of a voucher as they stand in the books at this moment, in the order they are printed.
CREATE OR REPLACE FUNCTION commercial.voucher_lines(wanted text, day date, map jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('section', e.section, 'origin', e.origin,
        'ledger', e.ledger, 'concept', e.concept, 'account', e.account, 'name', a.name,
        'debit', greatest(e.amount, 0.00), 'credit', greatest(-e.amount, 0.00))
        ORDER BY e.section, array_position(ARRAY['payment', 'void', 'reversal'], e.origin), e.origin,
            e.amount < 0, e.account, e.ledger, e.concept), '[]')
    FROM (SELECT v.section, v.origin, v.ledger, v.concept, v.account, sum(v.amount) AS amount
          FROM voucher_entries(wanted, day, map) v GROUP BY 1, 2, 3, 4, 5) e
    LEFT JOIN jsonb_to_recordset(map -> 'accounts') AS a (code text, name text) ON a.code = e.account
    WHERE e.amount <> 0
$$;

-- Two acts on a day's vouchers, and whatever would change the day, take turns: those who write hold
-- the day shared until they commit, issuing and verifying hold it alone.
CREATE OR REPLACE FUNCTION commercial.hold_day(day date, alone boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF alone THEN
        PERFORM pg_advisory_xact_lock(hashtext('tehuacan voucher day'), day - date '2000-01-01');
    ELSE
        PERFORM pg_advisory_xact_lock_shared(
            hashtext('tehuacan voucher day'), day - date '2000-01-01');
    END IF;
END
$$;

-- Whether a verified voucher locks a day (día verificado, I6).
CREATE OR REPLACE FUNCTION commercial.voucher_day_locked(day date, wanted text DEFAULT 'collection')
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM voucher v WHERE v.business_date = day AND v.kind = wanted
                   AND v.state IN ('verified', 'exported'))
$$;

CREATE OR REPLACE FUNCTION commercial.refuse_locked(day date, wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    PERFORM refuse('TC084', 'The day is verified and locked', jsonb_build_object(
        'day', day, 'folio', v.folio))
    FROM voucher v WHERE v.business_date = day AND v.kind = wanted
        AND v.state IN ('verified', 'exported');
END
$$;

-- Hold a day as one who writes, and see whether a verified voucher locks any of it. The lock comes
-- first: the statement after it sees what was committed while it waited.
CREATE OR REPLACE FUNCTION commercial.hold_locked_day(day date) RETURNS boolean
LANGUAGE plpgsql
AS $$
DECLARE
    held CONSTANT boolean := pg_advisory_xact_lock_shared(
        hashtext('tehuacan voucher day'), day - date '2000-01-01') IS NULL;
BEGIN
    RETURN EXISTS (SELECT FROM voucher v WHERE v.business_date = day
                   AND v.state IN ('verified', 'exported'));
END
$$;

-- No session is opened, reopened or closed on a locked day, and none of its payments is added.
-- Verifying a closed session changes no amount and stays possible.
CREATE OR REPLACE FUNCTION commercial.keep_locked_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF hold_locked_day(NEW.business_date) THEN
        PERFORM refuse_locked(NEW.business_date, 'collection');
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER locked_day BEFORE INSERT ON commercial.payment
    FOR EACH ROW EXECUTE FUNCTION commercial.keep_locked_day();
CREATE OR REPLACE TRIGGER locked_day BEFORE INSERT ON commercial.cash_session
    FOR EACH ROW EXECUTE FUNCTION commercial.keep_locked_day();
CREATE OR REPLACE TRIGGER locked_day_again BEFORE UPDATE OF state ON commercial.cash_session
    FOR EACH ROW WHEN (NEW.state <> OLD.state AND NEW.state <> 'verified')
    EXECUTE FUNCTION commercial.keep_locked_day();

CREATE OR REPLACE FUNCTION commercial.keep_locked_closing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    day date := (SELECT s.business_date FROM cash_session s WHERE s.id = NEW.session_id);
BEGIN
    IF hold_locked_day(day) THEN
        PERFORM refuse_locked(day, 'collection');
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER locked_day BEFORE INSERT ON commercial.cash_closing
    FOR EACH ROW EXECUTE FUNCTION commercial.keep_locked_closing();

-- What a voucher may go through (estados); a returned or exported one goes nowhere. The screen asks
-- the same pairs in domain/lifecycles.py, and a test holds the two together.
CREATE OR REPLACE FUNCTION commercial.voucher_step_allowed(from_state text, to_state text)
RETURNS boolean LANGUAGE sql IMMUTABLE
AS $$
    SELECT (from_state, to_state) IN (
        ('draft', 'verified'), ('draft', 'returned'), ('verified', 'exported'))
$$;
CREATE OR REPLACE FUNCTION commercial.check_voucher_step() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    decision text[] := ARRAY['state', 'decision_id', 'decision_print', 'decided_by', 'decided_at',
                             'decision_note', 'sheet'];
    changing text[] := CASE WHEN OLD.state = 'draft' THEN decision ELSE ARRAY['state'] END;
BEGIN
    IF to_jsonb(OLD) - changing <> to_jsonb(NEW) - changing OR NEW.state = OLD.state THEN
        PERFORM commercial.refuse('TC018', 'An issued voucher never changes',
            jsonb_build_object('table', 'voucher'));
    ELSIF NOT commercial.voucher_step_allowed(OLD.state, NEW.state) THEN
        PERFORM commercial.refuse('TC017', 'The voucher cannot take this step',
            jsonb_build_object('document', OLD.folio, 'state', OLD.state, 'wish', NEW.state));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER step BEFORE UPDATE ON commercial.voucher
    FOR EACH ROW EXECUTE FUNCTION commercial.check_voucher_step();

-- Charges equal credits, in the books and in the budget, or the voucher is not issued (I1). On the
-- voucher at its commit, and on lines that would join it later.
CREATE OR REPLACE FUNCTION commercial.balanced_voucher() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    wrong record;
BEGIN
    SELECT v.folio, sum(l.debit) AS debit, sum(l.credit) AS credit INTO wrong
    FROM voucher v
    CROSS JOIN (VALUES ('books'), ('budget')) AS s (section)
    LEFT JOIN voucher_line l ON l.voucher_id = v.id AND l.section = s.section
    WHERE v.id = wanted GROUP BY v.id, v.folio, s.section
    HAVING coalesce(sum(l.debit), 0) <> coalesce(sum(l.credit), 0)
        OR s.section = 'books' AND coalesce(sum(l.debit), 0) <> v.debit LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('TC086', 'The voucher does not balance', jsonb_build_object(
            'folio', wrong.folio, 'debit', coalesce(wrong.debit, 0),
            'credit', coalesce(wrong.credit, 0)));
    END IF;
    RETURN NULL;
END
$$;
DROP TRIGGER IF EXISTS balanced ON commercial.voucher;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON commercial.voucher
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION commercial.balanced_voucher('id');
DROP TRIGGER IF EXISTS balanced ON commercial.voucher_line;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON commercial.voucher_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION commercial.balanced_voucher('voucher_id');
