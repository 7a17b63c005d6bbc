-- Closing a session (corte): the signed count within the office's tolerance, or with the permission of
-- somebody else after a second count (H6, H7).

-- How many pesos, over all forms of payment, a close may differ without a second count on a day;
-- NULL where the office sets no tolerance.
CREATE OR REPLACE FUNCTION commercial.closing_tolerance(day date) RETURNS numeric
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$ SELECT (office_setting_on('closing_tolerance', day) #>> '{}')::numeric $$;

-- Expected, declared and difference of each form of payment, as reports show them.
CREATE OR REPLACE FUNCTION commercial.closing_tenders(wanted bigint, declared jsonb)
RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_agg(jsonb_build_object(
        'tender', e.tender, 'expected', e.expected, 'declared', (declared ->> e.tender)::numeric,
        'difference', (declared ->> e.tender)::numeric - e.expected)
        ORDER BY array_position(ARRAY['cash', 'card', 'transfer', 'cheque'], e.tender))
    FROM session_expected(wanted) e
$$;

-- Pesos by which a count is off, each form of payment for itself: a card slip that is missing is not
-- made good by cash that is too much.
CREATE OR REPLACE FUNCTION commercial.closing_gap(wanted bigint, declared jsonb) RETURNS numeric
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT sum(abs((declared ->> e.tender)::numeric - e.expected))
    FROM session_expected(wanted) e
$$;

-- Where the permission for a count stands: {authorisation_id, state, by, note} of its latest request,
-- or null.
CREATE OR REPLACE FUNCTION commercial.closing_permit(counted bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object('authorisation_id', a.id, 'state', CASE
        WHEN a.state = 'requested' AND a.expires_at <= clock_timestamp() THEN 'expired'
        ELSE a.state END, 'by', name_of(a.decided_by), 'note', a.decision_note)
    FROM authorisation a JOIN cash_count n ON n.id = counted
    WHERE a.kind = 'closing_tolerance' AND a.subject_id = n.session_id
      AND a.facts ->> 'count_id' = counted::text
    ORDER BY a.id DESC LIMIT 1
$$;

-- Overage and shortage by form of payment, as their own movement (H6); pesos, declared − expected.
CREATE OR REPLACE FUNCTION commercial.post_cash_difference(closing bigint, day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    journal bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM cash_closing_line WHERE closing_id = closing AND difference <> 0) THEN
        RETURN;
    END IF;
    INSERT INTO journal (kind, business_date, memo)
    VALUES ('cash_difference', day, 'Diferencia del corte ' || closing) RETURNING id INTO journal;
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    SELECT journal, row_number() OVER (), x.ledger_account, x.amount FROM (
        SELECT upper(l.tender) AS ledger_account, l.difference AS amount
        FROM cash_closing_line l WHERE l.closing_id = closing AND l.difference <> 0
        UNION ALL
        SELECT CASE WHEN l.difference > 0 THEN 'OVERAGE' ELSE 'SHORTAGE' END, -l.difference
        FROM cash_closing_line l WHERE l.closing_id = closing AND l.difference <> 0) AS x;
END
$$;

-- Close a locked session with a signed count; permit is the authorisation of its difference, or NULL.
CREATE OR REPLACE FUNCTION commercial.close_with(
    session commercial.cash_session, counted commercial.cash_count, permit bigint)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted_series text := (SELECT t.closing_series FROM till t WHERE t.code = session.till_code);
    replaced cash_closing;
    document record;
    closing cash_closing;
BEGIN
    SELECT c.* INTO replaced FROM cash_closing c
    WHERE c.session_id = session.id ORDER BY c.id DESC LIMIT 1;
    document := chain_document(
        wanted_series,
        session_summary(session.id) || jsonb_build_object(
            'withdrawals', session_withdrawals(session.id),
            'handovers', session_handovers(session.id), 'replaces', replaced.folio,
            'closed_by', session_user, 'closed_by_name', (
                SELECT m.full_name FROM staff_member m WHERE m.username = session_user),
            'denominations', counted.denominations, 'note', counted.note,
            'counts', (SELECT count(*) FROM closing_counts(session.id)),
            'tolerance', closing_tolerance(session.business_date),
            'permit', (
                SELECT jsonb_build_object('decided_by_name', m.full_name,
                    'reason', a.facts ->> 'reason_name', 'decided_at', a.decided_at)
                FROM authorisation a JOIN staff_member m ON m.username = a.decided_by
                WHERE a.id = permit),
            'tenders', closing_tenders(session.id, counted.declared)));
    INSERT INTO cash_closing (command_id, fingerprint, session_id, count_id, series, number, folio,
                              content, previous_hash, hash, authorisation_id,
                              replaces_id)
    VALUES (counted.command_id, counted.fingerprint, session.id, counted.id, wanted_series,
            document.number, document.folio, document.sealed, document.previous, document.hash,
            permit, replaced.id)
    RETURNING * INTO closing;
    INSERT INTO cash_closing_line (closing_id, tender, expected, declared, difference)
    SELECT closing.id, t.tender, t.expected, t.declared, t.difference
    FROM jsonb_to_recordset(closing.content -> 'tenders')
        AS t (tender text, expected numeric, declared numeric, difference numeric);
    -- What was booked of a closing that was set aside was taken back on another day perhaps.
    PERFORM post_cash_difference(closing.id, CASE WHEN replaced.id IS NULL
        THEN session.business_date ELSE office_today() END);
    UPDATE cash_session SET state = 'closed', closed_at = clock_timestamp() WHERE id = session.id;
    PERFORM announce('session', session.id::text);
    RETURN jsonb_build_object('closing_id', closing.id) || closing.content;
END
$$;

-- Close with the last signed count, if its difference needs nobody or somebody allowed it; otherwise
-- say what is missing, and the count stays. The third count and later ones always need somebody: by
-- then the figures were told.
CREATE OR REPLACE FUNCTION commercial.try_closing(session commercial.cash_session) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    tolerance numeric := closing_tolerance(session.business_date);
    tries integer := (SELECT count(*) FROM closing_counts(session.id));
    counted cash_count;
    gap numeric;
    permit jsonb;
BEGIN
    SELECT n.* INTO counted FROM closing_counts(session.id) n ORDER BY n.id DESC LIMIT 1;
    gap := closing_gap(session.id, counted.declared);
    IF tries < 3 AND gap <= coalesce(tolerance, gap) THEN
        RETURN close_with(session, counted, NULL);
    END IF;
    permit := closing_permit(counted.id);
    IF permit ->> 'state' = 'approved' THEN
        RETURN close_with(session, counted, (permit ->> 'authorisation_id')::bigint);
    END IF;
    RETURN jsonb_build_object('session_id', session.id, 'state', 'counting', 'counts', tries,
        'missing', CASE WHEN tries < 2 THEN 'count' ELSE 'authorisation' END,
        'authorisation', permit);
END
$$;

-- command: {command_id, session_id, denominations, declared: {card, transfer, cheque}, note}
-- Signs the count, and closes in the same act when it is within tolerance; then it answers expected,
-- declared and difference. Otherwise the session stays in its count: {missing: count |
-- authorisation}. The same command again closes once the difference was allowed.
CREATE OR REPLACE FUNCTION commercial.close_session(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    session cash_session := lock_own_session((command ->> 'session_id')::bigint);
    declared jsonb;
    counted cash_count;
    closing cash_closing;
BEGIN
    PERFORM require_command(wanted);
    SELECT c.* INTO closing FROM cash_closing c
    WHERE c.session_id = session.id AND c.command_id = wanted AND c.fingerprint = print;
    IF FOUND THEN
        RETURN jsonb_build_object('closing_id', closing.id) || closing.content;
    ELSIF session.state IN ('closed', 'verified') THEN
        PERFORM refuse('TC016', 'The count was signed already',
            jsonb_build_object('session_id', session.id));
    ELSIF session.state = 'open' THEN
        UPDATE cash_session SET state = 'counting' WHERE id = session.id
        RETURNING * INTO session;
    END IF;
    SELECT n.* INTO counted FROM cash_count n WHERE n.command_id = wanted;
    IF FOUND THEN
        IF counted.fingerprint <> print OR counted.session_id <> session.id THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        ELSIF counted.id <> (SELECT max(n.id) FROM closing_counts(session.id) n) THEN
            PERFORM refuse('TC016', 'Another count was signed since',
                jsonb_build_object('session_id', session.id));
        END IF;
        RETURN try_closing(session);
    END IF;
    PERFORM check_countable(session.id);
    declared := declared_of(command);
    INSERT INTO cash_count (session_id, kind, number, command_id, fingerprint, denominations,
                            declared, note)
    VALUES (session.id, 'closing', next_count(session.id), wanted, print,
            coalesce(command -> 'denominations', '{}'), declared,
            left(coalesce(command ->> 'note', ''), 500));
    PERFORM announce('session', session.id::text);
    RETURN try_closing(session);
END
$$;

-- command: {session_id}: close with the last signed count, once its difference was allowed; from any
-- station, also when the command of the count is lost.
CREATE OR REPLACE FUNCTION commercial.finish_closing(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session := lock_own_session((command ->> 'session_id')::bigint);
    closing cash_closing;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    IF session.state IN ('closed', 'verified') THEN
        SELECT c.* INTO closing FROM cash_closing c
        WHERE c.session_id = session.id ORDER BY c.id DESC LIMIT 1;
        RETURN jsonb_build_object('closing_id', closing.id) || closing.content;
    ELSIF NOT EXISTS (SELECT FROM closing_counts(session.id)) THEN
        PERFORM refuse('TC045', 'There is no signed count', jsonb_build_object(
            'session_id', session.id, 'counts', 0));
    END IF;
    RETURN try_closing(session);
END
$$;

-- The kind "closing_tolerance": may the session be closed with the difference of its last count? The
-- subject is the session; who holds it asks.
CREATE OR REPLACE FUNCTION commercial.closing_tolerance_facts(subject bigint, options jsonb)
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
    counted cash_count;
    tries integer := (SELECT count(*) FROM closing_counts(subject));
BEGIN
    SELECT s.* INTO session FROM cash_session s WHERE s.id = subject;
    IF NOT FOUND OR holder_of(session) <> session_user THEN
        PERFORM refuse('TC003', 'The cash session belongs to somebody else', jsonb_build_object(
            'session_id', subject, 'cashier', coalesce(holder_of(session), '')));
    ELSIF session.state <> 'counting' THEN
        PERFORM refuse('TC002', 'The cash session is not being counted', jsonb_build_object(
            'session_id', session.id, 'state', session.state));
    ELSIF tries < 2 THEN
        PERFORM refuse('TC045', 'A second count comes first', jsonb_build_object(
            'session_id', session.id, 'counts', tries));
    END IF;
    SELECT n.* INTO counted FROM closing_counts(subject) n ORDER BY n.id DESC LIMIT 1;
    RETURN jsonb_build_object(
        'title', 'Cerrar con diferencia la sesión ' || session.folio,
        'amount', closing_gap(subject, counted.declared), 'account_id', NULL,
        'session_id', session.id, 'session_folio', session.folio, 'count_id', counted.id,
        'till_name', (SELECT t.name FROM till t WHERE t.code = session.till_code),
        'cashier', session.cashier,
        'cashier_name', (SELECT m.full_name FROM staff_member m
                         WHERE m.username = session.cashier),
        'business_date', session.business_date,
        'tolerance', closing_tolerance(session.business_date),
        'tenders', closing_tenders(subject, counted.declared),
        'counts', (SELECT jsonb_agg(jsonb_build_object('number', n.number,
            'declared', n.declared, 'gap', closing_gap(subject, n.declared), 'note', n.note,
            'counted_at', n.counted_at) ORDER BY n.id) FROM closing_counts(subject) n));
END
$$;

-- Runs within decide_authorisation: the count that was asked for must still be the last one. Who
-- holds the session closes it, in their own name.
CREATE OR REPLACE FUNCTION commercial.closing_tolerance_effect(asked commercial.authorisation)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
    last bigint;
BEGIN
    SELECT s.* INTO session FROM cash_session s WHERE s.id = asked.subject_id FOR UPDATE;
    last := (SELECT max(n.id) FROM closing_counts(session.id) n);
    IF session.state <> 'counting' OR last IS DISTINCT FROM (asked.facts ->> 'count_id')::bigint THEN
        PERFORM refuse('TC033', 'Another count was signed since', jsonb_build_object(
            'subject', session.folio, 'problem', 'session'));
    END IF;
    PERFORM announce('session', session.id::text);
    RETURN jsonb_build_object('session_id', session.id, 'count_id', last);
END
$$;
