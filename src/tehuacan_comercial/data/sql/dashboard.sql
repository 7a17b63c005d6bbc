-- The manager's window (tablero): one view for each figure, and one function that answers all of
-- them from a single snapshot in a single round trip. Everything runs with the reader's own rights
-- and writes nothing, so that a replica can answer too.

-- Sessions of today, and those of an earlier day that nobody closed.
CREATE OR REPLACE VIEW commercial.dashboard_session WITH (security_invoker = true) AS
SELECT s.id AS session_id, s.folio, s.till_code AS till, s.cashier, m.full_name AS cashier_name,
       s.business_date, s.state, s.opening_counted, s.opened_at, s.closed_at,
       s.business_date < commercial.office_today() AS stale
FROM commercial.cash_session s
JOIN commercial.staff_member m ON m.username = s.cashier
WHERE s.business_date = commercial.office_today() OR s.state IN ('open', 'counting');

-- Each till in use with its newest session of those (caja, quién y en qué estado).
CREATE OR REPLACE VIEW commercial.dashboard_till WITH (security_invoker = true) AS
SELECT t.code AS till, t.name AS till_name, t.cash_limit, s.session_id, s.folio, s.cashier,
       s.cashier_name, s.business_date, s.state, s.opening_counted, s.opened_at, s.closed_at
FROM commercial.till t
LEFT JOIN (
    SELECT DISTINCT ON (d.till) d.* FROM commercial.dashboard_session d
    ORDER BY d.till, d.session_id DESC) s ON s.till = t.code
WHERE t.active AND t.kind = 'drawer';

-- Closings of today and yesterday whose money differed from what was expected (sobrante, faltante),
-- until the session is opened again, or all that was short is put back or condoned.
CREATE OR REPLACE VIEW commercial.dashboard_difference WITH (security_invoker = true) AS
SELECT z.id AS closing_id, z.folio, z.closed_at, s.id AS session_id, s.till_code AS till,
       m.full_name AS cashier_name, s.business_date, l.tender, l.expected, l.declared,
       l.difference
FROM commercial.cash_session s
JOIN commercial.cash_closing z ON z.session_id = s.id
JOIN commercial.cash_closing_line l ON l.closing_id = z.id
JOIN commercial.staff_member m ON m.username = s.cashier
WHERE s.business_date >= commercial.office_today() - 1 AND l.difference <> 0
  AND NOT EXISTS (SELECT FROM commercial.session_reopening o WHERE o.closing_id = z.id)
  AND NOT (l.difference < 0 AND EXISTS (
      SELECT FROM commercial.cashier_debt b WHERE b.session_id = s.id AND b.pending = 0));

-- Receipts as a manager reads them: when, where, whose, how much, how, and whether they still
-- stand (M4).
CREATE OR REPLACE VIEW commercial.dashboard_receipt WITH (security_invoker = true) AS
SELECT r.id AS receipt_id, r.folio, y.id AS payment_id, y.posted_at, y.business_date, y.session_id,
       s.till_code AS till, m.full_name AS cashier_name, y.account_id,
       r.content ->> 'account_number' AS account_number, r.content ->> 'holder' AS holder,
       y.applied, v.kind AS voided, v.business_date AS voided_on, v.reason AS void_reason
FROM commercial.payment y
JOIN commercial.receipt r ON r.payment_id = y.id
JOIN commercial.cash_session s ON s.id = y.session_id
JOIN commercial.staff_member m ON m.username = s.cashier
LEFT JOIN commercial.receipt_void v ON v.receipt_id = r.id;

-- Receipts that ceased to stand today: voids of open sessions and reversals of earlier ones.
CREATE OR REPLACE VIEW commercial.dashboard_void WITH (security_invoker = true) AS
SELECT v.id AS void_id, v.receipt_id, r.folio, v.kind, v.amount, v.reason, v.voided_at,
       y.session_id, s.till_code AS till, s.cashier, m.full_name AS cashier_name
FROM commercial.receipt_void v
JOIN commercial.receipt r ON r.id = v.receipt_id
JOIN commercial.payment y ON y.id = v.payment_id
JOIN commercial.cash_session s ON s.id = y.session_id
JOIN commercial.staff_member m ON m.username = s.cashier
WHERE v.business_date = commercial.office_today();

-- Cash that left a drawer and nobody has received yet (entregas en tránsito, H5).
CREATE OR REPLACE VIEW commercial.dashboard_transit WITH (security_invoker = true) AS
SELECT w.id AS withdrawal_id, w.session_id, s.till_code AS till, w.folio, w.amount, w.sent_at
FROM commercial.withdrawal w JOIN commercial.cash_session s ON s.id = w.session_id
WHERE w.state = 'in_transit';

-- Requests that wait for somebody's decision (por autorizar, M3).
CREATE OR REPLACE VIEW commercial.dashboard_waiting WITH (security_invoker = true) AS
SELECT a.id AS authorisation_id, k.name AS kind_name, a.facts ->> 'title' AS title, a.amount,
       m.full_name AS requester_name, a.station, a.requested_at, a.expires_at
FROM commercial.authorisation a
JOIN commercial.authorisation_kind k ON k.code = a.kind
JOIN commercial.staff_member m ON m.username = a.requested_by
WHERE a.state = 'requested' AND a.expires_at > now();

