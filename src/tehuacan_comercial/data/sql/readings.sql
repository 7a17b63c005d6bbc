-- Meter readings (lecturas): who is to be billed with what the meter said, and estimates.

-- Who is to be billed in a period on some routes: service on, terms known, no bill yet; with what
-- the meter said (lecturas del periodo, tramos sumados).
CREATE OR REPLACE FUNCTION commercial.accounts_to_bill(period text, day date, routes text[])
RETURNS TABLE (
    account_id bigint, tap_id bigint, route_code text, use_class text, zone text, modality text,
    water boolean, sewerage boolean, sanitation boolean,
    m3 integer, estimated boolean, missing boolean, last_segment smallint)
LANGUAGE sql STABLE ROWS 100000 SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT a.id, a.tap_id, tap.route_code, t.use_class, t.zone, t.modality,
           t.water, t.sewerage, t.sanitation,
           CASE t.modality WHEN 'metered' THEN coalesce(r.m3, 0) ELSE 0 END,
           t.modality = 'metered' AND coalesce(r.estimated, false),
           t.modality = 'metered' AND coalesce(r.missing AND NOT r.estimated, true),
           coalesce(r.last_segment, 0::smallint)
    FROM account a
    JOIN tap ON tap.id = a.tap_id AND tap.route_code = ANY (routes)
    JOIN account_state s ON s.account_id = a.id AND s.valid @> day
        AND s.state IN ('active', 'restricted')
    JOIN account_terms t ON t.account_id = a.id AND t.valid @> day
    LEFT JOIN (
        SELECT g.account_id, sum(g.consumption)::integer AS m3, max(g.segment) AS last_segment,
               bool_or(g.kind = 'estimated') AS estimated, bool_or(g.kind = 'missing') AS missing
        FROM meter_reading g WHERE g.period_code = period GROUP BY g.account_id
    ) r ON r.account_id = a.id
    WHERE NOT EXISTS (SELECT FROM bill b WHERE b.account_id = a.id AND b.period_code = period)
$$;

-- A meter that was not read: the average of the last six real consumptions, written as a reading of
-- its own and marked estimated (consumo estimado; domain/consumption.py). The reading it supposes
-- is kept, so that the next real one bills only the difference. What was read of the period (a
-- meter changed within it) counts towards the average.
CREATE OR REPLACE FUNCTION commercial.estimate_missing(period text, day date, routes text[])
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    INSERT INTO meter_reading (account_id, period_code, segment, meter_id, read_on,
                               previous_value, value, consumption, kind)
    SELECT d.account_id, period, d.last_segment + 1, mi.meter_id, day, last_one.value,
           CASE WHEN last_one.value + guess.m3 >= 10 ^ m.digits
               THEN last_one.value + guess.m3 - (10 ^ m.digits)::integer
               ELSE last_one.value + guess.m3 END,
           guess.m3, 'estimated'
    FROM accounts_to_bill(period, day, routes) d
    LEFT JOIN meter_installation mi ON mi.tap_id = d.tap_id AND mi.valid @> day
    LEFT JOIN meter m ON m.id = mi.meter_id
    CROSS JOIN LATERAL (
        SELECT greatest(coalesce(round(avg(h.m3)), 0)::integer - d.m3, 0) AS m3 FROM (
            SELECT sum(g.consumption) AS m3
            FROM meter_reading g JOIN billing_period p ON p.code = g.period_code
            WHERE g.account_id = d.account_id AND p.ends_on < day
            GROUP BY p.starts_on HAVING bool_and(g.kind = 'actual')
            ORDER BY p.starts_on DESC LIMIT 6) h) guess
    LEFT JOIN LATERAL (
        SELECT coalesce((
            SELECT g.value FROM meter_reading g
            WHERE g.account_id = d.account_id AND g.meter_id = mi.meter_id AND g.value IS NOT NULL
            ORDER BY g.read_on DESC, g.segment DESC LIMIT 1), mi.initial_value) AS value
    ) last_one ON true
    WHERE d.missing
$$;
