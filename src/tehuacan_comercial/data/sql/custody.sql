-- Custody of a session's money (custodia): partial deliveries, surprise counts, takeover of an
-- absent cashier's session, verification by a second person, interim reports (H4, H5, H17).
-- Order of locks: the session first, then its withdrawal.

-- The lifecycle of a withdrawal; domain/lifecycles.py says the same.
CREATE OR REPLACE FUNCTION commercial.withdrawal_step_allowed(from_state text, to_state text)
RETURNS boolean LANGUAGE sql IMMUTABLE
AS $$
    SELECT (from_state, to_state) IN (
        ('in_transit', 'accepted'), ('in_transit', 'rejected'), ('in_transit', 'withdrawn'))
$$;
CREATE OR REPLACE FUNCTION commercial.check_withdrawal_step() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NOT commercial.withdrawal_step_allowed(OLD.state, NEW.state) THEN
        PERFORM commercial.refuse('TC017', 'The withdrawal cannot take this step',
            jsonb_build_object('document', OLD.folio, 'state', OLD.state, 'wish', NEW.state));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER step BEFORE UPDATE ON commercial.withdrawal
    FOR EACH ROW EXECUTE FUNCTION commercial.check_withdrawal_step();
CREATE OR REPLACE TRIGGER keep_withdrawal BEFORE UPDATE ON commercial.withdrawal
    FOR EACH ROW EXECUTE FUNCTION commercial.allow_only(
        'state', 'received', 'decided_by', 'decided_at', 'decision_station', 'decision_note');

-- A session that is not the caller's, locked; supervision acts on it and never on its own money.
CREATE OR REPLACE FUNCTION commercial.lock_other_session(wanted bigint, act text)
RETURNS commercial.cash_session
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
BEGIN
    SELECT * INTO session FROM cash_session WHERE id = wanted FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such cash session',
            jsonb_build_object('document', coalesce(wanted::text, '')));
    ELSIF NOT holds_job('head_cashier', 'manager') THEN
        PERFORM refuse('TC001', 'This job does not do that', jsonb_build_object('act', act));
    ELSIF session.cashier = session_user THEN
        PERFORM refuse('TC041', 'A second person is needed', jsonb_build_object('act', act));
    END IF;
    RETURN session;
END
$$;

