-- Surcharges on overdue charges (recargos, C8): domain/surcharges.py in SQL, by set, counted up to
-- a day, so that the same day again adds nothing. Each overdue charge of a service carries its own,
-- with the tax rate of the service (an accessory follows its principal). No surcharge bears one.
--
-- A surcharge that rounds to nothing is not written and its months are counted again next time,
-- together with the new ones.

-- Months late from the first day after deadline and grace, up to a day inclusive.
CREATE OR REPLACE FUNCTION commercial.late_months(
    due date, grace integer, fraction boolean, through date) RETURNS integer
LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE WHEN through <= due + grace THEN 0 ELSE
        (12 * (extract(year FROM through) - extract(year FROM due + grace + 1))
            + extract(month FROM through) - extract(month FROM due + grace + 1))::integer
        - (extract(day FROM through) < extract(day FROM due + grace + 1))::integer
        + fraction::integer END
$$;

-- What a run adds, one row for each overdue charge of the accounts. The caller holds their locks.
CREATE OR REPLACE FUNCTION commercial.surcharges_due(accounts bigint[], rules bigint, through date)
RETURNS TABLE (
    account_id bigint, parent_id bigint, accessory text, period_code text, due_on date,
    tax_rate numeric, months integer, new_months integer, base numeric, monthly_rate numeric,
    amount numeric)
LANGUAGE sql STABLE  -- and nothing more, so that it is part of the plan of whoever asks
AS $$
    SELECT q.account_id, q.id, q.accessory, q.period_code, q.deadline, q.tax_rate, q.months,
           q.months - q.past_months, q.base, q.monthly_rate, least(
               round(q.base * q.monthly_rate * (q.months - q.past_months), 2), q.room)
    FROM (
        SELECT c.id, c.account_id, c.period_code, c.tax_rate, s.accessory, s.monthly_rate,
               coalesce(c.due_on, c.issued_on) AS deadline, past.months AS past_months,
               commercial.late_months(coalesce(c.due_on, c.issued_on), s.grace_days,
                                      s.month_fraction_counts, through) AS months,
               c.total - c.settled - CASE s.base WHEN 'principal'
                   THEN c.tax - round(c.tax * c.settled / c.total, 2) ELSE 0 END AS base,
               round(s.cap_ratio * CASE s.base WHEN 'principal' THEN c.amount ELSE c.total END, 2)
                   - past.amount AS room
        FROM unnest(accounts) AS a (id)
        JOIN commercial.charge c ON c.account_id = a.id AND c.settled < c.total
        JOIN commercial.surcharge_rate s ON s.rule_set_id = rules AND s.concept = c.concept
        CROSS JOIN LATERAL (
            SELECT coalesce(max(h.accrued_months), 0) AS months,
                   coalesce(sum(h.amount), 0.00) AS amount
            FROM commercial.charge h WHERE h.parent_charge_id = c.id) past
        WHERE c.source <> 'surcharge'
          AND through > coalesce(c.due_on, c.issued_on) + s.grace_days
    ) q
    WHERE q.months > q.past_months
      AND least(round(q.base * q.monthly_rate * (q.months - q.past_months), 2), q.room) > 0
$$;

-- A principal is settled only when its surcharges to date are charges of their own: the program
-- accrues when it opens an account, and nobody goes round that. The caller holds the account's lock.
CREATE OR REPLACE FUNCTION commercial.require_accrued(account bigint, parts bigint[], through date)
RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    missing record;
BEGIN
    SELECT d.parent_id, d.amount INTO missing
    FROM rule_set r CROSS JOIN surcharges_due(ARRAY[account], r.id, through) d
    WHERE r.kind = 'surcharges' AND r.valid @> through AND d.parent_id = ANY (parts)
    LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('TC087', 'The surcharges of the charge are not up to date',
            jsonb_build_object('charge_id', missing.parent_id, 'missing', missing.amount));
    END IF;
END
$$;

