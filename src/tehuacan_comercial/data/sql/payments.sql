-- post_payment: the whole charge at the desk (cobro) as one value, one round trip, one
-- transaction. Order of locks (D15): account, session, charges, folio last.
--
-- command: {command_id, session_id, account_id, allocations: [{charge_id, amount}], advance,
--           rounding, tenders: [{kind, received, change, reference, bank}], note, replaces}
-- "replaces" is the void receipt whose place this one takes, if any.
-- amounts are text in pesos. Author, time, business date and folio are never taken from it.

-- The answer about a payment, first and every time it is asked again.
CREATE OR REPLACE FUNCTION commercial.payment_answer(
    payment bigint, receipt bigint, folio text, hash text, account bigint, session bigint,
    content jsonb) RETURNS jsonb
LANGUAGE sql STABLE
AS $$
    SELECT jsonb_build_object(
        'payment_id', payment, 'receipt_id', receipt, 'folio', folio, 'hash', hash,
        'account_id', account, 'session_id', session,
        'applied', content -> 'applied', 'change', content -> 'change',
        'balance_after', content -> 'balance_after',
        'credit_after', content -> 'credit_after', 'issued_at', content -> 'issued_at')
$$;

-- What a command already did: its receipt, when the same UUID comes again (D5). The same UUID
-- with other content, or from another person, is refused.
CREATE OR REPLACE FUNCTION commercial.payment_result(wanted uuid, print text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    past record;
BEGIN
    SELECT p.id, p.fingerprint, p.posted_by, p.account_id, p.session_id, r.id AS receipt_id,
           r.folio, r.hash, r.content INTO past
    FROM payment p JOIN receipt r ON r.payment_id = p.id WHERE p.command_id = wanted;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF past.fingerprint <> print OR past.posted_by <> session_user THEN
        PERFORM refuse('TC004', 'The command came again with other content',
            jsonb_build_object('command_id', wanted));
    END IF;
    RETURN payment_answer(past.id, past.receipt_id, past.folio, past.hash, past.account_id,
                          past.session_id, past.content);
END
$$;

-- The session must be open, today's, and the caller's own; held FOR SHARE until commit.
CREATE OR REPLACE FUNCTION commercial.lock_open_session(wanted bigint)
RETURNS commercial.cash_session
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
BEGIN
    SELECT * INTO session FROM cash_session WHERE id = wanted FOR SHARE;
    IF NOT FOUND OR session.cashier <> session_user THEN
        PERFORM refuse('TC003', 'The cash session belongs to another cashier', jsonb_build_object(
            'session_id', wanted, 'cashier', coalesce(session.cashier, '')));
    ELSIF session.state <> 'open' THEN
        PERFORM refuse('TC002', 'The cash session is not open', jsonb_build_object(
            'session_id', wanted, 'state', session.state));
    ELSIF session.business_date <> office_today() THEN
        PERFORM refuse('TC014', 'The cash session is of another day', jsonb_build_object(
            'session_id', wanted, 'business_date', session.business_date));
    END IF;
    RETURN session;
END
$$;

-- Settle the charges of one account; refuses what is not of the account or settled meanwhile.
CREATE OR REPLACE FUNCTION commercial.settle_charges(account bigint, journal bigint, parts jsonb)
RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    asked integer;
    total numeric;
    positive boolean;
    done bigint[];
    wrong record;
BEGIN
    SELECT count(*), coalesce(sum(pesos), 0), coalesce(bool_and(pesos > 0), true)
    INTO asked, total, positive
    FROM (SELECT to_pesos(amount, 'allocations.amount') AS pesos
          FROM jsonb_to_recordset(parts) AS a (charge_id bigint, amount text) OFFSET 0) p;
    IF NOT positive THEN
        PERFORM refuse('TC023', 'An allocation is not positive',
            '{"field": "allocations.amount", "problem": "not positive"}');
    END IF;
    WITH settled AS (
        UPDATE charge c SET settled = c.settled + a.amount::numeric
        FROM jsonb_to_recordset(parts) AS a (charge_id bigint, amount text)
        WHERE c.id = a.charge_id AND c.account_id = account
          AND c.settled + a.amount::numeric <= c.total
        RETURNING c.id, a.amount::numeric AS amount),
    allocated AS (
        INSERT INTO allocation (charge_id, journal_id, amount)
        SELECT id, journal, amount FROM settled)
    SELECT coalesce(array_agg(id), '{}') INTO done FROM settled;
    IF cardinality(done) <> asked THEN
        SELECT a.charge_id, c.account_id, c.total - c.settled AS outstanding, a.amount INTO wrong
        FROM jsonb_to_recordset(parts) AS a (charge_id bigint, amount text)
        LEFT JOIN charge c ON c.id = a.charge_id
        WHERE a.charge_id IS NULL OR a.charge_id <> ALL (done) LIMIT 1;
        IF NOT FOUND THEN
            PERFORM refuse('TC023', 'A charge stands twice in the command',
                '{"field": "allocations.charge_id", "problem": "repeated"}');
        ELSIF wrong.account_id IS DISTINCT FROM account THEN
            PERFORM refuse('TC006', 'The charge is not of this account',
                jsonb_build_object('charge_id', wrong.charge_id));
        END IF;
        PERFORM refuse('TC007', 'The charge was settled meanwhile', jsonb_build_object(
            'charge_id', wrong.charge_id, 'outstanding', wrong.outstanding, 'asked', wrong.amount));
    END IF;
    RETURN total;
END
$$;

-- Tenders: known, allowed at this till, proven, and only cash gives change (H10).
CREATE OR REPLACE FUNCTION commercial.check_tenders(tenders jsonb, allowed text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    tender record;
BEGIN
    FOR tender IN
        SELECT t.kind, to_pesos(t.received, 'tenders.received') AS received,
               to_pesos(coalesce(t.change, '0'), 'tenders.change') AS change,
               btrim(coalesce(t.reference, '')) AS reference
        FROM jsonb_to_recordset(tenders)
            AS t (kind text, received text, change text, reference text)
    LOOP
        IF tender.kind IS NULL OR NOT tender.kind = ANY (allowed) THEN
            PERFORM refuse('TC010', 'This till does not take that tender', jsonb_build_object(
                'tender', coalesce(tender.kind, ''), 'problem', 'not allowed'));
        ELSIF tender.kind NOT IN ('cash', 'credit') AND tender.reference = '' THEN
            PERFORM refuse('TC010', 'The tender has no proof', jsonb_build_object(
                'tender', tender.kind, 'problem', 'no reference'));
        ELSIF tender.change < 0 OR tender.received - tender.change <= 0 THEN
            PERFORM refuse('TC023', 'The tender applies nothing', jsonb_build_object(
                'field', 'tenders', 'problem', tender.kind));
        ELSIF tender.change > 0 AND tender.kind <> 'cash' THEN
            PERFORM refuse('TC009', 'Only cash gives change',
                jsonb_build_object('tender', tender.kind));
        END IF;
    END LOOP;
END
$$;

-- Credit balance of an account (saldo a favor), pesos. The caller holds the account's lock.
CREATE OR REPLACE FUNCTION commercial.credit_of(account bigint) RETURNS numeric
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (SELECT coalesce(sum(amount), 0.00) FROM credit_movement WHERE account_id = account);
END
$$;

-- Cash rounding is its own line, at most half a step of the rule in force, and only in cash (C7).
CREATE OR REPLACE FUNCTION commercial.check_rounding(rounding numeric, in_cash boolean, day date)
RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    step numeric := coalesce((office_setting_on('cash_rounding_step', day) #>> '{}')::numeric, 0);
BEGIN
    IF rounding <> 0 AND (NOT in_cash OR abs(rounding) > step / 2) THEN
        PERFORM refuse('TC008', 'The rounding is larger than the rule allows', jsonb_build_object(
            'what', 'rounding', 'expected', step / 2, 'given', rounding));
    END IF;
END
$$;

-- The receipt's lines as they are printed: what this payment settled of each charge, with its tax
-- part. Parts of a charge paid in several times add up to its tax exactly, because each part is
-- the difference of two rounded running totals.
CREATE OR REPLACE FUNCTION commercial.receipt_lines(journal bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'charge_id', c.id, 'concept', c.concept, 'name', k.name,
            'period', coalesce(bp.name, ''), 'amount', a.amount - part.tax, 'tax', part.tax,
            'tax_rate', c.tax_rate, 'total', a.amount, 'partial', c.settled < c.total)
            ORDER BY coalesce(c.due_on, c.issued_on), k.settlement_order, c.id), '[]')
        FROM allocation a
        JOIN charge c ON c.id = a.charge_id
        JOIN concept k ON k.code = c.concept
        LEFT JOIN billing_period bp ON bp.code = c.period_code
        CROSS JOIN LATERAL (
            SELECT round(c.tax * c.settled / c.total, 2)
                 - round(c.tax * (c.settled - a.amount) / c.total, 2) AS tax) part
        WHERE a.journal_id = journal);
END
$$;

-- Whom and where the receipt names, as of now (frozen into it).
CREATE OR REPLACE FUNCTION commercial.receipt_parties(account bigint, session bigint)
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT jsonb_build_object(
            'account_number', d.account_number, 'holder', d.holder_name, 'address', d.address,
            'neighbourhood', d.neighbourhood, 'postal_code', d.postal_code,
            'use_class', coalesce(u.name, ''), 'zone', coalesce(z.name, ''), 'modality', d.modality,
            'meter', coalesce(d.meter_serial, ''), 'demonstration', a.is_demonstration,
            'cashier', s.cashier, 'cashier_name', m.full_name, 'till', t.code, 'till_name', t.name,
            'session_folio', s.folio,
            'office', (SELECT r.id FROM rule_set r
                       WHERE r.kind = 'office' AND r.valid @> s.business_date))
        FROM account_directory d
        JOIN account a ON a.id = d.account_id
        LEFT JOIN use_class u ON u.code = d.use_class
        LEFT JOIN zone z ON z.code = d.zone
        CROSS JOIN cash_session s
        JOIN staff_member m ON m.username = s.cashier
        JOIN till t ON t.code = s.till_code
        WHERE d.account_id = account AND s.id = session);
