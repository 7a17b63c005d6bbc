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

-- What is supposed of a meter that was not read: the average of the last six real consumptions, less
-- what was read of the period already (a meter changed within it), so that the account is billed
-- the average (consumo estimado; domain/consumption.py). The reading it supposes goes with it, so
-- that the next real one bills only the difference. One row if it is needed, else none; the planner opens
-- it up within the billing of a whole route, hence no search path of its own.
CREATE OR REPLACE FUNCTION commercial.estimate_of(
    account bigint, tap bigint, already integer, day date, needed boolean)
RETURNS TABLE (meter_id bigint, previous_value integer, value integer, m3 integer)
LANGUAGE sql STABLE ROWS 1
AS $$
    SELECT mi.meter_id, last_one.value,
           CASE WHEN last_one.value + guess.m3 >= 10 ^ m.digits
               THEN last_one.value + guess.m3 - (10 ^ m.digits)::integer
               ELSE last_one.value + guess.m3 END,
           guess.m3
    FROM (
        SELECT greatest(coalesce(round(avg(h.m3)), 0)::integer - already, 0) AS m3 FROM (
            SELECT sum(g.consumption) AS m3
            FROM commercial.meter_reading g
            JOIN commercial.billing_period p ON p.code = g.period_code
            WHERE g.account_id = account AND p.ends_on < day
            GROUP BY p.starts_on HAVING bool_and(g.kind = 'actual')
            ORDER BY p.starts_on DESC LIMIT 6) h) guess
    LEFT JOIN commercial.meter_installation mi ON mi.tap_id = tap AND mi.valid @> day
    LEFT JOIN commercial.meter m ON m.id = mi.meter_id
    LEFT JOIN LATERAL (
        SELECT coalesce((
            SELECT g.value FROM commercial.meter_reading g
            WHERE g.account_id = account AND g.meter_id = mi.meter_id AND g.value IS NOT NULL
            ORDER BY g.read_on DESC, g.segment DESC LIMIT 1), mi.initial_value) AS value
    ) last_one ON true
    WHERE needed
$$;

-- What a file of readings was found to be when it was loaded before (archivo repetido), or NULL.
CREATE OR REPLACE FUNCTION commercial.reading_file_before(period text, file jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT e.after || jsonb_build_object('repeated', true, 'at', e.at, 'by', e.actor)
        FROM audit_entry e
        WHERE e.table_name = 'meter_reading' AND e.row_key = period AND e.action = 'ACT'
          AND e.after ->> 'sha256' = file ->> 'sha256'
        ORDER BY e.id DESC LIMIT 1);
END
$$;

-- A file is loaded whole or not at all, and comes to the totals it was announced with.
CREATE OR REPLACE FUNCTION commercial.check_reading_file(told jsonb, file jsonb) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wrong jsonb := told -> 'problems' -> 0;
    total text;
BEGIN
    IF wrong IS NOT NULL THEN
        PERFORM refuse('TC023', 'A reading of the file cannot be taken', jsonb_build_object(
            'field', coalesce((SELECT account_number FROM account
                               WHERE id = (wrong ->> 'account_id')::bigint), wrong ->> 'account_id'),
            'problem', wrong ->> 'problem'));
    END IF;
    FOREACH total IN ARRAY ARRAY['taken', 'm3'] LOOP
        IF (told ->> total)::bigint IS DISTINCT FROM (file ->> total)::bigint THEN
            PERFORM refuse('TC008', 'The control totals differ', jsonb_build_object(
                'what', total, 'expected', file ->> total, 'given', told ->> total));
        END IF;
    END LOOP;
END
$$;