-- What the sessions of a day took, by session, hour of the office and form of payment; pesos.
-- Only payments after a key: who keeps the sums of those before asks for the rest alone, those up
-- to another key apart, which may join the sums that are kept.
CREATE OR REPLACE FUNCTION commercial.dashboard_takings(day date, after bigint, up_to bigint)
RETURNS TABLE (session_id bigint, hour integer, tender text, early boolean, receipts bigint,
               amount numeric, last_payment bigint)
LANGUAGE sql STABLE
AS $$
    SELECT y.session_id,
           extract(hour FROM y.posted_at AT TIME ZONE 'America/Mexico_City')::integer, k.kind,
           y.id <= up_to, count(*) FILTER (WHERE k.line = 1), sum(k.applied), max(y.id)
    FROM commercial.cash_session s
    JOIN commercial.payment y ON y.session_id = s.id
    JOIN commercial.payment_tender k ON k.payment_id = y.id
    WHERE s.business_date = day AND y.id > after
    GROUP BY 1, 2, 3, 4
$$;

-- Cash that should be in the drawer of each open session: the one formula (session_expected).
CREATE OR REPLACE FUNCTION commercial.dashboard_cash()
RETURNS TABLE (session_id bigint, cash numeric)
LANGUAGE sql STABLE
AS $$
    SELECT d.session_id, e.expected
    FROM commercial.dashboard_session d
    CROSS JOIN LATERAL commercial.session_expected(d.session_id) e
    WHERE d.state IN ('open', 'counting') AND e.tender = 'cash'
$$;

-- When the last backup was taken, or NULL; the supervision may know it without reading the audit.
CREATE OR REPLACE FUNCTION commercial.last_backup() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT max(a.at) FROM audit_entry a
    WHERE a.table_name = 'backup' AND a.action = 'ACT'
      AND holds_job('head_cashier', 'manager', 'director', 'auditor')
$$;

-- Which payments are settled: a payment whose key is at most last_payment was begun by a
-- transaction older than horizon, since a charge has its number before it takes a key and this one
-- is given out after the snapshot. Once every transaction before horizon has ended, that is when a
-- later answer's xmin reaches it, no payment with such a key can still appear. The snapshot's xmax
-- would not do: it follows the newest transaction that ended, and one under way may be newer.
-- A replica gives out no numbers: there nothing is ever settled, and the day is read whole.
-- On a replica, replayed_at and the newest notice tell how old the answer is.
CREATE OR REPLACE FUNCTION commercial.dashboard_moment() RETURNS jsonb
LANGUAGE sql STABLE
AS $$
    SELECT jsonb_build_object(
        'now', clock_timestamp(), 'today', commercial.office_today(),
        'last_payment', (SELECT coalesce(max(y.id), 0) FROM commercial.payment y),
        'xmin', pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
        'horizon', CASE WHEN NOT pg_is_in_recovery() THEN pg_current_xact_id()::text::bigint END,
        'last_notice', (SELECT coalesce(max(n.id), 0) FROM commercial.change_notice n),
        'replica', pg_is_in_recovery(), 'replayed_at', pg_last_xact_replay_timestamp())
$$;

-- asked: {after: key up to which the reader has the sums, up_to: key up to which it wants them
-- apart, cash: whether the drawers are asked too}
CREATE OR REPLACE FUNCTION commercial.dashboard(asked jsonb) RETURNS jsonb
LANGUAGE sql STABLE
AS $$
    SELECT jsonb_build_object(
        'moment', commercial.dashboard_moment(),
        'tills', (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY t.till), '[]')
                  FROM commercial.dashboard_till t),
        'stale', (SELECT coalesce(jsonb_agg(to_jsonb(d) ORDER BY d.session_id), '[]')
                  FROM commercial.dashboard_session d WHERE d.stale),
        'takings', (SELECT coalesce(jsonb_agg(to_jsonb(k)), '[]')
                    FROM commercial.dashboard_takings(
                        commercial.office_today(), (asked ->> 'after')::bigint,
                        (asked ->> 'up_to')::bigint) k),
        'cash', CASE WHEN (asked ->> 'cash')::boolean THEN (
                    SELECT coalesce(jsonb_object_agg(c.session_id, c.cash), '{}')
                    FROM commercial.dashboard_cash() c) END,
        'differences', (SELECT coalesce(jsonb_agg(to_jsonb(x) ORDER BY x.closed_at DESC), '[]')
                        FROM commercial.dashboard_difference x),
        'voids', (SELECT coalesce(jsonb_agg(to_jsonb(v) ORDER BY v.voided_at DESC), '[]')
                  FROM commercial.dashboard_void v),
        'transit', (SELECT coalesce(jsonb_agg(to_jsonb(w) ORDER BY w.sent_at), '[]')
                    FROM commercial.dashboard_transit w),
        'waiting', (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.requested_at), '[]')
                    FROM commercial.dashboard_waiting a),
        'last_backup', commercial.last_backup())
$$;

-- A day that is over, for comparison: {day: [{hour, receipts, amount}]}.
CREATE OR REPLACE FUNCTION commercial.dashboard_past(asked jsonb) RETURNS jsonb
LANGUAGE sql STABLE
AS $$
    SELECT jsonb_build_object('hours', coalesce(jsonb_agg(to_jsonb(h) ORDER BY h.hour), '[]'))
    FROM (SELECT k.hour, sum(k.receipts) AS receipts, sum(k.amount) AS amount
          FROM commercial.dashboard_takings((asked ->> 'day')::date, 0, 0) k GROUP BY k.hour) h
$$;
