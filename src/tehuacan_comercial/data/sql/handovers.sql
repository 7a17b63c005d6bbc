-- Handover between two cashiers (relevo, H9, H21): cash counted piece by piece, and card slips, cheques
-- and proofs of transfer one by one. In transit an item belongs to the sender's drawer; accepted, to
-- the receiver's. Order of locks: the two sessions by number, then the item.

CREATE OR REPLACE FUNCTION commercial.check_handover_step() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NOT commercial.withdrawal_step_allowed(OLD.state, NEW.state) THEN
        PERFORM commercial.refuse('TC017', 'The item handed over cannot take this step',
            jsonb_build_object('document', OLD.handover_id || '/' || OLD.line,
                               'state', OLD.state, 'wish', NEW.state));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER step BEFORE UPDATE ON commercial.handover_item
    FOR EACH ROW EXECUTE FUNCTION commercial.check_handover_step();
CREATE OR REPLACE TRIGGER keep_handover_item BEFORE UPDATE ON commercial.handover_item
    FOR EACH ROW EXECUTE FUNCTION commercial.allow_only(
        'state', 'received', 'decided_by', 'decided_at', 'decision_station', 'decision_note');

-- The session whose drawer holds the proof of a form of payment: where it was handed to last, or where
-- it was charged.
CREATE OR REPLACE FUNCTION commercial.proof_holder(paid bigint, tender_line integer) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce((
        SELECT h.to_session_id FROM handover_item i JOIN handover h ON h.id = i.handover_id
        WHERE i.payment_id = p.id AND i.tender_line = proof_holder.tender_line
          AND i.state = 'accepted'
        ORDER BY i.id DESC LIMIT 1), p.session_id)
    FROM payment p WHERE p.id = paid
$$;

