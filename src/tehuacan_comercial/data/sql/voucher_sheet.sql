-- The verification sheet of a day (hoja de verificación, I3): five totals from five different
-- places, and what each must be. Green when they agree; the rows behind each are listed, down to
-- the receipts.

-- Sessions of a day as their signed closings say: collected is what was expected without the float
-- they began with and the shortages put back, with what was delivered before the close.
CREATE OR REPLACE FUNCTION commercial.day_sessions(day date)
RETURNS TABLE (session_id bigint, folio text, till_name text, cashier_name text, state text,
               closing_folio text, receipts integer, collected numeric, difference numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT s.id, s.folio, t.name, m.full_name, s.state, c.folio,
           coalesce((c.content ->> 'receipts')::integer, 0),
           l.expected - s.opening_counted + (
               SELECT coalesce(sum((w ->> 'amount')::numeric), 0.00)
               FROM jsonb_array_elements(coalesce(c.content -> 'withdrawals', '[]')) w
               WHERE w ->> 'state' = 'accepted') + (
               SELECT coalesce(sum((h ->> 'amount')::numeric
                   * CASE h ->> 'direction' WHEN 'out' THEN 1 ELSE -1 END), 0.00)
               FROM jsonb_array_elements(coalesce(c.content -> 'handovers', '[]')) h
               WHERE h ->> 'state' = 'accepted') - (
               SELECT coalesce(sum((r ->> 'amount')::numeric), 0.00)
               FROM jsonb_array_elements(coalesce(c.content -> 'repaid', '[]')) r),
           l.difference
    FROM cash_session s
    JOIN till t ON t.code = s.till_code
    JOIN staff_member m ON m.username = s.cashier
    LEFT JOIN LATERAL standing_closing(s.id) c ON true
    LEFT JOIN LATERAL (SELECT sum(x.expected) AS expected, sum(x.difference) AS difference
                       FROM cash_closing_line x WHERE x.closing_id = c.id) l ON true
    WHERE s.business_date = day
$$;

-- Receipts of a day as they were posted: the money they brought (without credit balance), and what
-- of them was given back out of a drawer on the same day, or is still owed to the person.
CREATE OR REPLACE FUNCTION commercial.day_receipts(day date)
RETURNS TABLE (receipt_id bigint, session_id bigint, account_id bigint, series text,
               number integer, folio text, holder text, account_number text, posted_at timestamptz,
               voided text, money numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT r.id, r.session_id, r.account_id, r.series, r.number, r.folio,
           r.content ->> 'holder', r.content ->> 'account_number', p.posted_at,
           coalesce(v.kind, ''), coalesce(x.money, 0.00)
    FROM cash_session s
    JOIN payment p ON p.session_id = s.id
    JOIN receipt r ON r.payment_id = p.id
    LEFT JOIN receipt_void v ON v.receipt_id = r.id
    LEFT JOIN LATERAL (SELECT sum(t.applied) AS money FROM payment_tender t
                       WHERE t.payment_id = p.id AND t.kind <> 'credit') x ON true
    WHERE s.business_date = day
$$;

-- What drawers gave back on a day, whatever the day of the receipt (cancelaciones y reversos).
CREATE OR REPLACE FUNCTION commercial.day_refunds(day date)
RETURNS TABLE (void_id bigint, receipt_id bigint, session_id bigint, folio text, kind text,
               reason text, money numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT v.id, v.receipt_id, min(f.session_id), r.folio, v.kind, v.reason, sum(f.amount)
    FROM receipt_void v
    JOIN receipt_refund f ON f.void_id = v.id AND f.session_id IS NOT NULL
    JOIN receipt r ON r.id = v.receipt_id
    WHERE v.business_date = day GROUP BY v.id, r.folio
$$;

-- Folios of a day by series: from the one after the last of before, to the day's last, none missing
-- and none of another day between them; amounts as frozen in the receipts themselves.
CREATE OR REPLACE FUNCTION commercial.day_folios(day date)
RETURNS TABLE (series text, first_folio text, last_folio text, receipts integer, missing integer,
               unchained integer, money numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT d.series, folio_text(d.series, d.first), folio_text(d.series, d.last),
           count(r.id)::integer, (d.last - d.start - count(r.id))::integer,
           (count(*) FILTER (WHERE r.hash <> encode(sha256(convert_to(
                r.previous_hash || r.content::text, 'UTF8')), 'hex')))::integer,
           coalesce(sum((SELECT sum((t ->> 'applied')::numeric)
                FROM jsonb_array_elements(r.content -> 'tenders') t
                WHERE t ->> 'kind' <> 'credit')), 0.00)
    FROM (SELECT x.series, min(x.number) AS first, max(x.number) AS last, (
              SELECT coalesce(max(b.number), 0) FROM receipt b
              WHERE b.series = x.series AND b.number < min(x.number)) AS start
          FROM day_receipts(day) x GROUP BY x.series) d
    JOIN receipt r ON r.series = d.series AND r.number BETWEEN d.first AND d.last
    GROUP BY d.series, d.first, d.last, d.start
$$;

-- What the day's standing collection voucher says that tills collected.
CREATE OR REPLACE FUNCTION commercial.voucher_money(wanted bigint) RETURNS numeric
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce(sum(l.debit - l.credit), 0.00) FROM voucher_line l
    WHERE l.voucher_id = wanted AND l.section = 'books'
      AND l.origin IN ('payment', 'void', 'reversal')
      AND l.ledger IN ('CASH', 'CARD', 'TRANSFER', 'CHEQUE')
$$;

CREATE OR REPLACE FUNCTION commercial.standing_voucher(day date, wanted text)
RETURNS commercial.voucher
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT v.* FROM voucher v
    WHERE v.business_date = day AND v.kind = wanted AND v.state <> 'returned'
$$;

-- {day, locked, open_sessions: [...], totals: [{key, name, amount, expected, count, ok, detail}],
-- sessions, folios, refunds, vouchers}. Receipts come apart, by session (day_receipts).
CREATE OR REPLACE FUNCTION commercial.verification_sheet(day date) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    collection voucher := standing_voucher(day, 'collection');
    sessions jsonb := (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.folio), '[]')
                       FROM day_sessions(day) s);
    folios jsonb := (SELECT coalesce(jsonb_agg(to_jsonb(f) ORDER BY f.series), '[]')
                     FROM day_folios(day) f);
    refunds jsonb := (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.folio), '[]')
                      FROM day_refunds(day) r);
    refunded numeric := (SELECT coalesce(sum(r.money), 0.00) FROM day_refunds(day) r);
    received numeric;
    posted integer;
    collected numeric;
    waiting jsonb;
    numbered numeric;
    broken integer;