-- Charges, and one balanced journal for all of them; gives how many and how much.
CREATE OR REPLACE FUNCTION commercial.post_surcharges(
    accounts bigint[], rules bigint, through date, what text) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    WITH due AS MATERIALIZED (
        SELECT d.*, round(d.amount * d.tax_rate, 2) AS tax
        FROM surcharges_due(accounts, rules, through) d
    ), books AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('commercial.journal', 'id')) AS journal_id
        WHERE EXISTS (SELECT FROM due)
    ), new_journal AS (
        INSERT INTO journal (id, kind, business_date, memo)
        OVERRIDING SYSTEM VALUE
        SELECT b.journal_id, 'surcharge', office_today(),
               'Recargos al ' || to_char(through, 'DD/MM/YYYY') || ', ' || what
        FROM books b
    ), new_lines AS (
        INSERT INTO journal_line (journal_id, line, ledger_account, amount)
        SELECT b.journal_id, row_number() OVER (ORDER BY l.amount DESC), l.ledger_account, l.amount
        FROM books b, (
            SELECT 'RECEIVABLE' AS ledger_account, sum(d.amount + d.tax) AS amount FROM due d
            UNION ALL
            SELECT k.revenue_account, -sum(d.amount)
            FROM due d JOIN concept k ON k.code = d.accessory GROUP BY 1
            UNION ALL SELECT 'VAT', -sum(d.tax) FROM due d) l
        WHERE l.amount <> 0
    ), new_charges AS (
        INSERT INTO charge (account_id, period_code, concept, source, issued_on, due_on, amount,
                            tax_rate, tax, parent_charge_id, accrued_months, accrued_through,
                            rule_set_id, basis, journal_id)
        SELECT d.account_id, d.period_code, d.accessory, 'surcharge', through, d.due_on, d.amount,
               d.tax_rate, d.tax, d.parent_id, d.months, through, rules, jsonb_build_object(
                   'form', 'surcharge', 'base', d.base, 'monthly_rate', d.monthly_rate,
                   'months', d.new_months, 'capped',
                   d.amount < round(d.base * d.monthly_rate * d.new_months, 2)),
               b.journal_id
        FROM due d, books b
        RETURNING account_id, amount, tax
    )
    SELECT jsonb_build_object('charges', count(*), 'accounts', count(DISTINCT n.account_id),
        'amount', coalesce(sum(n.amount), 0.00), 'tax', coalesce(sum(n.tax), 0.00))
    FROM new_charges n
$$;

-- command: {through, account_id, route}; today when no day is given. Of one account (anybody who
-- serves it), of the accounts of a route, or of all of them. Locks the accounts in the order of
-- their numbers.
CREATE OR REPLACE FUNCTION commercial.accrue_surcharges(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
SET jit = off  -- compiling takes longer than the statements do
AS $$
DECLARE
    until date := coalesce((command ->> 'through')::date, office_today());
    one bigint := (command ->> 'account_id')::bigint;
    path text := command ->> 'route';
    rules bigint;
    accounts bigint[];
    told jsonb;
BEGIN
    IF until > office_today() THEN
        PERFORM refuse('TC023', 'Surcharges run up to today at most',
            '{"field": "through", "problem": "future"}');
    ELSIF one IS NULL AND NOT (holds_job('registry', 'manager') OR may_administer()) THEN
        PERFORM refuse('TC001', 'Only the registry accrues for everybody',
            '{"act": "billing.surcharge_all"}');
    END IF;
    accounts := CASE WHEN one IS NOT NULL
        THEN ARRAY(SELECT a.id FROM account a WHERE a.id = one FOR NO KEY UPDATE)
        ELSE ARRAY(
            SELECT a.id FROM account a JOIN tap t ON t.id = a.tap_id
            WHERE (path IS NULL OR t.route_code = path) AND EXISTS (
                SELECT FROM charge c
                WHERE c.account_id = a.id AND c.settled < c.total
                  AND coalesce(c.due_on, c.issued_on) < until)
            ORDER BY a.id FOR NO KEY UPDATE OF a) END;
    IF one IS NOT NULL AND accounts = '{}' THEN
        PERFORM refuse('TC005', 'There is no such account', jsonb_build_object('account', one));
    END IF;
    rules := (SELECT r.id FROM rule_set r WHERE r.kind = 'surcharges' AND r.valid @> until);
    told := post_surcharges(accounts, rules, until, CASE
        WHEN one IS NOT NULL THEN 'cuenta ' || (SELECT account_number FROM account WHERE id = one)
        ELSE coalesce('ruta ' || path, 'todas las rutas') END);
    IF told -> 'charges' <> '0' THEN
        UPDATE rule_set r SET used = true WHERE r.id = rules AND NOT r.used;
        IF one IS NOT NULL THEN
            PERFORM announce('account', one::text);
        ELSE
            PERFORM announce('surcharges', coalesce(path, 'all'));
        END IF;
    END IF;
    IF one IS NULL THEN
        PERFORM record_act('surcharges', until::text, command || told);
    END IF;
    RETURN told || jsonb_build_object('through', until);
END
$$;