-- The slips, cheques and proofs of transfer that a session holds: its own that it did not hand on, and
-- those it accepted. One's own session, or any for supervision.
CREATE OR REPLACE FUNCTION commercial.session_proofs(wanted bigint)
RETURNS TABLE (payment_id bigint, line integer, tender text, amount numeric, reference text,
               bank text, folio text, in_transit boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN QUERY
    SELECT t.payment_id, t.line, t.kind, t.applied, t.reference, t.bank, r.folio,
           EXISTS (SELECT FROM handover_item i WHERE i.payment_id = t.payment_id
                   AND i.tender_line = t.line AND i.state = 'in_transit')
    FROM (SELECT p.id FROM payment p WHERE p.session_id = wanted
          UNION
          SELECT i.payment_id FROM handover_item i JOIN handover h ON h.id = i.handover_id
          WHERE h.to_session_id = wanted AND i.state = 'accepted') held
    JOIN payment p ON p.id = held.id
    JOIN payment_tender t ON t.payment_id = p.id AND t.kind IN ('card', 'transfer', 'cheque')
    JOIN receipt r ON r.payment_id = p.id
    WHERE (supervises_cash() OR owns_session(wanted))
      AND NOT EXISTS (SELECT FROM receipt_void v WHERE v.payment_id = p.id AND v.kind = 'void')
      AND wanted = proof_holder(t.payment_id, t.line)
    ORDER BY t.kind, r.folio;
END
$$;

-- To whom a cashier may hand over: open sessions of others, by name and without an amount.
CREATE OR REPLACE FUNCTION commercial.handover_receivers()
RETURNS TABLE (session_id bigint, folio text, till_name text, cashier_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT s.id, s.folio, t.name, m.full_name
    FROM cash_session s
    JOIN till t ON t.code = s.till_code
    JOIN staff_member m ON m.username = s.cashier
    WHERE s.state = 'open' AND s.cashier <> session_user
      AND holds_job('cashier', 'head_cashier', 'manager', 'director', 'auditor')
    ORDER BY t.name
$$;

-- Both sessions, held against payments and closes; refuses one whose money is counted already.
CREATE OR REPLACE FUNCTION commercial.lock_both_sessions(one bigint, other bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
BEGIN
    FOR session IN SELECT s.* FROM cash_session s WHERE s.id IN (one, other)
                   ORDER BY s.id FOR UPDATE LOOP
        IF session.state NOT IN ('open', 'counting') THEN
            PERFORM refuse('TC002', 'The cash session is not open', jsonb_build_object(
                'session_id', session.id, 'state', session.state));
        END IF;
        PERFORM refuse_counted(session.id);
    END LOOP;
END
$$;

-- The items of a handover from what its command names: cash, then each proof that the session holds.
CREATE OR REPLACE FUNCTION commercial.add_handover_items(
    made commercial.handover, pieces jsonb, proofs jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    pesos numeric := count_total(pieces);
    wanted record;
    next integer := 0;
BEGIN
    IF pesos > 0 THEN
        IF pesos > (SELECT h.held FROM session_held(made.from_session_id) h
                    WHERE h.tender = 'cash') THEN  -- without the amount: the count stays blind
            PERFORM refuse('TC042', 'The drawer does not hold that much cash',
                jsonb_build_object('amount', pesos));
        END IF;
        next := 1;
        INSERT INTO handover_item (handover_id, line, tender, amount, denominations)
        VALUES (made.id, next, 'cash', pesos, pieces);
    END IF;
    FOR wanted IN
        SELECT DISTINCT w.payment_id AS asked, w.line AS asked_line, p.*
        FROM jsonb_to_recordset(coalesce(proofs, '[]')) AS w (payment_id bigint, line integer)
        LEFT JOIN session_proofs(made.from_session_id) p
            ON p.payment_id = w.payment_id AND p.line = w.line
        ORDER BY 1, 2
    LOOP
        IF wanted.payment_id IS NULL OR wanted.in_transit THEN
            PERFORM refuse('TC047', 'The proof is not in this drawer', jsonb_build_object(
                'folio', coalesce((SELECT r.folio FROM receipt r
                                   WHERE r.payment_id = wanted.asked), '')));
        END IF;
        next := next + 1;
        INSERT INTO handover_item (handover_id, line, tender, amount, payment_id, tender_line,
                                   reference, bank)
        VALUES (made.id, next, wanted.tender, wanted.amount, wanted.payment_id, wanted.line,
                wanted.reference, wanted.bank);
    END LOOP;
    IF next = 0 THEN
        PERFORM refuse('TC023', 'Nothing is handed over',
            '{"field": "denominations", "problem": "nothing"}');
    END IF;
END
$$;

-- command: {command_id, session_id, to_session_id, denominations, proofs: [{payment_id, line}], note}
CREATE OR REPLACE FUNCTION commercial.send_handover(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    giving bigint := (command ->> 'session_id')::bigint;
    taking bigint := (command ->> 'to_session_id')::bigint;
    session cash_session;
    made handover;
    next integer;
BEGIN
    PERFORM require_command(wanted);
    PERFORM FROM cash_session s WHERE s.id IN (giving, taking) ORDER BY s.id FOR UPDATE;
    session := lock_own_session(giving);
    SELECT h.* INTO made FROM handover h WHERE h.command_id = wanted;
    IF FOUND THEN
        IF made.fingerprint <> print OR made.sent_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN handover_answer(made.id);
    ELSIF NOT EXISTS (SELECT FROM cash_session s WHERE s.id = taking) THEN
        PERFORM refuse('TC025', 'There is no such cash session',
            jsonb_build_object('document', coalesce(taking::text, '')));
    ELSIF EXISTS (SELECT FROM cash_session s WHERE s.id = taking AND (
            s.id = giving OR session_user IN (s.cashier, holder_of(s)))) THEN
        PERFORM refuse('TC041', 'A second person is needed', '{"act": "cash.session"}');
    END IF;
    PERFORM lock_both_sessions(giving, taking);
    SELECT count(*) + 1 INTO next FROM handover h WHERE h.from_session_id = giving;
    INSERT INTO handover (command_id, fingerprint, from_session_id, to_session_id, number, folio,
                          note, station)
    VALUES (wanted, print, giving, taking, next, session.folio || '-R' || next,
            left(coalesce(command ->> 'note', ''), 300), declared_station())
    RETURNING * INTO made;
    PERFORM add_handover_items(made, coalesce(command -> 'denominations', '{}'),
                               command -> 'proofs');
    PERFORM announce('custody', giving::text);
    PERFORM announce('custody', taking::text);
    RETURN handover_answer(made.id);
END
$$;

-- A handover with its items, as every act on it answers and papers show it.
CREATE OR REPLACE FUNCTION commercial.handover_answer(wanted bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object(
        'handover_id', h.id, 'folio', h.folio, 'from_session_id', h.from_session_id,
        'to_session_id', h.to_session_id,
        'items', (SELECT jsonb_agg(jsonb_build_object('item_id', i.id, 'line', i.line,
            'tender', i.tender, 'amount', i.amount, 'state', i.state) ORDER BY i.line)
            FROM handover_item i WHERE i.handover_id = h.id))
    FROM handover h WHERE h.id = wanted
$$;

-- Whoever holds the receiving session answers; supervision may send an item back when its receiver
-- does not come. The sender only takes it back.
CREATE OR REPLACE FUNCTION commercial.check_receiver(made commercial.handover, wish text)
RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    receiving cash_session;
BEGIN
    SELECT s.* INTO receiving FROM cash_session s WHERE s.id = made.to_session_id;
    IF wish = 'withdrawn' THEN
        IF made.sent_by <> session_user THEN
            PERFORM refuse('TC003', 'Somebody else sent it', jsonb_build_object(
                'session_id', made.from_session_id, 'cashier', name_of(made.sent_by)));
        END IF;
    ELSIF made.sent_by = session_user THEN
        PERFORM refuse('TC041', 'A second person is needed', '{"act": "cash.session"}');
    ELSIF holder_of(receiving) <> session_user
          AND NOT (wish = 'rejected' AND holds_job('head_cashier', 'manager')) THEN
        PERFORM refuse('TC003', 'Another cashier receives this', jsonb_build_object(
            'session_id', receiving.id, 'cashier', holder_of(receiving)));
    END IF;
END
$$;

-- command: {item_id, verdict: accept | reject | withdraw, denominations, note}. Cash is counted by
-- whoever receives it; a proof is looked at.
CREATE OR REPLACE FUNCTION commercial.decide_handover(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wish text := CASE command ->> 'verdict' WHEN 'accept' THEN 'accepted'
                                            WHEN 'withdraw' THEN 'withdrawn' ELSE 'rejected' END;
    why text := left(btrim(coalesce(command ->> 'note', '')), 300);
    pieces jsonb := coalesce(command -> 'denominations', '{}');
    made handover;
    item handover_item;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT h.* INTO made FROM handover h JOIN handover_item i ON i.handover_id = h.id
    WHERE i.id = (command ->> 'item_id')::bigint;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such item', jsonb_build_object(
            'document', coalesce(command ->> 'item_id', '')));
    ELSIF coalesce(command ->> 'verdict', '') NOT IN ('accept', 'reject', 'withdraw') THEN
        PERFORM refuse('TC023', 'The answer is neither accept, reject nor withdraw',
            '{"field": "verdict", "problem": "unknown"}');
    END IF;
    PERFORM FROM cash_session s WHERE s.id IN (made.from_session_id, made.to_session_id)
        ORDER BY s.id FOR UPDATE;
    SELECT i.* INTO item FROM handover_item i
    WHERE i.id = (command ->> 'item_id')::bigint FOR UPDATE;
    IF item.state = wish AND item.decided_by = session_user THEN
        RETURN handover_answer(made.id);
    END IF;
    PERFORM check_receiver(made, wish);
    IF item.state <> 'in_transit' THEN
        PERFORM refuse('TC043', 'Somebody answered already', jsonb_build_object(
            'folio', made.folio || '/' || item.line, 'state', item.state, 'by', (
                SELECT m.full_name FROM staff_member m WHERE m.username = item.decided_by)));
    ELSIF wish <> 'accepted' AND why = '' THEN
        PERFORM refuse('TC024', 'To send it back a reason is needed',
            '{"act": "handover.reject"}');
    ELSIF wish = 'accepted' AND item.tender = 'cash' AND count_total(pieces) <> item.amount THEN
        PERFORM refuse('TC008', 'The pieces are not what was handed over', jsonb_build_object(
            'what', 'handover', 'expected', item.amount, 'given', count_total(pieces)));
    END IF;
    PERFORM lock_both_sessions(made.from_session_id, made.to_session_id);
    UPDATE handover_item i
    SET state = wish, decision_note = why, decided_by = session_user,
        received = CASE WHEN wish = 'accepted' AND i.tender = 'cash' THEN pieces END,
        decided_at = clock_timestamp(), decision_station = declared_station()
    WHERE i.id = item.id;
    PERFORM announce('custody', made.from_session_id::text);
    PERFORM announce('custody', made.to_session_id::text);
    RETURN handover_answer(made.id);
END
$$;

-- Who and which tills a handover is between; a cashier does not read the other's session.
CREATE OR REPLACE FUNCTION commercial.handover_parties(wanted bigint)
RETURNS TABLE (from_till text, to_till text, cashier_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN QUERY
    SELECT f.name, t.name, m.full_name
    FROM handover h
    JOIN cash_session g ON g.id = h.from_session_id
    JOIN cash_session r ON r.id = h.to_session_id
    JOIN till f ON f.code = g.till_code
    JOIN till t ON t.code = r.till_code
    JOIN staff_member m ON m.username = r.cashier
    WHERE h.id = wanted AND (supervises_cash() OR owns_session(g.id) OR owns_session(r.id));
END
$$;

-- What a session handed over (out) and received (in), as its reports show it: by handover and form of
-- payment.
CREATE OR REPLACE FUNCTION commercial.session_handovers(wanted bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(to_jsonb(x) ORDER BY x.folio, x.tender, x.state), '[]')
    FROM (SELECT h.folio, CASE h.from_session_id WHEN wanted THEN 'out' ELSE 'in' END AS direction,
                 m.full_name AS other_name, i.tender, i.state, count(*) AS items,
                 sum(i.amount) AS amount
          FROM handover h
          JOIN handover_item i ON i.handover_id = h.id
          JOIN cash_session o
              ON o.id = h.from_session_id + h.to_session_id - wanted
          JOIN staff_member m ON m.username = o.cashier
          WHERE wanted IN (h.from_session_id, h.to_session_id)
          GROUP BY h.id, m.full_name, i.tender, i.state) x
$$;