BEGIN
    SELECT coalesce(sum(r.money), 0.00), count(*) INTO received, posted FROM day_receipts(day) r;
    SELECT coalesce(sum(s.collected), 0.00), coalesce(jsonb_agg(s.folio ORDER BY s.folio)
               FILTER (WHERE s.state NOT IN ('closed', 'verified')), '[]')
    INTO collected, waiting FROM day_sessions(day) s;
    SELECT coalesce(sum(f.money), 0.00), coalesce(sum(f.missing + f.unchained), 0)
           + abs(coalesce(sum(f.receipts), 0) - posted)
    INTO numbered, broken FROM day_folios(day) f;
    received := received - refunded;
    RETURN jsonb_build_object('day', day, 'locked', voucher_day_locked(day),
        'open_sessions', waiting, 'sessions', sessions, 'folios', folios, 'refunds', refunds,
        'totals', jsonb_build_array(
            jsonb_build_object('key', 'sessions', 'name', 'Sesiones de caja', 'amount', collected,
                'expected', received, 'count', jsonb_array_length(sessions),
                'ok', collected = received AND waiting = '[]'),
            jsonb_build_object('key', 'receipts', 'name', 'Recibos', 'amount', received,
                'expected', received, 'count', posted, 'ok', collected = received
                AND numbered - refunded = received),
            jsonb_build_object('key', 'vouchers', 'name', 'Póliza de recaudación',
                'amount', coalesce(voucher_money(collection.id), 0.00), 'expected', received,
                'count', CASE WHEN collection.id IS NULL THEN 0 ELSE 1 END,
                'ok', collection.id IS NOT NULL AND voucher_money(collection.id) = received),
            day_slips(day),
            jsonb_build_object('key', 'folios', 'name', 'Folios', 'amount', numbered - refunded,
                'expected', received, 'count', posted,
                'ok', broken = 0 AND numbered - refunded = received)));
END
$$;

-- The deposit slips of a day against what its sessions handed over. Of a batch with sessions of
-- several days, the part that is not of the others, as its list froze them. "ok" is NULL where some
-- session was not taken to the bank yet, which is no difference and keeps no voucher waiting.
CREATE OR REPLACE FUNCTION commercial.day_slips(day date) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    WITH money AS (
        SELECT s.id, (SELECT coalesce(sum(d.amount), 0.00) FROM session_deposit(s.id) d) AS pesos,
               session_deposited(s.id) AS done
        FROM cash_session s WHERE s.business_date = day
    ), batches AS (
        SELECT DISTINCT m.batch_id FROM deposit_batch_session m JOIN money x ON x.id = m.session_id
        WHERE x.done
    ), slips AS (
        SELECT coalesce(sum(k.slips), 0.00) - coalesce(sum(k.others), 0.00) AS pesos,
               coalesce(sum(k.count), 0)::integer AS count
        FROM (SELECT (SELECT sum(p.amount) FROM deposit_slip p WHERE p.batch_id = b.batch_id)
                         AS slips,
                     (SELECT count(*) FROM deposit_slip p WHERE p.batch_id = b.batch_id) AS count,
                     (SELECT sum(t.value::numeric) FROM deposit_list l,
                          jsonb_array_elements(l.content -> 'sessions') e,
                          jsonb_each_text(e -> 'tenders') t
                      WHERE l.batch_id = b.batch_id AND (e ->> 'business_date')::date <> day)
                         AS others
              FROM batches b) k
    ), sums AS (
        SELECT coalesce(sum(x.pesos), 0.00) AS whole,
               coalesce(sum(x.pesos) FILTER (WHERE x.done), 0.00) AS done,
               count(*) FILTER (WHERE NOT x.done AND x.pesos <> 0) AS waiting
        FROM money x
    )
    SELECT jsonb_build_object('key', 'slips', 'name', 'Fichas de depósito', 'amount', p.pesos,
        'expected', u.whole, 'count', p.count,
        'ok', CASE WHEN p.pesos <> u.done THEN false
                   WHEN u.waiting > 0 OR p.count = 0 THEN NULL ELSE true END)
    FROM slips p, sums u
$$;
