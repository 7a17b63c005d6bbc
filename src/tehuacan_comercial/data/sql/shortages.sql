-- A cashier's shortage put back (reposición de faltante, H20). A verified session's shortage is its
-- cashier's debt in SHORTAGE; what they pay back, at the bank or through payroll, moves it to what the
-- bank or payroll is to hand in, and no drawer is touched. In cash it goes into the drawer of a session
-- that is open: whoever holds it receives it, against a numbered paper. Condoned: shortage_waivers.sql.

INSERT INTO commercial.ledger_account (code, name, nature) VALUES
    ('SHORTAGE_REPAID', 'Faltantes repuestos por acreditar', 'debit'),
    ('SHORTAGE_WAIVED', 'Faltantes condonados', 'debit')
ON CONFLICT (code) DO NOTHING;
INSERT INTO commercial.folio_series (code, name) VALUES ('RF', 'Reposiciones de faltantes')
ON CONFLICT (code) DO NOTHING;

-- What each session leaves its cashier owing, pesos: every form of payment that is short by itself,
-- closing and verification together, less what was put back. With the reader's own rights.
CREATE OR REPLACE VIEW commercial.cashier_debt WITH (security_invoker = true) AS
SELECT d.cashier, d.cashier_name, d.session_id, d.session_folio, d.till, d.business_date, s.state,
       d.owed, coalesce(p.settled, 0.00) AS settled, d.owed - coalesce(p.settled, 0.00) AS pending,
       coalesce(p.how, '') AS how
FROM (
    SELECT x.cashier, x.cashier_name, x.session_id, x.session_folio, x.till, x.business_date,
           sum(greatest(-x.amount, 0.00)) AS owed
    FROM (SELECT f.cashier, f.cashier_name, f.session_id, f.session_folio, f.till,
                 f.business_date, f.tender, sum(f.amount) AS amount
          FROM commercial.cashier_difference f GROUP BY 1, 2, 3, 4, 5, 6, 7) x
    GROUP BY 1, 2, 3, 4, 5, 6) d
JOIN commercial.cash_session s ON s.id = d.session_id
LEFT JOIN (
    SELECT r.session_id, sum(r.amount) AS settled,
           string_agg(r.reference, ', ' ORDER BY r.id) AS how
    FROM commercial.shortage_settlement r GROUP BY r.session_id) p ON p.session_id = d.session_id
WHERE d.owed > 0 OR p.settled > 0;

-- What a settlement already did, when the same UUID comes again.
CREATE OR REPLACE FUNCTION commercial.settled_before(wanted uuid, print text)
RETURNS commercial.shortage_settlement
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    made shortage_settlement;
BEGIN
    SELECT r.* INTO made FROM shortage_settlement r WHERE r.command_id = wanted;
    IF FOUND AND (made.fingerprint <> print OR made.settled_by <> session_user) THEN
        PERFORM refuse('TC004', 'The command came again with other content',
            jsonb_build_object('command_id', wanted));
    END IF;
    RETURN made;
END
$$;

-- What a session still owes, pesos; refuses more than that, and a session that is not verified:
-- nothing changes its shortage any more. The caller holds its row.
CREATE OR REPLACE FUNCTION commercial.check_owed(session commercial.cash_session, pesos numeric)
RETURNS numeric
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    owed numeric := coalesce(
        (SELECT d.pending FROM cashier_debt d WHERE d.session_id = session.id), 0.00);
BEGIN
    IF session.state <> 'verified' OR pesos > owed OR owed = 0 THEN
        PERFORM refuse('TC097', 'The session does not owe that much', jsonb_build_object(
            'session', session.folio, 'state', session.state, 'pending', owed, 'asked', pesos));
    ELSIF pesos <= 0 THEN
        PERFORM refuse('TC023', 'Nothing is put back',
            '{"field": "amount", "problem": "not positive"}');
    END IF;
    RETURN owed;
END
$$;

