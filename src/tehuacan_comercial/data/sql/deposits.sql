-- From the drawers to the bank (depósitos, H8): closed sessions are gathered in a batch, its money is
-- counted, the slips that share it out must add up to what the sessions declared, and the deposit
-- moves it in the books from the drawers to the bank.

INSERT INTO commercial.folio_series (code, name) VALUES ('LD', 'Relaciones de fichas de depósito')
ON CONFLICT (code) DO NOTHING;

-- The check digit of a CLABE: weights 3, 7, 1 from the left, tens dropped, complement to ten.
CREATE OR REPLACE FUNCTION commercial.clabe_digit(first17 text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT ((10 - sum(substr(first17, n, 1)::int * (ARRAY[3, 7, 1])[(n - 1) % 3 + 1] % 10) % 10) % 10)
           ::text
    FROM generate_series(1, 17) n
$$;

-- command: {code, bank, name, clabe, active}: an account of the office, with its own in the books.
CREATE OR REPLACE FUNCTION commercial.save_bank_account(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted text := command ->> 'code';
    digits text := coalesce(command ->> 'clabe', '');
BEGIN
    IF wanted IS NULL OR wanted !~ '^[A-Z][A-Z0-9]{0,9}$' THEN
        PERFORM refuse('TC023', 'Not a code of a bank account', jsonb_build_object(
            'field', 'code', 'problem', coalesce(wanted, '')));
    ELSIF digits !~ '^\d{18}$' OR clabe_digit(left(digits, 17)) <> right(digits, 1) THEN
        PERFORM refuse('TC023', 'Not a CLABE',
            jsonb_build_object('field', 'clabe', 'problem', digits));
    END IF;
    INSERT INTO ledger_account (code, name, nature)
    VALUES ('BANK_' || wanted, 'Banco ' || wanted, 'debit') ON CONFLICT (code) DO NOTHING;
    INSERT INTO bank_account AS b (code, bank, name, clabe, ledger_account, active)
    VALUES (wanted, btrim(command ->> 'bank'), btrim(command ->> 'name'), digits,
            'BANK_' || wanted, coalesce((command ->> 'active')::boolean, true))
    ON CONFLICT (code) DO UPDATE SET bank = excluded.bank, name = excluded.name,
        clabe = excluded.clabe, active = excluded.active;
    RETURN jsonb_build_object('code', wanted);
END
$$;

-- The lifecycle of a batch as a table of pairs; domain/lifecycles.py has the same.
CREATE OR REPLACE FUNCTION commercial.deposit_step_allowed(from_state text, to_state text)
RETURNS boolean LANGUAGE sql IMMUTABLE
AS $$
    SELECT (from_state, to_state) IN (
        ('open', 'counting'), ('counting', 'open'), ('counting', 'balanced'),
        ('balanced', 'deposited'), ('deposited', 'reconciled'))
$$;
CREATE OR REPLACE FUNCTION commercial.check_deposit_step() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT commercial.deposit_step_allowed(OLD.state, NEW.state) THEN
        PERFORM commercial.refuse('TC017', 'The batch cannot take this step', jsonb_build_object(
            'document', 'lote ' || OLD.id, 'state', OLD.state, 'wish', NEW.state));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER step BEFORE UPDATE OF state ON commercial.deposit_batch
    FOR EACH ROW EXECUTE FUNCTION commercial.check_deposit_step();
CREATE OR REPLACE TRIGGER keep_deposit_batch BEFORE UPDATE ON commercial.deposit_batch
    FOR EACH ROW EXECUTE FUNCTION commercial.allow_only('state', 'journal_id');

-- Members come and go only while the batch is open.
CREATE OR REPLACE FUNCTION commercial.keep_members() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (
        SELECT FROM deposit_batch b
        WHERE b.id = coalesce(NEW.batch_id, OLD.batch_id) AND b.state <> 'open') THEN
        PERFORM refuse('TC018', 'The sessions of a counted batch do not change',
            jsonb_build_object('table', TG_TABLE_NAME));
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;
CREATE OR REPLACE TRIGGER keep_members BEFORE INSERT OR UPDATE OR DELETE
    ON commercial.deposit_batch_session
    FOR EACH ROW EXECUTE FUNCTION commercial.keep_members();

-- A slip's reference and day are written once, when the money is taken to the bank.
CREATE OR REPLACE FUNCTION commercial.keep_slip() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.deposited_on IS NOT NULL
       OR to_jsonb(OLD) - '{reference,deposited_on}'::text[]
          <> to_jsonb(NEW) - '{reference,deposited_on}'::text[] THEN
        PERFORM commercial.refuse('TC018', 'A deposit slip stays as it was made',
            jsonb_build_object('table', TG_TABLE_NAME));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER keep_slip BEFORE UPDATE OR DELETE ON commercial.deposit_slip
    FOR EACH ROW EXECUTE FUNCTION commercial.keep_slip();

-- What a closed session hands over for deposit, by form of payment, pesos: declared, or verified by
-- a second person, with what was delivered before the close and without the float it began with.
-- The float stays in the drawer and never was in the books, which say the same (verify: cash_control).
-- What a channel sent and nobody knows whose it is goes to the bank with the rest.
CREATE OR REPLACE FUNCTION commercial.session_deposit(wanted bigint)
RETURNS TABLE (tender text, amount numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT l.tender, l.declared + coalesce(v.difference, 0.00)
           + CASE WHEN l.tender = 'cash' THEN (
                 SELECT coalesce(sum(w.amount), 0.00) FROM withdrawal w
                 WHERE w.session_id = s.id AND w.state = 'accepted') - s.opening_counted
             WHEN l.tender = 'transfer' THEN (
                 SELECT coalesce(sum(u.amount), 0.00) FROM unidentified_payment u
                 WHERE u.session_id = s.id)
             ELSE 0.00 END
    FROM cash_session s
    JOIN LATERAL (SELECT max(k.id) AS id FROM cash_closing k WHERE k.session_id = s.id) c ON true
    JOIN cash_closing_line l ON l.closing_id = c.id
    LEFT JOIN session_verification n ON n.closing_id = c.id
    LEFT JOIN session_verification_line v ON v.verification_id = n.id AND v.tender = l.tender
    WHERE s.id = wanted AND s.state IN ('closed', 'verified')
$$;

-- What all sessions of a batch hand over, by form of payment.
CREATE OR REPLACE FUNCTION commercial.batch_money(wanted bigint)
RETURNS TABLE (tender text, amount numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT k.tender, coalesce(sum(d.amount), 0.00)
    FROM unnest(ARRAY['cash', 'card', 'transfer', 'cheque']) AS k (tender)
    LEFT JOIN (deposit_batch_session m CROSS JOIN LATERAL session_deposit(m.session_id) d)
        ON m.batch_id = wanted AND d.tender = k.tender
    GROUP BY k.tender
$$;

-- Whether the money of a session is in a batch that can no longer be opened (for its reopening).
CREATE OR REPLACE FUNCTION commercial.session_deposited(wanted bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM deposit_batch_session m JOIN deposit_batch b ON b.id = m.batch_id
                   WHERE m.session_id = wanted AND b.state IN ('balanced', 'deposited', 'reconciled'))
$$;

-- The count of a balanced batch was the second person's look at that money: a verification that
-- found another amount afterwards would change what went to the bank.
CREATE OR REPLACE FUNCTION commercial.keep_deposited() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
BEGIN
    SELECT s.* INTO session FROM cash_session s JOIN session_verification v ON v.session_id = s.id
    WHERE v.id = NEW.verification_id;
    IF session_deposited(session.id) THEN
        PERFORM refuse('TC061', 'The money of the session was counted for its deposit',
            jsonb_build_object('session', session.folio, 'state', 'deposited', 'batch', (
                SELECT m.batch_id FROM deposit_batch_session m WHERE m.session_id = session.id)));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER keep_deposited BEFORE INSERT ON commercial.session_verification_line
    FOR EACH ROW WHEN (NEW.difference <> 0) EXECUTE FUNCTION commercial.keep_deposited();

-- Add sessions to an open batch: closed or verified, and in no other batch. Their rows are held, so
-- that none is reopened meanwhile.
CREATE OR REPLACE FUNCTION commercial.gather_sessions(batch bigint, wanted jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session record;
BEGIN
    FOR session IN
        SELECT w.id AS asked, s.id, s.folio, s.state, m.batch_id
        FROM (SELECT DISTINCT value::bigint AS id
              FROM jsonb_array_elements_text(coalesce(wanted, '[]'))) w
        LEFT JOIN cash_session s ON s.id = w.id
        LEFT JOIN deposit_batch_session m ON m.session_id = w.id
        ORDER BY w.id
    LOOP
        CONTINUE WHEN session.batch_id = batch;
        PERFORM FROM cash_session s WHERE s.id = session.id FOR UPDATE;
        IF session.id IS NULL OR session.state NOT IN ('closed', 'verified')
           OR session.batch_id IS NOT NULL THEN
            PERFORM refuse('TC061', 'The session cannot be deposited', jsonb_build_object(
                'session', coalesce(session.folio, session.asked::text),
                'state', coalesce(session.state, ''), 'batch', coalesce(session.batch_id, 0)));
        END IF;
        BEGIN
            INSERT INTO deposit_batch_session (batch_id, session_id) VALUES (batch, session.id);
        EXCEPTION WHEN unique_violation THEN  -- another batch took it at this instant
            PERFORM refuse('TC061', 'The session is in another batch', jsonb_build_object(
                'session', session.folio, 'state', session.state, 'batch',
                (SELECT m.batch_id FROM deposit_batch_session m WHERE m.session_id = session.id)));
        END;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION commercial.lock_batch(wanted bigint) RETURNS commercial.deposit_batch
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    batch deposit_batch;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT b.* INTO batch FROM deposit_batch b WHERE b.id = wanted FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such batch',
            jsonb_build_object('document', 'lote ' || coalesce(wanted::text, '')));
    END IF;
    RETURN batch;
END
$$;

CREATE OR REPLACE FUNCTION commercial.take_deposit_step(batch bigint, wish text, facts jsonb)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    UPDATE deposit_batch SET state = wish WHERE id = batch AND state <> wish;
    INSERT INTO deposit_step (batch_id, state, facts) VALUES (batch, wish, facts);
    SELECT announce('deposit', batch::text);
$$;

-- command: {command_id, sessions: [id], note}
CREATE OR REPLACE FUNCTION commercial.open_batch(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    print text := fingerprint_of(command);
    batch deposit_batch;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    PERFORM pg_advisory_xact_lock(hashtextextended('batch ' || (command ->> 'command_id'), 0));
    SELECT b.* INTO batch FROM deposit_batch b WHERE b.command_id = (command ->> 'command_id')::uuid;
    IF FOUND THEN
        IF batch.fingerprint <> print OR batch.opened_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', command ->> 'command_id'));
        END IF;
        RETURN jsonb_build_object('batch_id', batch.id, 'state', batch.state);
    END IF;
    INSERT INTO deposit_batch (command_id, fingerprint, note)
    VALUES ((command ->> 'command_id')::uuid, print, left(coalesce(command ->> 'note', ''), 500))
    RETURNING * INTO batch;
    PERFORM gather_sessions(batch.id, command -> 'sessions');
    PERFORM take_deposit_step(batch.id, 'open', command - 'command_id');
    RETURN jsonb_build_object('batch_id', batch.id, 'state', 'open');
END
$$;

-- command: {batch_id, add: [id], remove: [id]}; only while it is open.
CREATE OR REPLACE FUNCTION commercial.change_batch(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    batch deposit_batch := lock_batch((command ->> 'batch_id')::bigint);
BEGIN
    IF batch.state <> 'open' THEN
        PERFORM refuse('TC017', 'The batch was counted', jsonb_build_object(
            'document', 'lote ' || batch.id, 'state', batch.state, 'wish', 'open'));
    END IF;
    DELETE FROM deposit_batch_session m WHERE m.batch_id = batch.id AND m.session_id IN (
        SELECT value::bigint FROM jsonb_array_elements_text(coalesce(command -> 'remove', '[]')));
    PERFORM gather_sessions(batch.id, command -> 'add');
    PERFORM take_deposit_step(batch.id, batch.state, command - 'batch_id');
    RETURN jsonb_build_object('batch_id', batch.id, 'state', batch.state);
END
$$;

-- Count what is in the bag (arqueo del lote). command: {batch_id, denominations,
-- counted: {card, transfer, cheque}}; again while it is being counted is a second count.
CREATE OR REPLACE FUNCTION commercial.count_batch(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    batch deposit_batch := lock_batch((command ->> 'batch_id')::bigint);
    counted jsonb := jsonb_build_object('cash', count_total(command -> 'denominations'),
        'card', to_pesos(coalesce(command #>> '{counted,card}', '0'), 'counted.card'),
        'transfer', to_pesos(coalesce(command #>> '{counted,transfer}', '0'), 'counted.transfer'),
        'cheque', to_pesos(coalesce(command #>> '{counted,cheque}', '0'), 'counted.cheque'));
BEGIN
    IF batch.state NOT IN ('open', 'counting') THEN
        PERFORM refuse('TC017', 'The batch was balanced', jsonb_build_object(
            'document', 'lote ' || batch.id, 'state', batch.state, 'wish', 'counting'));
    ELSIF EXISTS (SELECT FROM jsonb_each_text(counted) WHERE value::numeric < 0) THEN
        PERFORM refuse('TC023', 'A counted amount is negative',
            '{"field": "counted", "problem": "negative"}');
    ELSIF NOT EXISTS (SELECT FROM deposit_batch_session m WHERE m.batch_id = batch.id) THEN
        PERFORM refuse('TC061', 'The batch has no session',
            jsonb_build_object('session', '', 'state', '', 'batch', batch.id));
    END IF;
    PERFORM take_deposit_step(batch.id, 'counting', jsonb_build_object(
        'denominations', coalesce(command -> 'denominations', '{}'), 'counted', counted));
    RETURN jsonb_build_object('batch_id', batch.id, 'state', 'counting', 'tenders', (
        SELECT jsonb_agg(jsonb_build_object('tender', m.tender, 'expected', m.amount,
            'counted', (counted ->> m.tender)::numeric,
            'difference', (counted ->> m.tender)::numeric - m.amount)
            ORDER BY array_position(ARRAY['cash', 'card', 'transfer', 'cheque'], m.tender))
        FROM batch_money(batch.id) m));
END
$$;

-- Back to gathering sessions. command: {batch_id}
CREATE OR REPLACE FUNCTION commercial.reopen_batch(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    batch deposit_batch := lock_batch((command ->> 'batch_id')::bigint);
BEGIN
    IF batch.state <> 'open' THEN
        PERFORM take_deposit_step(batch.id, 'open', '{}');
    END IF;
    RETURN jsonb_build_object('batch_id', batch.id, 'state', 'open');
END
$$;

-- Sessions, last count and slips must say the same in every form of payment, or it does not close.
CREATE OR REPLACE FUNCTION commercial.check_batch(batch bigint, slips jsonb) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    counted jsonb := (SELECT s.facts -> 'counted' FROM deposit_step s
                      WHERE s.batch_id = batch AND s.state = 'counting' ORDER BY s.id DESC LIMIT 1);
    money record;
BEGIN
    FOR money IN
        SELECT m.tender, m.amount, (counted ->> m.tender)::numeric AS counted,
               (SELECT coalesce(sum(s.amount::numeric), 0.00)
                FROM jsonb_to_recordset(slips) AS s (tender text, amount text)
                WHERE s.tender = m.tender) AS slips
        FROM batch_money(batch) m
    LOOP
        IF money.counted IS DISTINCT FROM money.amount THEN
            PERFORM refuse('TC060', 'The count is not what the sessions declared',
                jsonb_build_object('what', 'count', 'tender', money.tender,
                    'expected', money.amount, 'given', coalesce(money.counted, 0.00)));
        ELSIF money.slips <> money.amount THEN
            PERFORM refuse('TC060', 'The slips are not what the sessions declared',
                jsonb_build_object('what', 'slips', 'tender', money.tender,
                    'expected', money.amount, 'given', money.slips));
        END IF;
    END LOOP;
END
$$;

-- What the list of a batch says on paper, frozen (relación de fichas).
CREATE OR REPLACE FUNCTION commercial.batch_content(wanted bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object(
        'batch_id', b.id, 'business_date', office_today(), 'note', b.note,
        'office', (SELECT r.id FROM rule_set r
                   WHERE r.kind = 'office' AND r.valid @> office_today()),
        'balanced_by', m.username, 'balanced_by_name', m.full_name,
        'demonstration', m.is_demonstration,
        'counted', (SELECT s.facts FROM deposit_step s WHERE s.batch_id = b.id
                    AND s.state = 'counting' ORDER BY s.id DESC LIMIT 1),
        'sessions', (
            SELECT jsonb_agg(jsonb_build_object('session_id', s.id, 'folio', s.folio,
                'closing', c.folio, 'till', s.till_code, 'cashier_name', h.full_name,
                'business_date', s.business_date, 'tenders', (
                    SELECT jsonb_object_agg(d.tender, d.amount) FROM session_deposit(s.id) d))
                ORDER BY s.business_date, s.till_code, s.id)
            FROM deposit_batch_session x
            JOIN cash_session s ON s.id = x.session_id
            JOIN cash_closing c ON c.session_id = s.id AND NOT EXISTS (
                SELECT FROM session_reopening o WHERE o.closing_id = c.id)
            JOIN staff_member h ON h.username = s.cashier WHERE x.batch_id = b.id),
        'totals', (SELECT jsonb_object_agg(t.tender, t.amount) FROM batch_money(b.id) t),
        'slips', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('line', s.line,
                'bank_account', s.bank_account, 'bank', k.bank, 'account_name', k.name,
                'clabe', k.clabe, 'tender', s.tender, 'amount', s.amount) ORDER BY s.line), '[]')
            FROM deposit_slip s JOIN bank_account k ON k.code = s.bank_account
            WHERE s.batch_id = b.id))
    FROM deposit_batch b JOIN staff_member m ON m.username = session_user
    WHERE b.id = wanted
$$;

-- command: {command_id, batch_id, slips: [{bank_account, tender, amount}]}; pesos as text.
CREATE OR REPLACE FUNCTION commercial.balance_batch(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    slips jsonb := coalesce(command -> 'slips', '[]');
    batch deposit_batch := lock_batch((command ->> 'batch_id')::bigint);
    made deposit_list;
    document record;
    wrong text;
BEGIN
    SELECT l.* INTO made FROM deposit_list l WHERE l.batch_id = batch.id OR l.command_id = wanted;
    IF FOUND THEN
        IF made.fingerprint <> print THEN
            PERFORM refuse('TC017', 'The batch was balanced', jsonb_build_object(
                'document', 'lote ' || batch.id, 'state', batch.state, 'wish', 'balanced'));
        END IF;
        RETURN jsonb_build_object('list_id', made.id, 'batch_id', batch.id, 'folio', made.folio);
    ELSIF batch.state <> 'counting' THEN
        PERFORM refuse('TC017', 'The batch is not being counted', jsonb_build_object(
            'document', 'lote ' || batch.id, 'state', batch.state, 'wish', 'balanced'));
    END IF;
    IF jsonb_typeof(slips) <> 'array' OR slips = '[]' THEN
        PERFORM refuse('TC023', 'A batch without a slip deposits nothing',
            '{"field": "slips", "problem": "empty"}');
    END IF;
    SELECT coalesce(s.bank_account, '') INTO wrong
    FROM jsonb_to_recordset(slips) AS s (bank_account text, tender text, amount text)
    WHERE to_pesos(s.amount, 'slips.amount') <= 0
       OR coalesce(s.tender, '') NOT IN ('cash', 'card', 'transfer', 'cheque')
       OR NOT EXISTS (SELECT FROM bank_account k WHERE k.code = s.bank_account AND k.active) LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('TC023', 'A slip needs an account of the office and an amount',
            jsonb_build_object('field', 'slips', 'problem', wrong));
    END IF;
    PERFORM FROM cash_session s JOIN deposit_batch_session m ON m.session_id = s.id
    WHERE m.batch_id = batch.id ORDER BY s.id FOR UPDATE OF s;
    SELECT s.folio INTO wrong FROM cash_session s
    JOIN deposit_batch_session m ON m.session_id = s.id
    WHERE m.batch_id = batch.id AND s.state NOT IN ('closed', 'verified') LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('TC061', 'A session of the batch was reopened', jsonb_build_object(
            'session', wrong, 'state', 'open', 'batch', batch.id));
    END IF;
    PERFORM check_batch(batch.id, slips);
    INSERT INTO deposit_slip (batch_id, line, bank_account, tender, amount)
    SELECT batch.id, row_number() OVER (), s.bank_account, s.tender, s.amount::numeric
    FROM jsonb_to_recordset(slips) AS s (bank_account text, tender text, amount text);
    PERFORM take_deposit_step(batch.id, 'balanced', '{}');
    document := chain_document('LD', batch_content(batch.id));
    INSERT INTO deposit_list (command_id, fingerprint, batch_id, series, number, folio, content,
                              previous_hash, hash)
    VALUES (wanted, print, batch.id, 'LD', document.number, document.folio, document.sealed,
            document.previous, document.hash) RETURNING * INTO made;
    RETURN jsonb_build_object('list_id', made.id, 'batch_id', batch.id, 'folio', made.folio);
END
$$;

-- The money was taken to the bank. command: {batch_id, slips: [{slip_id, reference, deposited_on}]}
CREATE OR REPLACE FUNCTION commercial.deposit_batch_at_bank(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    batch deposit_batch := lock_batch((command ->> 'batch_id')::bigint);
    books bigint;
    wrong record;
BEGIN
    IF batch.state IN ('deposited', 'reconciled') AND NOT EXISTS (
        SELECT FROM deposit_slip s
        LEFT JOIN jsonb_to_recordset(command -> 'slips')
            AS g (slip_id bigint, reference text, deposited_on date) ON g.slip_id = s.id
        WHERE s.batch_id = batch.id
          AND (s.reference, s.deposited_on) IS DISTINCT FROM (btrim(g.reference), g.deposited_on)) THEN
        RETURN jsonb_build_object('batch_id', batch.id, 'state', batch.state);
    ELSIF batch.state <> 'balanced' THEN
        PERFORM refuse('TC017', 'The batch is not balanced', jsonb_build_object(
            'document', 'lote ' || batch.id, 'state', batch.state, 'wish', 'deposited'));
    END IF;
    SELECT s.line, btrim(coalesce(g.reference, '')) AS reference, g.deposited_on INTO wrong
    FROM deposit_slip s
    LEFT JOIN jsonb_to_recordset(command -> 'slips')
        AS g (slip_id bigint, reference text, deposited_on date) ON g.slip_id = s.id
    WHERE s.batch_id = batch.id AND (btrim(coalesce(g.reference, '')) = ''
        OR g.deposited_on IS NULL OR g.deposited_on > office_today()) LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('TC023', 'Every slip needs its reference and its day', jsonb_build_object(
            'field', CASE WHEN wrong.reference = '' THEN 'reference' ELSE 'deposited_on' END,
            'problem', wrong.line::text));
    END IF;
    UPDATE deposit_slip s SET reference = left(btrim(g.reference), 60), deposited_on = g.deposited_on
    FROM jsonb_to_recordset(command -> 'slips')
        AS g (slip_id bigint, reference text, deposited_on date)
    WHERE s.batch_id = batch.id AND s.id = g.slip_id;
    INSERT INTO journal (kind, business_date, memo)
    SELECT 'deposit', office_today(), 'Depósito ' || l.folio FROM deposit_list l
    WHERE l.batch_id = batch.id RETURNING id INTO books;
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    SELECT books, row_number() OVER (), x.ledger_account, x.amount FROM (
        SELECT k.ledger_account, sum(s.amount) AS amount
        FROM deposit_slip s JOIN bank_account k ON k.code = s.bank_account
        WHERE s.batch_id = batch.id GROUP BY 1
        UNION ALL
        SELECT upper(s.tender), -sum(s.amount) FROM deposit_slip s
        WHERE s.batch_id = batch.id GROUP BY 1) AS x;
    UPDATE deposit_batch SET journal_id = books, state = 'deposited' WHERE id = batch.id;
    PERFORM take_deposit_step(batch.id, 'deposited', command - 'batch_id');
    RETURN jsonb_build_object('batch_id', batch.id, 'state', 'deposited', 'journal_id', books);
END
$$;
