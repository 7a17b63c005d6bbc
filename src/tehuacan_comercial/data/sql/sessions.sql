-- A cashier's shift at a till (sesión de caja): open, count, close. Blind close: the expected
-- amounts are computed only after the count is signed (H4).

-- Pesos of a count (piezas por denominación): {"1000": 2, "0.50": 3} = 2001.50.
CREATE OR REPLACE FUNCTION commercial.count_total(denominations jsonb) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
    row record;
    total numeric := 0.00;
BEGIN
    FOR row IN SELECT key, value FROM jsonb_each_text(coalesce(denominations, '{}')) LOOP
        IF row.key !~ '^\d+(\.\d{1,2})?$' OR row.value !~ '^\d{1,6}$' THEN
            PERFORM commercial.refuse('TC023', 'The count is not pieces by denomination',
                jsonb_build_object('field', 'denominations', 'problem', row.key));
        END IF;
        total := total + row.key::numeric * row.value::integer;
    END LOOP;
    RETURN round(total, 2);
END
$$;

-- What each form of payment of a session should be (esperado): one formula, used by the close,
-- the interim report and verify. Applied − given back for void receipts + received from another
-- cashier − handed over to one; cash besides has the counted float and the shortages put back, less
-- the deliveries that somebody accepted. Change is never income (H10).
CREATE OR REPLACE FUNCTION commercial.session_expected(wanted bigint)
RETURNS TABLE (tender text, expected numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT k.tender, coalesce(sum(t.applied), 0.00)
           - (SELECT coalesce(sum(f.amount), 0.00) FROM receipt_refund f
              WHERE f.session_id = wanted AND f.way = k.tender)
           + (SELECT coalesce(sum(CASE h.to_session_id WHEN wanted THEN i.amount
                                  ELSE -i.amount END), 0.00)
              FROM handover h JOIN handover_item i ON i.handover_id = h.id
              WHERE wanted IN (h.from_session_id, h.to_session_id)
                AND i.tender = k.tender AND i.state = 'accepted')
           + CASE WHEN k.tender = 'cash' THEN
                 (SELECT s.opening_counted FROM cash_session s WHERE s.id = wanted)
                 + (SELECT coalesce(sum(r.amount), 0.00) FROM shortage_settlement r
                    WHERE r.into_session_id = wanted)
                 - (SELECT coalesce(sum(w.amount), 0.00) FROM withdrawal w
                    WHERE w.session_id = wanted AND w.state = 'accepted')
             ELSE 0.00 END
    FROM unnest(ARRAY['cash', 'card', 'transfer', 'cheque']) AS k (tender)
    LEFT JOIN (payment_tender t JOIN payment p ON p.id = t.payment_id AND p.session_id = wanted)
        ON t.kind = k.tender
    GROUP BY k.tender
$$;

-- What is really in a drawer: what is expected without what left it and nobody accepted yet.
CREATE OR REPLACE FUNCTION commercial.session_held(wanted bigint)
RETURNS TABLE (tender text, held numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT e.tender, e.expected - CASE e.tender WHEN 'cash' THEN (
        SELECT coalesce(sum(w.amount), 0.00) FROM withdrawal w
        WHERE w.session_id = wanted AND w.state = 'in_transit') ELSE 0.00 END - (
        SELECT coalesce(sum(i.amount), 0.00)
        FROM handover h JOIN handover_item i ON i.handover_id = h.id
        WHERE h.from_session_id = wanted AND i.tender = e.tender AND i.state = 'in_transit')
    FROM session_expected(wanted) e
$$;

-- command: {command_id, till, denominations}
CREATE OR REPLACE FUNCTION commercial.open_session(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    print text := fingerprint_of(command);
    drawer till;
    busy cash_session;
    previous bigint;
    opened cash_session;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT t.* INTO drawer FROM till t WHERE t.code = command ->> 'till' AND t.active
        AND t.kind = 'drawer' FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC015', 'There is no such till in use',
            jsonb_build_object('till', coalesce(command ->> 'till', '')));
    END IF;
    SELECT s.* INTO opened FROM cash_session s WHERE s.command_id = (command ->> 'command_id')::uuid;
    IF FOUND THEN
        IF opened.fingerprint <> print OR opened.cashier <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', command ->> 'command_id'));
        END IF;
        RETURN to_jsonb(opened);
    END IF;
    SELECT s.* INTO busy FROM cash_session s
    WHERE s.till_code = drawer.code AND s.state IN ('open', 'counting');
    IF FOUND THEN
        PERFORM refuse('TC012', 'The till has a session that is not closed', jsonb_build_object(
            'till', drawer.code, 'cashier', busy.cashier, 'business_date', busy.business_date));
    END IF;
    SELECT s.* INTO busy FROM cash_session s
    WHERE s.cashier = session_user AND s.state IN ('open', 'counting') AND NOT s.automatic;
    IF FOUND THEN
        PERFORM refuse('TC013', 'The cashier has another session that is not closed',
            jsonb_build_object('till', busy.till_code, 'business_date', busy.business_date));
    END IF;
    IF NOT EXISTS (SELECT FROM cash_session s WHERE s.business_date = office_today()) THEN
        PERFORM refresh_directory_of_the_day();
    END IF;
    SELECT max(s.id) INTO previous FROM cash_session s WHERE s.till_code = drawer.code;
    BEGIN
        INSERT INTO cash_session (command_id, fingerprint, folio, till_code, station,
            business_date, opening_expected, opening_counted, opening_count, previous_session_id)
        VALUES ((command ->> 'command_id')::uuid, print,
            drawer.code || '-' || to_char(office_today(), 'YYMMDD') || '-' || (
                SELECT count(*) + 1 FROM cash_session s
                WHERE s.till_code = drawer.code AND s.business_date = office_today()),
            drawer.code, declared_station(), office_today(), drawer.opening_float,
            count_total(command -> 'denominations'), coalesce(command -> 'denominations', '{}'),
            previous)
        RETURNING * INTO opened;
    EXCEPTION WHEN unique_violation THEN  -- the same person at another till, at this instant
        PERFORM refuse('TC013', 'The cashier has another session that is not closed',
            jsonb_build_object('till', '', 'business_date', office_today()));
    END;
    PERFORM announce('session', opened.id::text);
    RETURN to_jsonb(opened);
END
$$;

-- Who counts and closes a session: its cashier, or who took it over (relevo por ausencia).
CREATE OR REPLACE FUNCTION commercial.holder_of(session commercial.cash_session) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce((SELECT t.taken_by FROM session_takeover t WHERE t.session_id = session.id),
                    session.cashier)
$$;

-- The next number of a count within its session; the caller holds the session's lock.
CREATE OR REPLACE FUNCTION commercial.next_count(wanted bigint) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$ SELECT coalesce(max(c.number), 0) + 1 FROM cash_count c WHERE c.session_id = wanted $$;

-- The counts signed to close a session that did not close it yet; after its reopening, those of
-- since. While there is one, or a closing was set aside, nothing else moves the money of the session.
CREATE OR REPLACE FUNCTION commercial.closing_counts(wanted bigint)
RETURNS SETOF commercial.cash_count
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT n.* FROM cash_count n
    WHERE n.session_id = wanted AND n.kind = 'closing' AND n.id > coalesce(
        (SELECT max(c.count_id) FROM cash_closing c WHERE c.session_id = wanted), 0)
    ORDER BY n.id
$$;
CREATE OR REPLACE FUNCTION commercial.refuse_counted(wanted bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM closing_counts(wanted))
       OR EXISTS (SELECT FROM cash_closing c WHERE c.session_id = wanted) THEN
        PERFORM refuse('TC016', 'The count was signed already',
            jsonb_build_object('session_id', wanted));
    END IF;
END
$$;

-- The session that the caller holds, locked against payments under way.
CREATE OR REPLACE FUNCTION commercial.lock_own_session(wanted bigint)
RETURNS commercial.cash_session
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
BEGIN
    SELECT * INTO session FROM cash_session WHERE id = wanted FOR UPDATE;
    IF NOT FOUND OR holder_of(session) <> session_user THEN
        PERFORM refuse('TC003', 'The cash session belongs to somebody else', jsonb_build_object(
            'session_id', wanted, 'cashier', coalesce(holder_of(session), '')));
    END IF;
    RETURN session;
END
$$;

-- Begin the count (pasar a arqueo): from here the session takes no payment.
CREATE OR REPLACE FUNCTION commercial.begin_count(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session := lock_own_session((command ->> 'session_id')::bigint);
BEGIN
    IF session.state <> 'counting' THEN
        UPDATE cash_session SET state = 'counting' WHERE id = session.id;
        PERFORM announce('session', session.id::text);
    END IF;
    RETURN jsonb_build_object('session_id', session.id, 'state', 'counting',
        'held_sales', (SELECT count(*) FROM held_sale h WHERE h.session_id = session.id));
END
$$;

-- Back to charging before the count is signed (volver a cobrar).
CREATE OR REPLACE FUNCTION commercial.resume_session(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session := lock_own_session((command ->> 'session_id')::bigint);
BEGIN
    IF session.cashier <> session_user THEN  -- who took it over counts and closes, never charges
        PERFORM refuse('TC003', 'The cash session belongs to another cashier', jsonb_build_object(
            'session_id', session.id, 'cashier', session.cashier));
    ELSIF session.state <> 'open' THEN
        PERFORM refuse_counted(session.id);
        UPDATE cash_session SET state = 'open' WHERE id = session.id;
        PERFORM announce('session', session.id::text);
    END IF;
    RETURN jsonb_build_object('session_id', session.id, 'state', 'open');
END
$$;

-- Cash put back that a session received, as its reports show it.
CREATE OR REPLACE FUNCTION commercial.session_repaid(wanted bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('folio', r.folio, 'amount', r.amount,
        'debtor_name', r.content -> 'debtor_name') ORDER BY r.id), '[]')
    FROM shortage_settlement r WHERE r.into_session_id = wanted
$$;

-- Everything the closing report shows of a session, frozen into the closing (H17).
CREATE OR REPLACE FUNCTION commercial.session_summary(wanted bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object(
        'session_folio', s.folio, 'till', t.code, 'till_name', t.name, 'cashier', s.cashier,
        'cashier_name', m.full_name, 'station', s.station, 'business_date', s.business_date,
        'opened_at', s.opened_at, 'opening_expected', s.opening_expected,
        'opening_counted', s.opening_counted,
        'office', (SELECT r.id FROM rule_set r
                   WHERE r.kind = 'office' AND r.valid @> s.business_date),
        'demonstration', m.is_demonstration,
        'receipts', coalesce(r.receipts, 0), 'first_folio', coalesce(r.first_folio, ''),
        'last_folio', coalesce(r.last_folio, ''), 'chain_head', coalesce(r.chain_head, ''),
        'settled', coalesce(p.settled, 0.00), 'advance', coalesce(p.advance, 0.00),
        'rounding', coalesce(p.rounding, 0.00), 'applied', coalesce(p.applied, 0.00),
        'repaid', session_repaid(s.id),
        'voided', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('folio', x.folio, 'kind', x.kind,
                'reason', x.reason, 'amount', x.amount) ORDER BY x.id), '[]')
            FROM (SELECT v.id, q.folio, v.kind, v.reason, sum(f.amount) AS amount
                  FROM receipt_refund f
                  JOIN receipt_void v ON v.id = f.void_id
                  JOIN receipt q ON q.id = v.receipt_id
                  WHERE f.session_id = s.id GROUP BY v.id, q.folio) x),
        'given_back', (
            SELECT coalesce(jsonb_object_agg(x.way, x.amount), '{}')
            FROM (SELECT f.way, sum(f.amount) AS amount FROM receipt_refund f
                  WHERE f.session_id = s.id GROUP BY f.way) x),
        'by_tender', (
            SELECT coalesce(jsonb_object_agg(x.kind, jsonb_build_object('payments', x.payments,
                'received', x.received, 'change', x.change, 'applied', x.applied)), '{}')
            FROM (SELECT k.kind, count(*) AS payments, sum(k.received) AS received,
                         sum(k.change) AS change, sum(k.applied) AS applied
                  FROM payment_tender k JOIN payment y ON y.id = k.payment_id
                  WHERE y.session_id = s.id GROUP BY k.kind) x),
        'by_concept', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('concept', x.concept, 'name', x.name,
                'count', x.count, 'amount', x.amount, 'tax', x.tax, 'total', x.total)
                ORDER BY x.ordering), '[]')
            FROM (SELECT l.value ->> 'concept' AS concept, min(l.value ->> 'name') AS name,
                         count(*) AS count,
                         min(k.settlement_order) AS ordering,
                         sum((l.value ->> 'amount')::numeric) AS amount,
                         sum((l.value ->> 'tax')::numeric) AS tax,
                         sum((l.value ->> 'total')::numeric) AS total
                  FROM receipt q, jsonb_array_elements(q.content -> 'lines') l
                  LEFT JOIN concept k ON k.code = l.value ->> 'concept'
                  WHERE q.payment_id IN (SELECT y.id FROM payment y WHERE y.session_id = s.id)
                  GROUP BY 1) x))
    FROM cash_session s
    JOIN till t ON t.code = s.till_code
    JOIN staff_member m ON m.username = s.cashier
    LEFT JOIN LATERAL (
        SELECT count(*) AS receipts,
               (array_agg(q.folio ORDER BY q.number))[1] AS first_folio,
               (array_agg(q.folio ORDER BY q.number DESC))[1] AS last_folio,
               (array_agg(q.hash ORDER BY q.number DESC))[1] AS chain_head
        FROM receipt q
        WHERE q.payment_id IN (SELECT y.id FROM payment y WHERE y.session_id = s.id)) r ON true
    LEFT JOIN LATERAL (
        SELECT sum(y.settled) AS settled, sum(y.advance) AS advance,
               sum(y.rounding) AS rounding, sum(y.applied) AS applied
        FROM payment y WHERE y.session_id = s.id) p ON true
    WHERE s.id = wanted
