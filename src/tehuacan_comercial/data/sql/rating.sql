-- What each account pays for a period (tarificación): the SQL of domain/rating.py, set-based.

-- Called for a line without price or tax: nothing is billed for free by omission.
CREATE OR REPLACE FUNCTION commercial.refuse_unpriced(
    period text, concept text, use_class text, zone text, modality text, m3 integer, priced boolean)
RETURNS numeric
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM commercial.refuse('TC021', 'No price or tax for a line', jsonb_build_object(
        'period', period, 'problem', CASE WHEN priced
            THEN format('no hay tasa de IVA para %s en uso %s', concept, use_class)
            ELSE format('no hay tarifa de %s para uso %s, zona %s, %s, %s m³', concept, use_class,
                zone, CASE modality WHEN 'fixed' THEN 'cuota fija' ELSE 'servicio medido' END, m3)
            END));
    RETURN NULL;
END
$$;

-- Estimates, bills, charges, one run and one balanced journal for each route, in one statement, for
-- the accounts that have no bill of the period yet. What a line costs depends only on use, zone,
-- modality, services and m³: each such key is priced once and every account of the key gets a copy.
-- Gives the runs: a route on which nobody is left gets none, unless it is its first. Refuses when
-- the charges do not add up to the books.
CREATE OR REPLACE FUNCTION commercial.post_bills(
    wanted commercial.billing_period, tariff bigint, taxes bigint, routes text[],
    locked bigint[])
RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = commercial, pg_temp SET work_mem = '192MB'
AS $$
DECLARE
    made bigint[];
    in_books numeric;
    charged numeric;