-- The debt in the books, less what takes its place.
CREATE OR REPLACE FUNCTION commercial.book_shortage(
    session commercial.cash_session, books_kind text, takes text, pesos numeric, day date, paper text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    books bigint;
BEGIN
    INSERT INTO journal (kind, business_date, memo)
    VALUES (books_kind, day, CASE books_kind WHEN 'shortage_waived' THEN 'Condonación'
            ELSE 'Reposición' END || ' del faltante de la sesión ' || session.folio || ', ' || paper)
    RETURNING id INTO books;
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    VALUES (books, 1, takes, pesos), (books, 2, 'SHORTAGE', -pesos);
    RETURN books;
END
$$;

-- command: {command_id, session_id, amount, way: bank | payroll, reference, note}: whole or in part,
-- by somebody whose debt it is not.
CREATE OR REPLACE FUNCTION commercial.settle_shortage(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    pesos numeric := to_pesos(coalesce(command ->> 'amount', ''), 'amount');
    paper text := left(btrim(coalesce(command ->> 'reference', '')), 80);
    session cash_session := lock_other_session((command ->> 'session_id')::bigint, 'cash.custody');
    made shortage_settlement;
BEGIN
    PERFORM require_command(wanted);
    made := settled_before(wanted, print);
    IF made.id IS NOT NULL THEN
        RETURN to_jsonb(made);
    END IF;
    PERFORM check_owed(session, pesos);
    IF coalesce(command ->> 'way', '') NOT IN ('bank', 'payroll') OR paper = '' THEN
        PERFORM refuse('TC023', 'Way and reference are needed', jsonb_build_object(
            'field', CASE WHEN paper = '' THEN 'reference' ELSE 'way' END, 'problem', 'missing'));
    END IF;
    INSERT INTO shortage_settlement (command_id, fingerprint, session_id, amount, way, reference,
                                     note, journal_id, business_date)
    VALUES (wanted, print, session.id, pesos, command ->> 'way', paper,
            left(btrim(coalesce(command ->> 'note', '')), 300),
            book_shortage(session, 'shortage_settled', 'SHORTAGE_REPAID', pesos, office_today(), paper),
            office_today())
    RETURNING * INTO made;
    PERFORM announce('custody', session.id::text);
    RETURN to_jsonb(made);
END
$$;

-- command: {command_id, session_id, into_session_id, amount, note}: cash that a cashier puts back,
-- into the caller's own open drawer, where the next count must find it. Order of locks: the session
-- that owes, which is over, then the one that receives.
CREATE OR REPLACE FUNCTION commercial.receive_shortage(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    pesos numeric := to_pesos(coalesce(command ->> 'amount', ''), 'amount');
    words text := left(btrim(coalesce(command ->> 'note', '')), 300);
    session cash_session;
    drawer cash_session;
    owed numeric;
    step numeric;
    made shortage_settlement;
    document record;
BEGIN
    PERFORM require_command(wanted);
    SELECT s.* INTO session FROM cash_session s
    WHERE s.id = (command ->> 'session_id')::bigint FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such cash session', jsonb_build_object(
            'document', coalesce(command ->> 'session_id', '')));
    ELSIF session.cashier = session_user THEN
        PERFORM refuse('TC041', 'A second person is needed', '{"act": "shortage.receive"}');
    END IF;
    made := settled_before(wanted, print);
    IF made.id IS NOT NULL THEN
        RETURN to_jsonb(made);
    END IF;
    drawer := lock_open_session((command ->> 'into_session_id')::bigint);
    IF NOT EXISTS (SELECT FROM till t WHERE t.code = drawer.till_code AND 'cash' = ANY (t.tenders)) THEN
        PERFORM refuse('TC010', 'This till does not take that tender',
            '{"tender": "cash", "problem": "not allowed"}');
    END IF;
    owed := check_owed(session, pesos);
    step := (office_setting_on('cash_rounding_step', drawer.business_date) #>> '{}')::numeric;
    IF step > 0 AND pesos % step <> 0 THEN
        PERFORM refuse('TC023', 'There are no coins for that amount',
            '{"field": "amount", "problem": "coins"}');
    END IF;
    document := chain_document('RF', custody_head(drawer.id) || jsonb_build_object(
        'amount', pesos, 'note', words, 'debtor_name', name_of(session.cashier),
        'debt_session_folio', session.folio, 'debt_date', session.business_date,
        'pending_before', owed, 'pending_after', owed - pesos,
        'received_by_name', name_of(session_user)));
    INSERT INTO shortage_settlement (command_id, fingerprint, session_id, amount, way, reference,
        note, journal_id, business_date, into_session_id, series, number, folio, content,
        previous_hash, hash)
    VALUES (wanted, print, session.id, pesos, 'cash', document.folio, words,
            book_shortage(session, 'shortage_settled', 'CASH', pesos, drawer.business_date,
                          document.folio),
            drawer.business_date, drawer.id, 'RF', document.number, document.folio,
            document.sealed, document.previous, document.hash)
    RETURNING * INTO made;
    PERFORM announce('custody', session.id::text);
    PERFORM announce('session', drawer.id::text);
    RETURN to_jsonb(made);
END
$$;