-- What was declared of every form of payment, as numbers; refuses nonsense and negative amounts.
CREATE OR REPLACE FUNCTION commercial.declared_of(command jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = commercial, pg_temp
AS $$
DECLARE
    declared jsonb := jsonb_build_object('cash', count_total(command -> 'denominations'),
        'card', to_pesos(coalesce(command #>> '{declared,card}', '0'), 'declared.card'),
        'transfer', to_pesos(coalesce(command #>> '{declared,transfer}', '0'), 'declared.transfer'),
        'cheque', to_pesos(coalesce(command #>> '{declared,cheque}', '0'), 'declared.cheque'));
BEGIN
    IF EXISTS (SELECT FROM jsonb_each_text(declared) WHERE value::numeric < 0) THEN
        PERFORM refuse('TC023', 'A declared amount is negative',
            '{"field": "declared", "problem": "negative"}');
    END IF;
    RETURN declared;
END
$$;

CREATE OR REPLACE FUNCTION commercial.require_command(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    IF wanted IS NULL THEN
        PERFORM refuse('TC023', 'The command has no identifier',
            '{"field": "command_id", "problem": "missing"}');
    END IF;
END
$$;

-- command: {command_id, session_id, denominations, note}: cash leaves the drawer, in transit until
-- somebody else counts it.
CREATE OR REPLACE FUNCTION commercial.send_withdrawal(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    session cash_session := lock_own_session((command ->> 'session_id')::bigint);
    pesos numeric := count_total(command -> 'denominations');
    held numeric;
    sent withdrawal;
    next integer;
BEGIN
    PERFORM require_command(wanted);
    SELECT w.* INTO sent FROM withdrawal w WHERE w.command_id = wanted;
    IF FOUND THEN
        IF sent.fingerprint <> print OR sent.sent_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN to_jsonb(sent);
    END IF;
    IF session.state NOT IN ('open', 'counting') THEN
        PERFORM refuse('TC002', 'The cash session is not open', jsonb_build_object(
            'session_id', session.id, 'state', session.state));
    ELSIF pesos <= 0 THEN
        PERFORM refuse('TC023', 'Nothing is delivered',
            '{"field": "denominations", "problem": "nothing"}');
    END IF;
    PERFORM refuse_counted(session.id);
    SELECT h.held INTO held FROM session_held(session.id) h WHERE h.tender = 'cash';
    IF pesos > held THEN  -- without the amount: the count stays blind
        PERFORM refuse('TC042', 'The drawer does not hold that much cash',
            jsonb_build_object('amount', pesos));
    END IF;
    SELECT count(*) + 1 INTO next FROM withdrawal w WHERE w.session_id = session.id;
    INSERT INTO withdrawal (command_id, fingerprint, session_id, number, folio, denominations,
                            amount, note, station)
    VALUES (wanted, print, session.id, next, session.folio || '-E' || next,
            command -> 'denominations', pesos, left(coalesce(command ->> 'note', ''), 300),
            declared_station())
    RETURNING * INTO sent;
    PERFORM announce('custody', session.id::text);
    RETURN to_jsonb(sent);
END
$$;

-- command: {withdrawal_id, verdict: accept | reject, denominations, note}. Whoever receives counts
-- the pieces; another total is never accepted, it is counted again together or rejected.
CREATE OR REPLACE FUNCTION commercial.decide_withdrawal(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wish text := CASE command ->> 'verdict' WHEN 'accept' THEN 'accepted'
                                            WHEN 'reject' THEN 'rejected' END;
    why text := left(btrim(coalesce(command ->> 'note', '')), 300);
    pieces jsonb := coalesce(command -> 'denominations', '{}');
    session cash_session;
    sent withdrawal;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    IF wish IS NULL THEN
        PERFORM refuse('TC023', 'Accept or reject', '{"field": "verdict", "problem": "unknown"}');
    END IF;
    session := lock_other_session((
        SELECT w.session_id FROM withdrawal w
        WHERE w.id = (command ->> 'withdrawal_id')::bigint), 'cash.custody');
    SELECT w.* INTO sent FROM withdrawal w
    WHERE w.id = (command ->> 'withdrawal_id')::bigint FOR UPDATE;
    IF sent.state = wish AND sent.decided_by = session_user THEN
        RETURN to_jsonb(sent);
    ELSIF sent.state <> 'in_transit' THEN
        PERFORM refuse('TC043', 'Somebody decided the withdrawal already', jsonb_build_object(
            'folio', sent.folio, 'state', sent.state, 'by', (
                SELECT m.full_name FROM staff_member m WHERE m.username = sent.decided_by)));
    ELSIF sent.sent_by = session_user THEN  -- who took the session over sent it
        PERFORM refuse('TC041', 'A second person is needed', '{"act": "cash.custody"}');
    ELSIF wish = 'rejected' AND why = '' THEN
        PERFORM refuse('TC024', 'A rejection needs a reason', '{"act": "withdrawal.reject"}');
    ELSIF wish = 'accepted' AND count_total(pieces) <> sent.amount THEN
        PERFORM refuse('TC008', 'The pieces are not what was delivered', jsonb_build_object(
            'what', 'withdrawal', 'expected', sent.amount, 'given', count_total(pieces)));
    END IF;
    UPDATE withdrawal w
    SET state = wish, received = CASE wish WHEN 'accepted' THEN pieces END, decision_note = why,
        decided_by = session_user, decided_at = clock_timestamp(),
        decision_station = declared_station()
    WHERE w.id = sent.id RETURNING * INTO sent;
    PERFORM announce('custody', session.id::text);
    RETURN to_jsonb(sent);
END
$$;

-- command: {withdrawal_id, note}: whoever sent it takes it back before somebody received it.
CREATE OR REPLACE FUNCTION commercial.take_back_withdrawal(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    why text := left(btrim(coalesce(command ->> 'note', '')), 300);
    session cash_session;
    sent withdrawal;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT s.* INTO session FROM cash_session s JOIN withdrawal w ON w.session_id = s.id
    WHERE w.id = (command ->> 'withdrawal_id')::bigint FOR UPDATE OF s;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such delivery', jsonb_build_object(
            'document', coalesce(command ->> 'withdrawal_id', '')));
    END IF;
    SELECT w.* INTO sent FROM withdrawal w
    WHERE w.id = (command ->> 'withdrawal_id')::bigint FOR UPDATE;
    IF sent.sent_by <> session_user THEN
        PERFORM refuse('TC003', 'Somebody else sent it', jsonb_build_object(
            'session_id', session.id, 'cashier', name_of(sent.sent_by)));
    ELSIF sent.state = 'withdrawn' THEN
        RETURN to_jsonb(sent);
    ELSIF sent.state <> 'in_transit' THEN
        PERFORM refuse('TC043', 'Somebody decided the withdrawal already', jsonb_build_object(
            'folio', sent.folio, 'state', sent.state, 'by', name_of(sent.decided_by)));
    ELSIF why = '' THEN
        PERFORM refuse('TC024', 'To take it back a reason is needed',
            '{"act": "withdrawal.take_back"}');
    END IF;
    UPDATE withdrawal w
    SET state = 'withdrawn', decision_note = why, decided_by = session_user,
        decided_at = clock_timestamp(), decision_station = declared_station()
    WHERE w.id = sent.id RETURNING * INTO sent;
    PERFORM announce('custody', session.id::text);
    RETURN to_jsonb(sent);
END
$$;

-- command: {command_id, session_id, denominations, declared, note}: a blind count by surprise. The
-- session is locked, so that no payment moves while it is signed; it goes on charging afterwards.
CREATE OR REPLACE FUNCTION commercial.count_by_surprise(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    session cash_session := lock_other_session((command ->> 'session_id')::bigint, 'cash.custody');
    counted cash_count;
BEGIN
    PERFORM require_command(wanted);
    SELECT c.* INTO counted FROM cash_count c WHERE c.command_id = wanted;
    IF FOUND THEN
        IF counted.fingerprint <> print OR counted.counted_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN to_jsonb(counted);
    ELSIF session.state NOT IN ('open', 'counting') THEN
        PERFORM refuse('TC002', 'The cash session is not open', jsonb_build_object(
            'session_id', session.id, 'state', session.state));
    END IF;
    INSERT INTO cash_count (session_id, kind, number, command_id, fingerprint, denominations,
                            declared, expected, note)
    VALUES (session.id, 'surprise', next_count(session.id), wanted, print,
            coalesce(command -> 'denominations', '{}'), declared_of(command),
            (SELECT jsonb_object_agg(h.tender, h.held) FROM session_held(session.id) h),
            left(coalesce(command ->> 'note', ''), 500))
    RETURNING * INTO counted;
    PERFORM announce('custody', session.id::text);
    RETURN to_jsonb(counted);
END
$$;

-- command: {session_id, reason}: the session of a cashier who is absent or disabled. From here it
-- takes no payment, and whoever took it counts and closes it under their own name.
CREATE OR REPLACE FUNCTION commercial.take_over_session(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session := lock_other_session((command ->> 'session_id')::bigint, 'cash.custody');
    why text := left(btrim(coalesce(command ->> 'reason', '')), 300);
    holder text := (SELECT t.taken_by FROM session_takeover t WHERE t.session_id = session.id);
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    IF holder IS NOT NULL AND holder <> session_user THEN
        PERFORM refuse('TC003', 'The cash session belongs to somebody else', jsonb_build_object(
            'session_id', session.id, 'cashier', holder));
    ELSIF session.state NOT IN ('open', 'counting') THEN
        PERFORM refuse('TC002', 'The cash session is not open', jsonb_build_object(
            'session_id', session.id, 'state', session.state));
    ELSIF why = '' THEN
        PERFORM refuse('TC024', 'A takeover needs a reason', '{"act": "session.take_over"}');
    END IF;
    IF session.state = 'open' THEN
        UPDATE cash_session SET state = 'counting' WHERE id = session.id;
    END IF;
    INSERT INTO session_takeover (session_id, reason) VALUES (session.id, why)
    ON CONFLICT (session_id) DO NOTHING;
    PERFORM announce('session', session.id::text);
    RETURN jsonb_build_object('session_id', session.id, 'state', 'counting');
END
$$;

-- command: {command_id, session_id, denominations, declared, note}: the third figure, by somebody
-- who neither charged nor closed. What differs from the closing is its own movement (H6).
CREATE OR REPLACE FUNCTION commercial.verify_session(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    session cash_session := lock_other_session((command ->> 'session_id')::bigint, 'cash.custody');
    verified jsonb := declared_of(command);
    closing cash_closing;
    done session_verification;
BEGIN
    PERFORM require_command(wanted);
    SELECT v.* INTO done FROM session_verification v WHERE v.session_id = session.id;
    IF FOUND AND (done.command_id <> wanted OR done.fingerprint <> print
                  OR done.verified_by <> session_user) THEN
        PERFORM refuse('TC044', 'Somebody verified the closing already', jsonb_build_object(
            'folio', session.folio, 'by', (
                SELECT m.full_name FROM staff_member m WHERE m.username = done.verified_by)));
    ELSIF done.id IS NULL THEN
        SELECT c.* INTO closing FROM standing_closing(session.id) c;
        IF closing.closed_by = session_user THEN
            PERFORM refuse('TC041', 'A second person is needed', '{"act": "cash.custody"}');
        END IF;
        UPDATE cash_session SET state = 'verified' WHERE id = session.id;
        INSERT INTO session_verification (command_id, fingerprint, session_id, closing_id,
                                          denominations, note)
        VALUES (wanted, print, session.id, closing.id, coalesce(command -> 'denominations', '{}'),
                left(coalesce(command ->> 'note', ''), 500))
        RETURNING * INTO done;
        INSERT INTO session_verification_line (verification_id, tender, declared, verified,
                                               difference)
        SELECT done.id, l.tender, l.declared, (verified ->> l.tender)::numeric,
               (verified ->> l.tender)::numeric - l.declared
        FROM cash_closing_line l WHERE l.closing_id = closing.id;
        PERFORM post_verification_difference(done.id);
        PERFORM announce('session', session.id::text);
    END IF;
    RETURN to_jsonb(done) || jsonb_build_object('tenders', (
        SELECT jsonb_agg(jsonb_build_object('tender', v.tender, 'expected', c.expected,
            'declared', v.declared, 'verified', v.verified, 'difference', v.difference)
            ORDER BY array_position(ARRAY['cash', 'card', 'transfer', 'cheque'], v.tender))
        FROM session_verification_line v
        JOIN cash_closing_line c ON c.closing_id = done.closing_id AND c.tender = v.tender
        WHERE v.verification_id = done.id));
END
$$;

-- Verified − declared by form of payment, dated today; the closing stays as it was signed.
CREATE OR REPLACE FUNCTION commercial.post_verification_difference(verification bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    journal bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM session_verification_line
                   WHERE verification_id = verification AND difference <> 0) THEN
        RETURN;
    END IF;
    INSERT INTO journal (kind, business_date, memo)
    VALUES ('cash_difference', office_today(), 'Diferencia de la verificación ' || verification)
    RETURNING id INTO journal;
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    SELECT journal, row_number() OVER (), x.ledger_account, x.amount
    FROM session_verification_line l
    CROSS JOIN LATERAL (VALUES
        (upper(l.tender), l.difference),
        (CASE WHEN l.difference > 0 THEN 'OVERAGE' ELSE 'SHORTAGE' END, -l.difference)
    ) AS x (ledger_account, amount)
    WHERE l.verification_id = verification AND l.difference <> 0;
END
$$;

-- command: {command_id, session_id}: the corte parcial (X), numbered and stored. A cashier's own has
-- no amounts, because the count that follows is blind (H4); supervision's has the whole.
CREATE OR REPLACE FUNCTION commercial.take_interim_report(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    session cash_session;
    whole boolean;
    report interim_report;
    next integer;
    shown jsonb;
BEGIN
    PERFORM require_command(wanted);
    SELECT s.* INTO session FROM cash_session s
    WHERE s.id = (command ->> 'session_id')::bigint FOR UPDATE;
    IF session.id IS NULL OR NOT (session.cashier = session_user OR supervises_cash()) THEN
        PERFORM refuse('TC025', 'There is no such cash session of yours', jsonb_build_object(
            'document', coalesce(command ->> 'session_id', '')));
    END IF;
    SELECT r.* INTO report FROM interim_report r WHERE r.command_id = wanted;
    IF FOUND THEN
        IF report.fingerprint <> print OR report.taken_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN to_jsonb(report);
    ELSIF session.state NOT IN ('open', 'counting') THEN
        PERFORM refuse('TC002', 'The cash session is not open', jsonb_build_object(
            'session_id', session.id, 'state', session.state));
    END IF;
    whole := session.cashier <> session_user;
    SELECT count(*) + 1 INTO next FROM interim_report r WHERE r.session_id = session.id;
    shown := session_summary(session.id) || jsonb_build_object('blind', NOT whole,
        'state', session.state, 'withdrawals', session_withdrawals(session.id),
        'handovers', session_handovers(session.id));
    IF whole THEN
        shown := shown || jsonb_build_object('tenders', (
            SELECT jsonb_agg(jsonb_build_object('tender', e.tender, 'expected', e.expected)
                ORDER BY array_position(ARRAY['cash', 'card', 'transfer', 'cheque'], e.tender))
            FROM session_expected(session.id) e));
    ELSE
        shown := shown - ARRAY['settled', 'advance', 'rounding', 'applied', 'by_tender',
                               'by_concept'];
    END IF;
    INSERT INTO interim_report (command_id, fingerprint, session_id, number, folio, content)
    VALUES (wanted, print, session.id, next, session.folio || '-X' || next,
            shown || jsonb_build_object('folio', session.folio || '-X' || next,
                                        'issued_at', clock_timestamp()))
    RETURNING * INTO report;
    RETURN to_jsonb(report);
END
$$;

-- The deliveries of a session as papers show them.
CREATE OR REPLACE FUNCTION commercial.session_withdrawals(wanted bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('folio', w.folio, 'amount', w.amount,
        'state', w.state, 'sent_at', w.sent_at, 'decided_by_name', coalesce(m.full_name, ''))
        ORDER BY w.number), '[]')
    FROM withdrawal w LEFT JOIN staff_member m ON m.username = w.decided_by
    WHERE w.session_id = wanted
$$;

-- How full the drawer is against the limit of its till, without the amount (the count is blind):
-- none (no limit) | free | near (nine tenths of it) | full.
CREATE OR REPLACE FUNCTION commercial.cash_level(wanted bigint) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (SELECT CASE WHEN t.cash_limit IS NULL THEN 'none'
                WHEN d.held >= t.cash_limit THEN 'full'
                WHEN d.held >= 0.9 * t.cash_limit THEN 'near' ELSE 'free' END
    FROM cash_session s
    JOIN till t ON t.code = s.till_code
    JOIN session_held(s.id) d ON d.tender = 'cash'
    WHERE s.id = wanted AND (s.cashier = session_user OR supervises_cash()));
END
$$;