END
$$;

-- Take the next folio of a series and link the document to the chain of hashes (D6, N4).
-- Called last: the series row stays locked until commit.
CREATE OR REPLACE FUNCTION commercial.chain_document(
    wanted text, content jsonb,
    OUT number bigint, OUT folio text, OUT sealed jsonb, OUT previous text, OUT hash text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    SELECT s.last_number + 1, s.chain_head INTO number, previous
    FROM folio_series s WHERE s.code = wanted FOR UPDATE;
    folio := folio_text(wanted, number);
    sealed := content || jsonb_build_object('folio', folio, 'issued_at', clock_timestamp());
    hash := encode(sha256(convert_to(previous || sealed::text, 'UTF8')), 'hex');
    UPDATE folio_series SET last_number = number, chain_head = hash WHERE code = wanted;
END
$$;

CREATE OR REPLACE FUNCTION commercial.post_payment(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    account bigint := (command ->> 'account_id')::bigint;
    print text := fingerprint_of(command);
    tenders jsonb := coalesce(command -> 'tenders', '[]');
    advance numeric := to_pesos(coalesce(command ->> 'advance', '0'), 'advance');
    rounding numeric := to_pesos(coalesce(command ->> 'rounding', '0'), 'rounding');
    replaced bigint := (command ->> 'replaces')::bigint;
    earlier jsonb;
    session cash_session;
    drawer till;
    journal bigint := nextval(pg_get_serial_sequence('commercial.journal', 'id'));
    fresh bigint;
    settled numeric;
    applied numeric;
    change numeric;
    from_credit numeric;
    in_cash boolean;
    content jsonb;
    document record;
    written bigint;
BEGIN
    -- Durable whatever the session says: a committed payment survives the server's crash.
    PERFORM set_config('synchronous_commit', 'on', true);
    PERFORM FROM account a WHERE a.id = account FOR NO KEY UPDATE;
    IF NOT FOUND OR wanted IS NULL THEN
        PERFORM refuse('TC005', 'There is no such account',
            jsonb_build_object('account', coalesce(command ->> 'account_id', '')));
    END IF;
    earlier := payment_result(wanted, print);
    IF earlier IS NOT NULL THEN
        RETURN earlier;
    END IF;
    IF EXISTS (SELECT FROM discarded_command d WHERE d.command_id = wanted) THEN
        PERFORM refuse('TC026', 'The charge was discarded',
            jsonb_build_object('command_id', wanted));
    END IF;
    session := lock_open_session((command ->> 'session_id')::bigint);
    SELECT t.* INTO drawer FROM till t WHERE t.code = session.till_code;
    PERFORM check_tenders(tenders, drawer.tenders);

    SELECT coalesce(sum(t.received::numeric - coalesce(t.change, '0')::numeric), 0),
           coalesce(sum(coalesce(t.change, '0')::numeric), 0),
           coalesce(sum(t.received::numeric) FILTER (WHERE t.kind = 'credit'), 0),
           coalesce(bool_or(t.kind = 'cash'), false)
    INTO applied, change, from_credit, in_cash
    FROM jsonb_to_recordset(tenders) AS t (kind text, received text, change text);
    PERFORM check_rounding(rounding, in_cash, session.business_date);
    IF advance < 0 OR (advance > 0 AND from_credit > 0) THEN
        PERFORM refuse('TC023', 'An advance is not paid from the credit balance',
            '{"field": "advance", "problem": "from credit"}');
    ELSIF from_credit > 0 AND from_credit > credit_of(account) THEN
        PERFORM refuse('TC011', 'The credit balance is smaller', jsonb_build_object(
            'available', credit_of(account), 'asked', from_credit));
    END IF;

    INSERT INTO journal (id, kind, business_date, memo)
    OVERRIDING SYSTEM VALUE VALUES (journal, 'payment', session.business_date, 'Cobro en caja');
    settled := settle_charges(account, journal, coalesce(command -> 'allocations', '[]'));
    IF settled + advance + rounding <> applied THEN
        PERFORM refuse('TC008', 'What is applied differs from what is paid', jsonb_build_object(
            'what', 'payment', 'expected', settled + advance + rounding, 'given', applied));
    ELSIF applied <= 0 THEN
        PERFORM refuse('TC023', 'Nothing is paid', '{"field": "tenders", "problem": "empty"}');
    END IF;

    INSERT INTO payment (command_id, fingerprint, account_id, session_id, journal_id,
                         business_date, settled, advance, rounding, applied)
    VALUES (wanted, print, account, session.id, journal,
            session.business_date, settled, advance, rounding, applied)
    ON CONFLICT (command_id) DO NOTHING RETURNING id INTO fresh;
    IF fresh IS NULL THEN  -- the same UUID is being used for another account right now
        PERFORM refuse('TC004', 'The command came again with other content',
            jsonb_build_object('command_id', wanted));
    END IF;
    INSERT INTO payment_tender (payment_id, line, kind, received, change, applied, reference, bank)
    SELECT fresh, row_number() OVER (), t.kind, t.received::numeric,
           coalesce(t.change, '0')::numeric,
           t.received::numeric - coalesce(t.change, '0')::numeric,
           btrim(coalesce(t.reference, '')), btrim(coalesce(t.bank, ''))
    FROM jsonb_to_recordset(tenders)
        AS t (kind text, received text, change text, reference text, bank text);
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    SELECT journal, row_number() OVER (), l.ledger_account, l.amount FROM (
        SELECT CASE t.kind WHEN 'credit' THEN 'CUSTOMER_CREDIT' ELSE upper(t.kind) END
                   AS ledger_account, sum(t.applied) AS amount
        FROM payment_tender t WHERE t.payment_id = fresh GROUP BY 1
        UNION ALL SELECT 'RECEIVABLE', -settled
        UNION ALL SELECT 'CUSTOMER_CREDIT', -advance
        UNION ALL SELECT 'ROUNDING', -rounding) AS l
    WHERE l.amount <> 0;
    INSERT INTO credit_movement (account_id, journal_id, amount)
    SELECT account, journal, v.amount FROM (VALUES (advance), (-from_credit)) AS v (amount)
    WHERE v.amount <> 0;

    content := receipt_parties(account, session.id) || jsonb_build_object(
        'lines', receipt_lines(journal), 'settled', settled, 'advance', advance,
        'rounding', rounding, 'applied', applied, 'change', change,
        'business_date', session.business_date, 'note', left(coalesce(command ->> 'note', ''), 200),
        'tenders', (SELECT jsonb_agg(jsonb_build_object(
                'kind', t.kind, 'received', t.received, 'change', t.change, 'applied', t.applied,
                'reference', t.reference, 'bank', t.bank) ORDER BY t.line)
            FROM payment_tender t WHERE t.payment_id = fresh),
        'balance_after', (SELECT coalesce(sum(c.total - c.settled), 0.00) FROM charge c
                          WHERE c.account_id = account AND c.settled < c.total),
        'credit_after', credit_of(account));
    IF replaced IS NOT NULL THEN
        content := content || jsonb_build_object('replaces', check_replaceable(replaced));
    END IF;
    PERFORM note_change('payment', account || '/' || session.id);
    document := chain_document(drawer.receipt_series, content);
    INSERT INTO receipt (payment_id, account_id, session_id, series, number, folio, content,
                         previous_hash, hash)
    VALUES (fresh, account, session.id, drawer.receipt_series, document.number, document.folio,
            document.sealed, document.previous, document.hash) RETURNING id INTO written;
    IF replaced IS NOT NULL THEN
        INSERT INTO receipt_replacement (replaced_id, receipt_id) VALUES (replaced, written);
    END IF;
    RETURN payment_answer(fresh, written, document.folio, document.hash, account, session.id,
                          document.sealed);
END
$$;

-- What became of a charge whose answer was lost. The account's lock waits for one that is still
-- under way, so "no" is the truth of this moment. command: as for post_payment.
CREATE OR REPLACE FUNCTION commercial.ask_payment(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    PERFORM FROM account a WHERE a.id = (command ->> 'account_id')::bigint FOR NO KEY UPDATE;
    RETURN jsonb_build_object('payment',
        payment_result((command ->> 'command_id')::uuid, fingerprint_of(command)));
END
$$;

-- Give a lost charge up for good: from here its UUID can post nothing (D5). Refused when it is in
-- the books. command: {command: as for post_payment, reason}
CREATE OR REPLACE FUNCTION commercial.discard_payment(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command #>> '{command,command_id}';
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);  -- discarded stays discarded
    IF btrim(coalesce(command ->> 'reason', '')) = '' THEN
        PERFORM refuse('TC024', 'To discard a charge a reason is needed', '{"act": "cash.discard"}');
    END IF;
    IF ask_payment(command -> 'command') -> 'payment' <> 'null' THEN
        PERFORM refuse('TC017', 'The charge is in the books', jsonb_build_object(
            'document', ask_payment(command -> 'command') #>> '{payment,folio}',
            'state', 'posted', 'wish', 'discarded'));
    END IF;
    INSERT INTO discarded_command (command_id, reason)
    VALUES (wanted, left(command ->> 'reason', 200)) ON CONFLICT DO NOTHING;
    RETURN jsonb_build_object('command_id', wanted);
END
$$;
