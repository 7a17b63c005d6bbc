-- Billing (facturación, C3): a period is opened, then billed route by route, in a handful of
-- set-based statements and one transaction. A later run of a route bills the accounts that came to
-- it since; that nobody is billed twice is the unique key of the bill. What a line costs is said by
-- domain/rating.py; this is the same in SQL, and a test compares both on random tariffs.
--
-- Rules, state of the service and terms are those in force on the last day of the period: a tariff
-- that begins afterwards, or a change of use decided afterwards, never reaches back.

-- command: {code, name, starts_on, ends_on, issued_on, due_on, months}; the station computes the
-- dates with the working calendar. The same period again changes nothing.
CREATE OR REPLACE FUNCTION commercial.open_period(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted billing_period := jsonb_populate_record(NULL::billing_period, command
        || jsonb_build_object('state', 'open',
            'days', daterange((command ->> 'starts_on')::date, (command ->> 'ends_on')::date, '[]')));
    found_one billing_period;
BEGIN
    SELECT p.* INTO found_one FROM billing_period p
    WHERE p.code = wanted.code OR p.days && wanted.days ORDER BY p.code <> wanted.code LIMIT 1;
    IF found_one.code IS NULL THEN
        INSERT INTO billing_period SELECT wanted.*;
        PERFORM announce('period', wanted.code);
    ELSIF (found_one.code, found_one.days, found_one.issued_on, found_one.due_on)
       IS DISTINCT FROM (wanted.code, wanted.days, wanted.issued_on, wanted.due_on) THEN
        PERFORM refuse('TC021', 'Another period holds these days', jsonb_build_object(
            'period', wanted.code, 'problem', 'se traslapa con el periodo ' || found_one.name
                || ' o ya existe con otras fechas'));
    END IF;
    RETURN jsonb_build_object('code', wanted.code, 'opened', found_one.code IS NULL);
END
$$;

-- The rule version of a kind in force on a day, or a refusal (versión vigente).
CREATE OR REPLACE FUNCTION commercial.rules_on(wanted_kind text, day date, period text)
RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    chosen bigint := (SELECT r.id FROM rule_set r WHERE r.kind = wanted_kind AND r.valid @> day);
BEGIN
    IF chosen IS NULL THEN
        PERFORM refuse('TC021', 'No rules are in force on the day', jsonb_build_object(
            'period', period, 'problem', format('no hay %s vigente el %s',
                CASE wanted_kind WHEN 'tariff' THEN 'tarifa' WHEN 'taxes' THEN 'tasa de IVA'
                    ELSE wanted_kind END, to_char(day, 'DD/MM/YYYY'))));
    END IF;
    RETURN chosen;
END
$$;

-- Credit balances pay the new charges at once, in the order of their concepts (saldo a favor, C10):
-- one journal for each run. Only accounts that were locked before their credit was read.
CREATE OR REPLACE FUNCTION commercial.apply_credit(runs bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    WITH parts AS MATERIALIZED (
        SELECT b.run_id, c.account_id, c.id AS charge_id, least(c.total, greatest(0,
            b.credit_balance + c.total - sum(c.total) OVER (
                PARTITION BY b.id ORDER BY k.settlement_order, c.id))) AS amount
        FROM bill b
        JOIN charge c ON c.account_id = b.account_id AND c.bill_id = b.id
        JOIN concept k ON k.code = c.concept
        WHERE b.run_id = ANY (runs) AND b.credit_balance > 0
    ), books AS MATERIALIZED (
        SELECT s.*, nextval(pg_get_serial_sequence('commercial.journal', 'id')) AS journal_id
        FROM (SELECT p.run_id, sum(p.amount) AS amount FROM parts p GROUP BY p.run_id) s
    ), new_journals AS (
        INSERT INTO journal (id, kind, business_date, memo)
        OVERRIDING SYSTEM VALUE
        SELECT j.journal_id, 'credit', office_today(), 'Saldo a favor aplicado al facturar, ruta '
            || (SELECT r.route_code FROM billing_run r WHERE r.id = j.run_id)
        FROM books j
    ), new_lines AS (
        INSERT INTO journal_line (journal_id, line, ledger_account, amount)
        SELECT j.journal_id, l.line, l.ledger_account, l.side * j.amount
        FROM books j, (VALUES (1, 'CUSTOMER_CREDIT', 1), (2, 'RECEIVABLE', -1))
            AS l (line, ledger_account, side)
    ), new_allocations AS (
        INSERT INTO allocation (charge_id, journal_id, amount)
        SELECT p.charge_id, j.journal_id, p.amount
        FROM parts p JOIN books j USING (run_id) WHERE p.amount > 0
    ), new_movements AS (
        INSERT INTO credit_movement (account_id, journal_id, amount)
        SELECT p.account_id, j.journal_id, -sum(p.amount)
        FROM parts p JOIN books j USING (run_id) GROUP BY p.account_id, j.journal_id
    )
    UPDATE charge c SET settled = c.settled + p.amount
    FROM parts p WHERE c.id = p.charge_id AND p.amount > 0
$$;

-- What was billed of a period on some routes, run by run, for the summary that reconciles: *repeated*
-- are the runs of before, told again.
CREATE OR REPLACE FUNCTION commercial.run_summary(period text, routes text[], fresh bigint[])
RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object('period', period, 'closed', (
        SELECT p.state <> 'open' FROM billing_period p WHERE p.code = period), 'runs', coalesce(jsonb_agg(jsonb_build_object(
        'run_id', r.id, 'route', r.route_code, 'accounts', r.accounts, 'estimated', r.estimated,
        'consumption', r.consumption, 'amount', r.amount, 'tax', r.tax,
        'by_concept', r.by_concept, 'posted_by', r.posted_by, 'posted_at', r.posted_at,
        'repeated', r.id <> ALL (fresh),
        'credit_applied', (SELECT coalesce(sum(b.credit_balance), 0.00)
                           FROM bill b WHERE b.run_id = r.id AND b.credit_balance > 0)
        ) ORDER BY r.route_code, r.id), '[]'))
    FROM billing_run r WHERE r.period_code = period AND r.route_code = ANY (routes)
$$;

-- command: {period, route}; without a route, all. Bills exactly the accounts that have no bill of
-- the period, and tells them beside what earlier runs billed. The period's row is held until commit,
-- so two runs wait for each other and the second finds what the first did. Of a closed period
-- nobody is billed any more; a route that was billed before is still told.
CREATE OR REPLACE FUNCTION commercial.bill_route(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
SET jit = off  -- compiling takes longer than the statements do
AS $$
DECLARE
    wanted billing_period;
    asked text[];
    tariff bigint;
    taxes bigint;
    locked bigint[];
    made bigint[] := '{}';
BEGIN
    SELECT p.* INTO wanted FROM billing_period p WHERE p.code = command ->> 'period'
    FOR NO KEY UPDATE;
    asked := ARRAY(SELECT r.code FROM route r
        WHERE command ->> 'route' IS NULL OR r.code = command ->> 'route' ORDER BY r.code);
    IF wanted.code IS NULL OR asked = '{}' THEN
        PERFORM refuse('TC021', 'No such period or route', jsonb_build_object(
            'period', coalesce(command ->> 'period', ''), 'problem',
            CASE WHEN wanted.code IS NULL THEN 'no existe' ELSE 'no existe la ruta' END));
    ELSIF wanted.state = 'open' THEN
        tariff := rules_on('tariff', wanted.ends_on, wanted.code);
        taxes := rules_on('taxes', wanted.ends_on, wanted.code);
        locked := ARRAY(
            SELECT a.id FROM account a JOIN tap ON tap.id = a.tap_id
            WHERE tap.route_code = ANY (asked) AND a.id IN (
                SELECT m.account_id FROM credit_movement m
                GROUP BY m.account_id HAVING sum(m.amount) > 0)
            ORDER BY a.id FOR NO KEY UPDATE OF a);
        made := post_bills(wanted, tariff, taxes, asked, locked);
    ELSIF EXISTS (SELECT FROM unnest(asked) AS r (code) WHERE NOT EXISTS (
            SELECT FROM billing_run b WHERE b.period_code = wanted.code AND b.route_code = r.code))
    THEN
        PERFORM refuse('TC021', 'The period is closed', jsonb_build_object(
            'period', wanted.code, 'problem', 'está cerrado'));
    END IF;
    IF made <> '{}' THEN
        PERFORM apply_credit(made);
        UPDATE rule_set r SET used = true WHERE r.id IN (tariff, taxes) AND NOT r.used;
        PERFORM record_act('billing_run', wanted.code, jsonb_build_object('routes', (
            SELECT jsonb_agg(r.route_code ORDER BY r.id) FROM billing_run r
            WHERE r.id = ANY (made))));
        PERFORM announce('billing', wanted.code);
    END IF;
    RETURN run_summary(wanted.code, asked, made);
END
$$;