$$;

-- Set a sale aside (cobro en espera, F6) and take it back; only in one's own open session.
-- command: {command_id, session_id, account_id, charge_ids, label}; the same again holds it once.
CREATE OR REPLACE FUNCTION commercial.hold_sale(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    account bigint := command ->> 'account_id';
    name text := left(coalesce(command ->> 'label', ''), 80);
    chosen jsonb := coalesce(command -> 'charge_ids', '[]');
    session cash_session := lock_open_session((command ->> 'session_id')::bigint);
    held bigint;
BEGIN
    PERFORM require_command(wanted);
    INSERT INTO held_sale (command_id, session_id, account_id, label, charge_ids)
    VALUES (wanted, session.id, account, name, chosen)
    ON CONFLICT (command_id) DO NOTHING RETURNING id INTO held;
    IF held IS NULL THEN
        SELECT h.id INTO held FROM held_sale h
        WHERE h.command_id = wanted AND h.session_id = session.id AND h.account_id = account
          AND h.label = name AND h.charge_ids = chosen;
        IF NOT FOUND THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
    END IF;
    RETURN jsonb_build_object('held_sale_id', held);
END
$$;

CREATE OR REPLACE FUNCTION commercial.release_sale(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    released held_sale;
BEGIN
    DELETE FROM held_sale h USING cash_session s
    WHERE h.id = (command ->> 'held_sale_id')::bigint
      AND s.id = h.session_id AND s.cashier = session_user
    RETURNING h.* INTO released;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such held sale', jsonb_build_object(
            'document', coalesce(command ->> 'held_sale_id', '')));
    END IF;
    RETURN to_jsonb(released);
END
$$;