-- command: {period, readings: [{account_id, value, anomaly, read_on, segment, serial}], file:
-- {name, sha256, taken, m3}}: a reading sheet
-- (hoja de lecturas) by set; domain/consumption.py in SQL. A lower figure passed zero when less than
-- half the meter's range was used; under an estimate it says that too much was estimated, and counts
-- as nothing used. Rows that cannot be are told with their reason and the others are taken. Until
-- the account is billed a reading may be taken again; what it was is kept in the audit. With a file
-- all rows are taken or none, dates must be of the period, and the same file again changes nothing.
CREATE OR REPLACE FUNCTION commercial.record_readings(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted billing_period;
    file jsonb := command -> 'file';
    told jsonb;
    replaced jsonb;
BEGIN
    SELECT p.* INTO wanted FROM billing_period p WHERE p.code = command ->> 'period' FOR KEY SHARE;
    IF wanted.code IS NULL OR wanted.state <> 'open' THEN
        PERFORM refuse('TC021', 'No such open period', jsonb_build_object(
            'period', coalesce(command ->> 'period', ''), 'problem', 'no existe o está cerrado'));
    END IF;
    IF file IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('tehuacan readings ' || wanted.code));
        told := reading_file_before(wanted.code, file);
        IF told IS NOT NULL THEN
            RETURN told;
        END IF;
    END IF;
    WITH sheet AS MATERIALIZED (
        SELECT DISTINCT ON (r.account_id, coalesce(r.segment, 1)) r.account_id, r.value, r.serial,
               count(*) OVER (PARTITION BY r.account_id, coalesce(r.segment, 1)) AS copies,
               r.anomaly, coalesce(r.read_on, office_today()) AS read_on,
               coalesce(r.segment, 1) AS segment
        FROM jsonb_to_recordset(command -> 'readings') AS r (
            account_id bigint, value integer, anomaly text, read_on date, segment smallint,
            serial text)
    ), excuses AS (
        SELECT a.code, a.allows_missing
        FROM office_setting o
        JOIN rule_set r ON r.id = o.rule_set_id AND r.kind = 'anomalies' AND r.valid @> wanted.ends_on
        CROSS JOIN jsonb_to_recordset(o.value) AS a (code text, allows_missing boolean)
        WHERE o.key = 'anomalies'
    ), seen AS MATERIALIZED (
        SELECT s.*, a.id AS known, m.id AS meter_id, m.serial_number, 10 ^ m.digits AS capacity,
               coalesce(past.value, mi.initial_value) AS previous_value,
               coalesce(past.kind = 'estimated', false) AS after_estimate,
               e.code AS excuse, e.allows_missing,
               EXISTS (SELECT FROM bill b WHERE b.account_id = s.account_id
                       AND b.period_code = wanted.code) AS billed
        FROM sheet s
        LEFT JOIN account a ON a.id = s.account_id
        LEFT JOIN meter_installation mi ON mi.tap_id = a.tap_id AND mi.valid @> s.read_on
        LEFT JOIN meter m ON m.id = mi.meter_id
        LEFT JOIN excuses e ON e.code = s.anomaly
        LEFT JOIN LATERAL (
            SELECT g.value, g.kind FROM meter_reading g
            WHERE g.account_id = s.account_id AND g.meter_id = m.id AND g.value IS NOT NULL
              AND (g.period_code <> wanted.code OR g.segment < s.segment) AND g.read_on <= s.read_on
            ORDER BY g.read_on DESC, g.segment DESC LIMIT 1) past ON true
    ), used AS MATERIALIZED (
        SELECT n.*, CASE
                WHEN n.value >= n.previous_value THEN n.value - n.previous_value
                WHEN 2 * (n.value + n.capacity - n.previous_value) < n.capacity
                    THEN (n.value + n.capacity - n.previous_value)::integer
                WHEN n.after_estimate THEN 0 END AS m3
        FROM seen n
    ), judged AS MATERIALIZED (
        SELECT u.*, CASE
            WHEN u.known IS NULL THEN 'unknown_account'
            WHEN u.billed THEN 'already_billed'
            WHEN u.read_on > office_today() THEN 'in_the_future'
            WHEN file IS NOT NULL AND NOT wanted.days @> u.read_on THEN 'out_of_period'
            WHEN file IS NOT NULL AND u.copies > 1 THEN 'repeated'
            WHEN u.serial <> coalesce(u.serial_number, '') THEN 'other_meter'
            WHEN u.anomaly IS NOT NULL AND u.excuse IS NULL THEN 'unknown_anomaly'
            WHEN u.value IS NULL AND NOT coalesce(u.allows_missing, false)
                THEN 'missing_without_anomaly'
            WHEN u.value IS NOT NULL AND u.meter_id IS NULL THEN 'no_meter'
            WHEN u.value < 0 OR u.value >= u.capacity THEN 'does_not_fit_meter'
            WHEN u.value IS NOT NULL AND u.m3 IS NULL THEN 'lower_than_previous'
            END AS problem
        FROM used u
    ), before AS MATERIALIZED (
        SELECT g.* FROM meter_reading g JOIN judged j
            ON (j.account_id, j.segment) = (g.account_id, g.segment) AND j.problem IS NULL
        WHERE g.period_code = wanted.code
    ), taken AS (
        INSERT INTO meter_reading AS g (account_id, period_code, segment, meter_id, read_on,
            previous_value, value, consumption, kind, anomaly, reader)
        SELECT j.account_id, wanted.code, j.segment, j.meter_id, j.read_on, j.previous_value,
               j.value, j.m3, CASE WHEN j.value IS NULL THEN 'missing' ELSE 'actual' END,
               j.anomaly, session_user
        FROM judged j WHERE j.problem IS NULL
        ON CONFLICT (account_id, period_code, segment) DO UPDATE SET
            meter_id = excluded.meter_id, read_on = excluded.read_on,
            previous_value = excluded.previous_value, value = excluded.value,
            consumption = excluded.consumption, kind = excluded.kind, anomaly = excluded.anomaly,
            reader = excluded.reader
        RETURNING account_id
    )
    SELECT jsonb_build_object('taken', (SELECT count(*) FROM taken),
               'm3', (SELECT coalesce(sum(j.m3), 0) FROM judged j WHERE j.problem IS NULL),
               'problems', coalesce((
               SELECT jsonb_agg(jsonb_build_object('account_id', j.account_id,
                   'problem', j.problem) ORDER BY j.account_id)
               FROM judged j WHERE j.problem IS NOT NULL), '[]')),
           (SELECT jsonb_agg(to_jsonb(b)) FROM before b)
    INTO told, replaced;
    IF replaced IS NOT NULL THEN
        PERFORM record_act('meter_reading', wanted.code, jsonb_build_object('replaced', replaced));
    END IF;
    IF file IS NOT NULL THEN
        PERFORM check_reading_file(told, file);
        PERFORM record_act('meter_reading', wanted.code, file);
        PERFORM announce('registry', wanted.code);
    END IF;
    RETURN told || jsonb_build_object('repeated', false);
END
$$;
