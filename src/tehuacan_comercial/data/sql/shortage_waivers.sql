-- A shortage that the office condones (condonación de faltante), as what an approved "waive_shortage"
-- does: what is still owed of a session leaves SHORTAGE for an expense, dated today. The subject is the
-- session. Who owes it neither asks for themselves nor decides, nor does a deputy in their name.

CREATE OR REPLACE FUNCTION commercial.waive_shortage_facts(subject bigint, options jsonb)
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
    debt record;
BEGIN
    SELECT s.* INTO session FROM cash_session s WHERE s.id = subject;
    IF NOT FOUND OR NOT supervises_cash() THEN
        PERFORM refuse('TC025', 'There is no such cash session', jsonb_build_object(
            'document', coalesce(subject::text, '')));
    ELSIF session.cashier = session_user THEN
        PERFORM refuse('TC041', 'A second person is needed', '{"act": "shortage.waive"}');
    END IF;
    SELECT d.* INTO debt FROM cashier_debt d WHERE d.session_id = session.id;
    PERFORM check_owed(session, coalesce(debt.pending, 0.00));
    RETURN jsonb_build_object(
        'title', 'Condonar el faltante de la sesión ' || session.folio,
        'amount', debt.pending, 'account_id', NULL, 'session_id', session.id,
        'session_folio', session.folio, 'business_date', session.business_date,
        'till_name', (SELECT t.name FROM till t WHERE t.code = session.till_code),
        'cashier', session.cashier, 'cashier_name', debt.cashier_name,
        'owed', debt.owed, 'settled', debt.settled, 'how', debt.how,
        'others', (SELECT count(*) FROM cashier_debt o
                   WHERE o.cashier = session.cashier AND o.session_id <> session.id),
        'others_owed', (SELECT coalesce(sum(o.owed), 0.00) FROM cashier_debt o
                        WHERE o.cashier = session.cashier AND o.session_id <> session.id));
END
$$;

-- Runs within decide_authorisation: what is owed must still be what was asked for.
CREATE OR REPLACE FUNCTION commercial.waive_shortage_effect(asked commercial.authorisation)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
    paper text := 'Autorización ' || asked.id;
    made shortage_settlement;
BEGIN
    SELECT s.* INTO session FROM cash_session s WHERE s.id = asked.subject_id FOR UPDATE;
    IF asked.amount IS DISTINCT FROM (
        SELECT d.pending FROM cashier_debt d WHERE d.session_id = session.id) THEN
        PERFORM refuse('TC033', 'Part of it was put back since', jsonb_build_object(
            'subject', session.folio, 'problem', 'shortage'));
    END IF;
    PERFORM check_owed(session, asked.amount);
    INSERT INTO shortage_settlement (command_id, fingerprint, session_id, amount, way, reference,
                                     note, journal_id, business_date, authorisation_id)
    VALUES (md5('waive ' || asked.command_id)::uuid, '', session.id, asked.amount, 'waiver', paper,
            asked.facts ->> 'reason_name',
            book_shortage(session, 'shortage_waived', 'SHORTAGE_WAIVED', asked.amount,
                          office_today(), paper),
            office_today(), asked.id)
    RETURNING * INTO made;
    PERFORM announce('custody', session.id::text);
    RETURN jsonb_build_object('session_id', session.id, 'settlement_id', made.id);
END
$$;

-- Nobody condones what they owe themselves, not even through somebody who decides in their absence.
CREATE OR REPLACE FUNCTION commercial.keep_own_debt() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF (SELECT s.cashier FROM cash_session s WHERE s.id = NEW.subject_id)
       IN (NEW.decided_by, coalesce(NEW.on_behalf_of, NEW.decided_by)) THEN
        PERFORM refuse('TC041', 'A second person is needed', '{"act": "shortage.waive"}');
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER keep_own_debt BEFORE UPDATE ON commercial.authorisation
    FOR EACH ROW WHEN (NEW.kind = 'waive_shortage' AND NEW.decided_by IS NOT NULL)
    EXECUTE FUNCTION commercial.keep_own_debt();
