-- Opening a closed session again to be counted anew (reapertura): only with somebody's permission,
-- before its money was verified or deposited, and while its day is not locked. The closing stays as
-- it was signed and gives way to another one.

-- A second person's count stands after a verification, and the bank's after a deposit.
CREATE OR REPLACE FUNCTION commercial.check_reopenable(session commercial.cash_session)
RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    busy cash_session;
BEGIN
    IF session.state <> 'closed' THEN
        PERFORM refuse('TC017', 'Only a closed session that nobody verified is reopened',
            jsonb_build_object('document', session.folio, 'state', session.state,
                               'wish', 'counting'));
    END IF;
    IF session_deposited(session.id) THEN
        PERFORM refuse('TC096', 'The money of the session was counted for the bank',
            jsonb_build_object('session', session.folio, 'problem', 'deposited', 'document', (
                SELECT m.batch_id FROM deposit_batch_session m
                WHERE m.session_id = session.id)));
    END IF;
    -- A cheque that the bank sent back went there: who counts anew would not find it in the drawer.
    PERFORM refuse('TC096', 'A cheque of the session came back from the bank', jsonb_build_object(
        'session', session.folio, 'problem', 'returned', 'document', r.folio))
    FROM tender_return t JOIN receipt r ON r.id = t.receipt_id
    WHERE proof_holder(t.payment_id, t.line) = session.id;
    PERFORM refuse_locked(session.business_date, 'collection');
    PERFORM refuse_locked(office_today(), 'collection');
    SELECT s.* INTO busy FROM cash_session s
    WHERE s.state IN ('open', 'counting')
      AND (s.till_code = session.till_code OR s.cashier = session.cashier) LIMIT 1;
    IF busy.id IS NOT NULL AND busy.till_code = session.till_code THEN
        PERFORM refuse('TC012', 'The till has a session that is not closed', jsonb_build_object(
            'till', busy.till_code, 'cashier', busy.cashier,
            'business_date', busy.business_date));
    ELSIF busy.id IS NOT NULL THEN
        PERFORM refuse('TC013', 'The cashier has another session that is not closed',
            jsonb_build_object('till', busy.till_code, 'business_date', busy.business_date));
    END IF;
END
$$;

-- The closing of a session that was not set aside, or no row.
CREATE OR REPLACE FUNCTION commercial.standing_closing(wanted bigint)
RETURNS SETOF commercial.cash_closing
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT c.* FROM cash_closing c
    WHERE c.session_id = wanted
      AND NOT EXISTS (SELECT FROM session_reopening r WHERE r.closing_id = c.id)
$$;

-- What a cashier's drawer was short or over, session by session (H20): by the closing that stands, and
-- by what its verification found besides. Below zero it is the cashier's debt. With the reader's own
-- rights: a cashier reads their own.
CREATE OR REPLACE VIEW commercial.cashier_difference WITH (security_invoker = true) AS
SELECT s.cashier, m.full_name AS cashier_name, s.id AS session_id, s.folio AS session_folio,
       s.till_code AS till, s.business_date, d.source, d.closing_folio, d.tender, d.amount
FROM commercial.cash_session s
JOIN commercial.staff_member m ON m.username = s.cashier
JOIN (
    SELECT c.session_id, c.id AS closing_id, 'closing' AS source, c.folio AS closing_folio,
           l.tender, l.difference AS amount
    FROM commercial.cash_closing c
    JOIN commercial.cash_closing_line l ON l.closing_id = c.id
    UNION ALL
    SELECT v.session_id, v.closing_id, 'verification', c.folio, l.tender, l.difference
    FROM commercial.session_verification v
    JOIN commercial.cash_closing c ON c.id = v.closing_id
    JOIN commercial.session_verification_line l ON l.verification_id = v.id) d
    ON d.session_id = s.id
WHERE d.amount <> 0
  AND NOT EXISTS (SELECT FROM commercial.session_reopening o WHERE o.closing_id = d.closing_id);

-- The kind "reopen_session"; the subject is the session, its cashier or the supervision asks.
CREATE OR REPLACE FUNCTION commercial.reopen_session_facts(subject bigint, options jsonb)
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
    closing cash_closing;
BEGIN
    SELECT s.* INTO session FROM cash_session s WHERE s.id = subject;
    IF NOT FOUND OR NOT (session.cashier = session_user OR supervises_cash()) THEN
        PERFORM refuse('TC025', 'There is no such cash session of yours', jsonb_build_object(
            'document', coalesce(subject::text, '')));
    END IF;
    PERFORM check_reopenable(session);
    SELECT c.* INTO closing FROM standing_closing(subject) c;
    RETURN jsonb_build_object(
        'title', 'Reabrir la sesión ' || session.folio,
        'amount', (SELECT sum(abs(l.difference)) FROM cash_closing_line l
                   WHERE l.closing_id = closing.id),
        'account_id', NULL, 'session_id', session.id, 'session_folio', session.folio,
        'closing_id', closing.id, 'closing_folio', closing.folio,
        'closed_at', closing.closed_at, 'closed_by_name', closing.content -> 'closed_by_name',
        'till_name', closing.content -> 'till_name', 'cashier', session.cashier,
        'cashier_name', closing.content -> 'cashier_name',
        'business_date', session.business_date, 'tenders', closing.content -> 'tenders');
END
$$;

-- What the closing booked as its difference is taken back, dated today.
CREATE OR REPLACE FUNCTION commercial.reverse_cash_difference(closing bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    booked bigint := (SELECT j.id FROM journal j WHERE j.kind = 'cash_difference'
                      AND j.memo = 'Diferencia del corte ' || closing);
    books bigint;
BEGIN
    IF booked IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO journal (kind, business_date, memo)
    VALUES ('cash_difference', office_today(), 'Reapertura del corte ' || closing)
    RETURNING id INTO books;
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    SELECT books, l.line, l.ledger_account, -l.amount FROM journal_line l
    WHERE l.journal_id = booked;
END
$$;

-- Runs within decide_authorisation. The session goes back to its count, never to charging.
CREATE OR REPLACE FUNCTION commercial.reopen_session_effect(asked commercial.authorisation)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
    closing cash_closing;
BEGIN
    SELECT s.* INTO session FROM cash_session s WHERE s.id = asked.subject_id FOR UPDATE;
    SELECT c.* INTO closing FROM standing_closing(session.id) c;
    PERFORM check_reopenable(session);
    IF closing.id <> (asked.facts ->> 'closing_id')::bigint THEN
        PERFORM refuse('TC033', 'The session was closed again since', jsonb_build_object(
            'subject', session.folio, 'problem', 'session'));
    END IF;
    INSERT INTO session_reopening (authorisation_id, session_id, closing_id, reason)
    VALUES (asked.id, session.id, closing.id, asked.facts ->> 'reason_name');
    PERFORM reverse_cash_difference(closing.id);
    UPDATE cash_session SET state = 'counting', closed_at = NULL WHERE id = session.id;
    PERFORM announce('session', session.id::text);
    RETURN jsonb_build_object('session_id', session.id, 'closing_id', closing.id,
                              'closing_folio', closing.folio);
END
$$;
