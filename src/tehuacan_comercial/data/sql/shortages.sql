-- A cashier's shortage put back (reposición de faltante, H20). A verified session's shortage is its
-- cashier's debt in SHORTAGE; what they pay back, at the bank or through payroll, moves it to what the
-- bank or payroll is to hand in. No drawer is touched, so no count changes.

INSERT INTO commercial.ledger_account (code, name, nature) VALUES
    ('SHORTAGE_REPAID', 'Faltantes repuestos por acreditar', 'debit')
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

-- command: {command_id, session_id, amount, way: bank | payroll, reference, note}: whole or in part,
-- by somebody whose debt it is not. Only of a verified session: nothing changes its shortage any more.
CREATE OR REPLACE FUNCTION commercial.settle_shortage(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    pesos numeric := to_pesos(coalesce(command ->> 'amount', ''), 'amount');
    paper text := left(btrim(coalesce(command ->> 'reference', '')), 80);
    session cash_session := lock_other_session((command ->> 'session_id')::bigint, 'cash.custody');
    owed numeric;
    books bigint;
    made shortage_settlement;
BEGIN
    PERFORM require_command(wanted);
    SELECT r.* INTO made FROM shortage_settlement r WHERE r.command_id = wanted;
    IF FOUND THEN
        IF made.fingerprint <> print OR made.settled_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN to_jsonb(made);
    END IF;
    owed := coalesce((SELECT d.pending FROM cashier_debt d WHERE d.session_id = session.id), 0.00);
    IF session.state <> 'verified' OR pesos > owed THEN
        PERFORM refuse('TC097', 'The session does not owe that much', jsonb_build_object(
            'session', session.folio, 'state', session.state, 'pending', owed, 'asked', pesos));
    ELSIF pesos <= 0 OR coalesce(command ->> 'way', '') NOT IN ('bank', 'payroll') OR paper = '' THEN
        PERFORM refuse('TC023', 'Amount, way and reference are needed', jsonb_build_object(
            'field', CASE WHEN pesos <= 0 THEN 'amount' WHEN paper = '' THEN 'reference'
                          ELSE 'way' END, 'problem', 'missing'));
    END IF;
    INSERT INTO journal (kind, business_date, memo) VALUES ('shortage_settled', office_today(),
        'Reposición del faltante de la sesión ' || session.folio || ', ' || paper)
    RETURNING id INTO books;
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    VALUES (books, 1, 'SHORTAGE_REPAID', pesos), (books, 2, 'SHORTAGE', -pesos);
    INSERT INTO shortage_settlement (command_id, fingerprint, session_id, amount, way, reference,
                                     note, journal_id, business_date)
    VALUES (wanted, print, session.id, pesos, command ->> 'way', paper,
            left(btrim(coalesce(command ->> 'note', '')), 300), books, office_today())
    RETURNING * INTO made;
    PERFORM announce('custody', session.id::text);
    RETURN to_jsonb(made);
END
$$;
