-- Returned cheques (cheque devuelto, H15, F9): the bank did not pay, so what the cheque settled is
-- owed again from its own dates, with a fee by rule. The session that took it was counted with the
-- cheque and stays as it was; nothing is deleted.

INSERT INTO commercial.ledger_account (code, name, nature) VALUES
    ('RETURNED_CHEQUE', 'Cheques devueltos por el banco', 'debit')
ON CONFLICT (code) DO NOTHING;

-- The fee rule in force on a day: {percent, minimum, concept}, and its version; NULL without one.
CREATE OR REPLACE FUNCTION commercial.cheque_fee_rule(day date, OUT id bigint, OUT rule jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT r.id, s.value
    FROM rule_set r JOIN office_setting s ON s.rule_set_id = r.id AND s.key = 'returned_cheque'
    WHERE r.kind = 'returned_cheque' AND r.valid @> day
$$;

-- Pesos charged for a returned cheque of that amount, before tax: a percentage, and at least a
-- minimum; 0 without a rule.
CREATE OR REPLACE FUNCTION commercial.cheque_fee(amount numeric, rule jsonb) RETURNS numeric
LANGUAGE sql IMMUTABLE
AS $$
    SELECT coalesce(greatest(round(amount * (rule ->> 'percent')::numeric / 100, 2),
                             (rule ->> 'minimum')::numeric), 0.00)
$$;

-- The fee as an open item of the account under the return's journal; gives the charge, or NULL.
CREATE OR REPLACE FUNCTION commercial.charge_cheque_fee(
    account bigint, books bigint, pesos numeric, cheque text) RETURNS commercial.charge
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    fee record;
    amount numeric;
    rate numeric;
    made charge;
BEGIN
    SELECT f.* INTO fee FROM cheque_fee_rule(office_today()) f;
    amount := cheque_fee(pesos, fee.rule);
    IF amount <= 0 THEN
        RETURN NULL;
    END IF;
    rate := coalesce((
        SELECT t.rate FROM tax_rate t JOIN rule_set r ON r.id = t.rule_set_id
        JOIN account_directory d ON d.account_id = account
        WHERE r.kind = 'taxes' AND r.valid @> office_today() AND t.concept = fee.rule ->> 'concept'
          AND coalesce(t.use_class, d.use_class) = d.use_class
        ORDER BY t.use_class NULLS LAST LIMIT 1), 0);
    INSERT INTO charge (account_id, concept, source, issued_on, due_on, amount, tax_rate, tax,
                        rule_set_id, basis, journal_id)
    VALUES (account, fee.rule ->> 'concept', 'return', office_today(), office_today(), amount,
            rate, round(amount * rate, 2), fee.id, jsonb_build_object('form', 'returned_cheque',
                'cheque', cheque, 'base', pesos, 'percent', fee.rule -> 'percent',
                'minimum', fee.rule -> 'minimum'), books)
    RETURNING * INTO made;
    UPDATE rule_set r SET used = true WHERE r.id = fee.id AND NOT r.used;
    RETURN made;
END
$$;

-- Credit that the cheque had left and billing used since goes back to the credit balance, newest
-- application first, so that it can be taken away; gives the journal, or NULL when none was needed.
-- What a cashier charged against it has a receipt, which must be voided first.
CREATE OR REPLACE FUNCTION commercial.release_credit(account bigint, needed numeric, folio text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    books bigint;
    each record;
    freed numeric := 0.00;
BEGIN
    IF needed <= 0 THEN
        RETURN NULL;
    END IF;
    INSERT INTO journal (kind, business_date, memo) VALUES ('cheque_return', office_today(),
        'Saldo a favor retirado por cheque devuelto, recibo ' || folio) RETURNING id INTO books;
    FOR each IN
        SELECT a.id, a.charge_id, a.amount FROM charge c
        JOIN allocation a ON a.charge_id = c.id AND a.amount > 0
        JOIN journal j ON j.id = a.journal_id AND j.kind = 'credit'
        WHERE c.account_id = account
          AND NOT EXISTS (SELECT FROM allocation u WHERE u.reverses_id = a.id)
        ORDER BY a.id DESC
    LOOP
        EXIT WHEN freed >= needed;
        INSERT INTO allocation (charge_id, journal_id, amount, reverses_id)
        VALUES (each.charge_id, books, -each.amount, each.id);
        UPDATE charge SET settled = settled - each.amount WHERE id = each.charge_id;
        freed := freed + each.amount;
    END LOOP;
    IF freed < needed THEN
        PERFORM refuse('TC034', 'The advance was used meanwhile', jsonb_build_object(
            'folio', folio, 'available', credit_of(account) + freed,
            'needed', credit_of(account) + needed));
    END IF;
    INSERT INTO credit_movement (account_id, journal_id, amount) VALUES (account, books, freed);
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    VALUES (books, 1, 'RECEIVABLE', freed), (books, 2, 'CUSTOMER_CREDIT', -freed);
    RETURN books;
END
$$;

-- What is to be said no to: not a cheque, not handed in yet, void, or a day that cannot be.
CREATE OR REPLACE FUNCTION commercial.check_returnable(
    receipt commercial.receipt, tender commercial.payment_tender, day date) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
    problem text;
BEGIN
    -- The drawer that holds it, which may be another than that which charged it.
    SELECT s.* INTO session FROM cash_session s
    WHERE s.id = proof_holder(receipt.payment_id, tender.line);
    PERFORM refuse('TC090', 'The cheque was returned already', jsonb_build_object(
        'folio', receipt.folio, 'returned_on', r.returned_on, 'by', (
            SELECT m.full_name FROM staff_member m WHERE m.username = r.recorded_by)))
    FROM tender_return r WHERE r.payment_id = tender.payment_id AND r.line = tender.line;
    problem := CASE
        WHEN tender.kind IS DISTINCT FROM 'cheque' THEN 'tender'
        WHEN EXISTS (SELECT FROM receipt_void v WHERE v.receipt_id = receipt.id) THEN 'void'
        WHEN session.state NOT IN ('closed', 'verified') THEN 'session'
        WHEN day IS NULL OR day > office_today() OR day < session.business_date THEN 'day' END;
    IF problem IS NOT NULL THEN
        PERFORM refuse('TC093', 'This cannot have been returned by the bank', jsonb_build_object(
            'folio', receipt.folio, 'problem', problem, 'session_folio', session.folio));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION commercial.return_answer(made commercial.tender_return) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object('return_id', made.id, 'receipt_id', made.receipt_id,
        'folio', r.folio, 'account_id', made.account_id, 'session_id', r.session_id,
        'amount', made.amount, 'reopened', made.reopened, 'fee', made.fee)
    FROM receipt r WHERE r.id = made.receipt_id
$$;

-- The cheque's share of a payment is undone: the whole is taken back and what the other forms of
-- payment brought settles the same charges again, oldest first; gives pesos that stay open.
CREATE OR REPLACE FUNCTION commercial.undo_cheque(
    paid commercial.payment, tender commercial.payment_tender, books bigint) RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    stands record := payment_standing(paid.id);
    keeps numeric := stands.money + stands.from_credit - tender.applied;
    ahead numeric := greatest(keeps - stands.settled, 0.00);
    reopened numeric;
BEGIN
    -- What stays as credit goes in first: the balance is never short between two rows.
    INSERT INTO credit_movement (account_id, journal_id, amount)
    SELECT stands.account_id, books, ahead WHERE ahead > 0;
    reopened := unsettle_payment(paid, books);
    INSERT INTO credit_movement (account_id, journal_id, amount)
    SELECT stands.account_id, books, -stands.from_credit WHERE stands.from_credit > 0;
    RETURN reopened - settle_oldest_first(books, keeps - ahead, x.charges, x.rooms)
    FROM (SELECT array_agg(a.charge_id) AS charges, array_agg(a.amount) AS rooms
          FROM (SELECT u.charge_id, -sum(u.amount) AS amount FROM allocation u
                WHERE u.journal_id = books AND u.amount < 0 GROUP BY u.charge_id) a) x;
END
$$;

-- command: {command_id, receipt_id, line, returned_on, reason_code, reference, note}
CREATE OR REPLACE FUNCTION commercial.record_cheque_return(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    day date := (command ->> 'returned_on')::date;
    words text := left(btrim(coalesce(command ->> 'note', '')), 500);
    paper receipt;
    paid payment;
    tender payment_tender;
    made tender_return;
    stands record;
    told text;
    books bigint;
    release bigint;
    reopened numeric;
    fee charge;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT r.* INTO paper FROM receipt r WHERE r.id = (command ->> 'receipt_id')::bigint;
    IF NOT FOUND OR wanted IS NULL THEN
        PERFORM refuse('TC025', 'There is no such receipt', jsonb_build_object(
            'document', coalesce(command ->> 'receipt_id', '')));
    END IF;
    PERFORM lock_accounts(ARRAY[paper.account_id, payment_account(paper.payment_id)]);
    SELECT r.* INTO made FROM tender_return r WHERE r.command_id = wanted;
    IF FOUND THEN
        IF made.fingerprint <> print OR made.recorded_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN return_answer(made);
    END IF;
    PERFORM FROM receipt r WHERE r.id = paper.id FOR UPDATE;
    SELECT p.* INTO paid FROM payment p WHERE p.id = paper.payment_id;
    SELECT t.* INTO tender FROM payment_tender t
    WHERE t.payment_id = paid.id AND t.line = (command ->> 'line')::integer;
    -- Whoever counted the cheque does not open their session again meanwhile.
    PERFORM FROM cash_session s WHERE s.id IN (paper.session_id, proof_holder(paid.id, tender.line))
        ORDER BY s.id FOR SHARE;
    PERFORM check_returnable(paper, tender, day);
    told := check_reason('returned_cheque', command ->> 'reason_code', words);
    stands := payment_standing(paid.id);
    -- It was moved to an account that is not held, between reading and locking.
    PERFORM lock_accounts(ARRAY[stands.account_id]);
    release := release_credit(stands.account_id,
        least(stands.advance, tender.applied) - credit_of(stands.account_id), paper.folio);
    INSERT INTO journal (kind, business_date, memo) VALUES ('cheque_return', office_today(),
        'Cheque devuelto, recibo ' || paper.folio) RETURNING id INTO books;
    reopened := undo_cheque(paid, tender, books);
    fee := charge_cheque_fee(stands.account_id, books, tender.applied, tender.reference);
    INSERT INTO tender_return (command_id, fingerprint, payment_id, line, receipt_id, account_id,
        returned_on, bank_reason, reference, note, amount, reopened, fee, fee_charge_id,
        rule_set_id, journal_id, release_journal_id, business_date)
    VALUES (wanted, print, paid.id, tender.line, paper.id, stands.account_id, day, told,
        left(btrim(coalesce(command ->> 'reference', '')), 80), words, tender.applied, reopened,
        coalesce(fee.total, 0.00), fee.id, fee.rule_set_id, books, release, office_today())
    RETURNING * INTO made;
    INSERT INTO cheque_ban (account_id, return_id) VALUES (stands.account_id, made.id)
    ON CONFLICT (account_id) WHERE lifted_at IS NULL DO NOTHING;
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    SELECT books, row_number() OVER (), l.ledger_account, l.amount FROM (
        SELECT 'RECEIVABLE' AS ledger_account, reopened + coalesce(fee.total, 0.00) AS amount
        UNION ALL SELECT 'CUSTOMER_CREDIT', -sum(m.amount) FROM credit_movement m
        WHERE m.journal_id = books
        UNION ALL SELECT 'RETURNED_CHEQUE', -tender.applied
        UNION ALL SELECT k.revenue_account, -fee.amount FROM concept k WHERE k.code = fee.concept
        UNION ALL SELECT 'VAT', -fee.tax) AS l
    WHERE l.amount <> 0;
    PERFORM announce('payment', stands.account_id || '/' || paper.session_id);
    IF stands.account_id <> paper.account_id THEN
        PERFORM announce('account', paper.account_id::text);
    END IF;
    RETURN return_answer(made);
END
$$;

-- Cheques of the account are taken again. command: {ban_id, reason}; the same again changes nothing.
CREATE OR REPLACE FUNCTION commercial.lift_cheque_ban(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    ban cheque_ban;
    why text := left(btrim(coalesce(command ->> 'reason', '')), 300);
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT b.* INTO ban FROM cheque_ban b WHERE b.id = (command ->> 'ban_id')::bigint FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such ban', jsonb_build_object(
            'document', coalesce(command ->> 'ban_id', '')));
    ELSIF why = '' THEN
        PERFORM refuse('TC024', 'To take cheques again a reason is needed',
            '{"act": "clarifications.lift"}');
    ELSIF ban.lifted_at IS NOT NULL AND (ban.lifted_by, ban.lift_reason) <> (session_user, why) THEN
        PERFORM refuse('TC095', 'Cheques of the account are taken again already',
            jsonb_build_object('by', (SELECT m.full_name FROM staff_member m
                                      WHERE m.username = ban.lifted_by)));
    ELSIF ban.lifted_at IS NULL THEN
        UPDATE cheque_ban SET lifted_at = clock_timestamp(), lifted_by = session_user,
            lift_reason = why WHERE id = ban.id;
        PERFORM announce('account', ban.account_id::text);
    END IF;
    RETURN jsonb_build_object('ban_id', ban.id, 'account_id', ban.account_id);
END
$$;

-- A ban may only be lifted, once.
CREATE OR REPLACE FUNCTION commercial.lift_ban_once() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF OLD.lifted_at IS NOT NULL
       OR to_jsonb(OLD) - '{lifted_at,lifted_by,lift_reason}'::text[]
          <> to_jsonb(NEW) - '{lifted_at,lifted_by,lift_reason}'::text[] THEN
        PERFORM commercial.refuse('TC018', 'A ban is only lifted, once',
            jsonb_build_object('table', 'cheque_ban'));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER keep_cheque_ban BEFORE UPDATE ON commercial.cheque_ban
    FOR EACH ROW EXECUTE FUNCTION commercial.lift_ban_once();