BEGIN
    WITH waiting AS MATERIALIZED (
        SELECT d.*, e.meter_id, e.previous_value, e.value, e.m3 AS supposed
        FROM accounts_to_bill(wanted.code, wanted.ends_on, routes) d
        LEFT JOIN LATERAL estimate_of(d.account_id, d.tap_id, d.m3, wanted.ends_on, d.missing) e
            ON true
    ), new_readings AS (
        INSERT INTO meter_reading (account_id, period_code, segment, meter_id, read_on,
                                   previous_value, value, consumption, kind)
        SELECT w.account_id, wanted.code, w.last_segment + 1, w.meter_id, wanted.ends_on,
               w.previous_value, w.value, w.supposed, 'estimated'
        FROM waiting w WHERE w.missing
    ), used AS (
        SELECT w.account_id, w.route_code, w.use_class, w.zone, w.modality, w.water, w.sewerage,
               w.sanitation, w.m3 + coalesce(w.supposed, 0) AS m3,
               w.estimated OR w.missing AS estimated
        FROM waiting w
    ), due AS MATERIALIZED (
        SELECT d.*, concat_ws('/', d.use_class, d.zone, d.modality, d.m3, d.water, d.sewerage,
                              d.sanitation) AS key
        FROM used d
    ), keys AS MATERIALIZED (
        SELECT d.key, min(d.use_class) AS use_class, min(d.zone) AS zone,
               min(d.modality) AS modality, min(d.m3) AS m3, bool_or(d.water) AS water,
               bool_or(d.sewerage) AS sewerage, bool_or(d.sanitation) AS sanitation
        FROM due d GROUP BY d.key  -- which the planner knows to be few
    ), rates AS MATERIALIZED (  -- rows of a zone replace those of every zone
        SELECT z.code AS for_zone, t.*
        FROM tariff_rate t JOIN zone z ON t.zone = z.code OR t.zone IS NULL
        WHERE t.rule_set_id = tariff AND (t.zone IS NOT NULL OR NOT EXISTS (
            SELECT FROM tariff_rate o
            WHERE o.rule_set_id = tariff AND o.zone = z.code
              AND (o.concept, o.use_class, o.modality) = (t.concept, t.use_class, t.modality)))
    ), asked AS (
        SELECT k.*, c.code AS concept
        FROM keys k
        JOIN concept c ON CASE c.service WHEN 'water' THEN k.water WHEN 'sewerage' THEN k.sewerage
                                         WHEN 'sanitation' THEN k.sanitation END
    ), priced AS MATERIALIZED (  -- the steps that the consumption reaches, added up
        SELECT a.key, a.concept, a.use_class, a.zone, a.modality, a.m3, t.form, t.percent_of,
               t.minimum, min(t.amount) AS percent, sum(q.quantity * t.amount) AS raw,
               jsonb_agg(jsonb_build_object('kind', t.form, 'quantity', q.quantity,
                   'price', t.amount, 'amount', q.quantity * t.amount) ORDER BY t.from_m3) AS basis
        FROM asked a
        LEFT JOIN rates t ON (t.concept, t.use_class, t.for_zone, t.modality)
             = (a.concept, a.use_class, a.zone, a.modality)
           AND CASE t.form
               WHEN 'range' THEN t.from_m3 <= a.m3 AND (t.to_m3 IS NULL OR a.m3 <= t.to_m3)
               WHEN 'block' THEN t.from_m3 <= a.m3
               ELSE true END
        CROSS JOIN LATERAL (SELECT CASE t.form WHEN 'block' THEN greatest(0, least(a.m3,
            coalesce(t.to_m3, a.m3)) - greatest(t.from_m3 - 1, 0)) ELSE 1 END::numeric AS quantity
        ) q
        GROUP BY a.key, a.concept, a.use_class, a.zone, a.modality, a.m3, t.form, t.percent_of,
                 t.minimum
    ), whole AS (  -- what is a percentage waits until its base is known, its minimum included
        SELECT p.*, greatest(round(p.raw, 2), p.minimum) AS amount
        FROM priced p WHERE p.form IS DISTINCT FROM 'percent'
        UNION ALL
        SELECT p.key, p.concept, p.use_class, p.zone, p.modality, p.m3, p.form,
               p.percent_of, p.minimum, p.percent, part.raw,
               jsonb_build_array(jsonb_build_object('kind', 'percent', 'quantity', part.base,
                   'price', p.percent, 'amount', part.raw)),
               greatest(round(part.raw, 2), p.minimum)
        FROM priced p
        LEFT JOIN priced b ON b.key = p.key AND b.concept = p.percent_of
            AND b.form <> 'percent'
        CROSS JOIN LATERAL (
            SELECT coalesce(greatest(round(b.raw, 2), b.minimum), 0.00) AS base,
                   coalesce(greatest(round(b.raw, 2), b.minimum), 0.00) * p.percent * 0.01 AS raw
        ) part
        WHERE p.form = 'percent'
    ), lines AS MATERIALIZED (
        SELECT w.key, w.concept, x.rate,
               CASE WHEN w.amount IS NULL OR x.rate IS NULL
                   THEN refuse_unpriced(wanted.code, w.concept, w.use_class, w.zone, w.modality,
                                        w.m3, w.amount IS NOT NULL)
                   ELSE w.amount END AS amount,
               round(w.amount * x.rate, 2) AS tax,
               jsonb_build_object('form', w.form, 'of', w.percent_of, 'm3', w.m3,
                   'steps', w.basis || CASE
                   WHEN round(w.raw, 2) < w.minimum THEN jsonb_build_array(jsonb_build_object(
                       'kind', 'minimum', 'quantity', 1, 'price', w.minimum,
                       'amount', w.minimum - round(w.raw, 2))) ELSE '[]' END) AS basis
        FROM whole w
        LEFT JOIN LATERAL (
            SELECT t.rate FROM tax_rate t
            WHERE t.rule_set_id = taxes AND t.concept = w.concept
              AND (t.use_class = w.use_class OR t.use_class IS NULL)
            ORDER BY t.use_class NULLS LAST LIMIT 1) x ON true
    ), sums AS MATERIALIZED (
        SELECT l.key, sum(l.amount) AS amount, sum(l.tax) AS tax FROM lines l GROUP BY l.key
    ), bills AS MATERIALIZED (  -- by account: what one owes is written side by side, in index order
        SELECT d.*, nextval(pg_get_serial_sequence('commercial.bill', 'id')) AS bill_id
        FROM (SELECT d.*, coalesce(s.amount, 0.00) AS amount, coalesce(s.tax, 0.00) AS tax
              FROM due d LEFT JOIN sums s USING (key) ORDER BY d.account_id) d
    ), runs AS MATERIALIZED (
        SELECT r.route_code,
               nextval(pg_get_serial_sequence('commercial.billing_run', 'id')) AS run_id,
               nextval(pg_get_serial_sequence('commercial.journal', 'id')) AS journal_id
        FROM unnest(routes) AS r (route_code)
        WHERE r.route_code IN (SELECT d.route_code FROM due d) OR NOT EXISTS (
            SELECT FROM billing_run o
            WHERE o.period_code = wanted.code AND o.route_code = r.route_code)
    ), by_concept AS MATERIALIZED (
        SELECT n.route_code, l.concept, sum(n.bills) AS bills, sum(n.bills * l.amount) AS amount,
               sum(n.bills * l.tax) AS tax
        FROM (SELECT b.route_code, b.key, count(*) AS bills FROM bills b GROUP BY 1, 2) n
        JOIN lines l USING (key)
        GROUP BY n.route_code, l.concept
    ), credits AS (
        SELECT m.account_id, sum(m.amount) AS amount
        FROM credit_movement m WHERE m.account_id = ANY (locked)
        GROUP BY m.account_id HAVING sum(m.amount) > 0
    ), new_runs AS (
        INSERT INTO billing_run (id, period_code, route_code, tariff_id, taxes_id, accounts,
                                 estimated, consumption, amount, tax, by_concept)
        OVERRIDING SYSTEM VALUE
        SELECT r.run_id, wanted.code, r.route_code, tariff, taxes, count(b.account_id),
               count(*) FILTER (WHERE b.estimated), coalesce(sum(b.m3), 0),
               coalesce(sum(b.amount), 0), coalesce(sum(b.tax), 0),
               coalesce((SELECT jsonb_object_agg(c.concept, jsonb_build_object(
                   'bills', c.bills, 'amount', c.amount, 'tax', c.tax))
                   FROM by_concept c WHERE c.route_code = r.route_code), '{}')
        FROM runs r LEFT JOIN bills b USING (route_code)
        GROUP BY r.run_id, r.route_code
    ), new_journals AS (
        INSERT INTO journal (id, kind, business_date, memo)
        OVERRIDING SYSTEM VALUE
        SELECT r.journal_id, 'billing', office_today(),
               'Facturación ' || wanted.name || ', ruta ' || r.route_code
        FROM runs r WHERE EXISTS (SELECT FROM by_concept c WHERE c.route_code = r.route_code
                                  AND c.amount + c.tax > 0)
    ), new_lines AS (
        INSERT INTO journal_line (journal_id, line, ledger_account, amount)
        SELECT r.journal_id, row_number() OVER (PARTITION BY r.journal_id ORDER BY l.amount DESC),
               l.ledger_account, l.amount
        FROM runs r JOIN (
            SELECT c.route_code, 'RECEIVABLE' AS ledger_account, sum(c.amount + c.tax) AS amount
            FROM by_concept c GROUP BY 1
            UNION ALL
            SELECT c.route_code, k.revenue_account, -sum(c.amount)
            FROM by_concept c JOIN concept k ON k.code = c.concept GROUP BY 1, 2
            UNION ALL SELECT c.route_code, 'VAT', -sum(c.tax) FROM by_concept c GROUP BY 1
        ) l USING (route_code)
        WHERE l.amount <> 0
        RETURNING ledger_account, amount
    ), new_bills AS (
        INSERT INTO bill (id, account_id, period_code, run_id, issued_on, due_on, use_class, zone,
                          modality, consumption, estimated, previous_balance,
                          previous_surcharges, previous_periods, credit_balance, amount, tax)
        OVERRIDING SYSTEM VALUE
        SELECT b.bill_id, b.account_id, wanted.code, r.run_id, wanted.issued_on, wanted.due_on,
               b.use_class, b.zone, b.modality, b.m3, b.estimated, o.amount, o.surcharges, o.periods,
               least(coalesce(c.amount, 0), b.amount + b.tax), b.amount, b.tax
        FROM bills b
        JOIN runs r USING (route_code)
        LEFT JOIN credits c USING (account_id)
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(h.total - h.settled), 0) AS amount,
                   coalesce(sum(h.total - h.settled) FILTER (WHERE h.source = 'surcharge'), 0)
                       AS surcharges,
                   count(DISTINCT h.period_code) AS periods
            FROM charge h WHERE h.account_id = b.account_id AND h.settled < h.total) o
    ), new_charges AS (
        INSERT INTO charge (account_id, bill_id, period_code, concept, source, issued_on, due_on,
                            amount, tax_rate, tax, rule_set_id, basis, journal_id)
        SELECT b.account_id, b.bill_id, wanted.code, l.concept, 'billing', wanted.issued_on,
               wanted.due_on, l.amount, l.rate, l.tax, tariff, l.basis, r.journal_id
        FROM bills b
        JOIN runs r USING (route_code)
        JOIN lines l USING (key)
        WHERE l.amount > 0
        RETURNING total
    )
    SELECT ARRAY(SELECT r.run_id FROM runs r ORDER BY r.run_id),
           (SELECT coalesce(sum(n.amount), 0) FROM new_lines n
            WHERE n.ledger_account = 'RECEIVABLE'),
           (SELECT coalesce(sum(c.total), 0) FROM new_charges c)
    INTO made, in_books, charged;
    IF in_books <> charged THEN
        PERFORM refuse('TC008', 'The charges differ from the books', jsonb_build_object(
            'what', 'billing', 'expected', in_books, 'given', charged));
    END IF;
    RETURN made;
END
$$;
