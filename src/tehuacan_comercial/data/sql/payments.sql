-- post_payment: the whole charge at the desk (cobro) as one value, one round trip, one
-- transaction. Order of locks (D15): account, session, charges, folio last.
--
-- command: {command_id, session_id, account_id, allocations: [{charge_id, amount}], advance,
--           rounding, tenders: [{kind, received, change, reference, bank}], note, replaces}
-- "replaces" is the void receipt whose place this one takes, if any.
-- amounts are text in pesos. Author, time, business date and folio are never taken from it.

-- Of earlier versions of this file; what an act calls inside itself needs no rights of its own.
DROP FUNCTION IF EXISTS commercial.settle_charges(bigint, bigint, jsonb),
    commercial.check_tenders(jsonb, text[]), commercial.receipt_lines(bigint),
    commercial.receipt_parties(bigint, bigint), commercial.note_change(text, text),
    commercial.take_tenders(jsonb, text[]), commercial.settle_parts(bigint, bigint, jsonb),
    commercial.refuse_settling(bigint, jsonb, bigint[]),
    commercial.require_accrued(bigint, jsonb, date),
    commercial.payment_parties(bigint, commercial.cash_session),
    commercial.check_rounding(numeric, boolean, date);

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
LANGUAGE plpgsql
AS $$
DECLARE
    session commercial.cash_session;
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

-- Credit balance of an account (saldo a favor), pesos. The caller holds the account's lock.
CREATE OR REPLACE FUNCTION commercial.credit_of(account bigint) RETURNS numeric
LANGUAGE sql STABLE
AS $$
    SELECT coalesce(sum(m.amount), 0.00) FROM commercial.credit_movement m
    WHERE m.account_id = account
$$;

-- What a payment needs to know of its till and its account before anything is written: the debt
-- and the credit balance (saldo a favor) in pesos, whether one of the charges is late, the step of
-- cash rounding in pesos, and whom and where the receipt names, as of now (frozen into it). The
-- caller holds the account's lock.
CREATE OR REPLACE FUNCTION commercial.payment_parties(
    account bigint, session commercial.cash_session, charges bigint[],
    OUT tenders text[], OUT receipt_series text, OUT owed numeric, OUT credit numeric,
    OUT late boolean, OUT step numeric, OUT parties jsonb)
LANGUAGE plpgsql
AS $$
BEGIN
    SELECT t.tenders, t.receipt_series, o.owed, o.late, (
            SELECT (s.value #>> '{}')::numeric FROM office_setting s
            WHERE s.rule_set_id = r.id AND s.key = 'cash_rounding_step'),
        (SELECT coalesce(sum(m.amount), 0.00) FROM credit_movement m WHERE m.account_id = account),
        jsonb_build_object(
            'account_number', d.account_number, 'holder', d.holder_name, 'address', d.address,
            'neighbourhood', d.neighbourhood, 'postal_code', d.postal_code,
            'use_class', coalesce((SELECT u.name FROM use_class u WHERE u.code = d.use_class), ''),
            'zone', coalesce((SELECT z.name FROM zone z WHERE z.code = d.zone), ''),
            'modality', d.modality, 'meter', coalesce(d.meter_serial, ''), 'demonstration',
            (SELECT a.is_demonstration FROM account a WHERE a.id = account),
            'cashier', session.cashier, 'cashier_name', m.full_name, 'till', t.code,
            'till_name', t.name, 'session_folio', session.folio,
            'office', r.id)
    INTO tenders, receipt_series, owed, late, step, credit, parties
    FROM till t
    LEFT JOIN rule_set r ON r.kind = 'office' AND r.valid @> session.business_date,
    staff_member m, account_directory d, (
        SELECT coalesce(sum(c.total - c.settled), 0.00) AS owed, coalesce(bool_or(
                   c.id = ANY (charges) AND c.source <> 'surcharge'
                   AND coalesce(c.due_on, c.issued_on) < session.business_date), false) AS late
        FROM charge c WHERE c.account_id = account AND c.settled < c.total) o
    WHERE t.code = session.till_code AND m.username = session.cashier AND d.account_id = account;
END
$$;

-- The parts of a command, taken apart once: which charges, how many pesos of each, and their sum.
CREATE OR REPLACE FUNCTION commercial.take_parts(
    parts jsonb, OUT charges bigint[], OUT pesos numeric[], OUT total numeric)
LANGUAGE plpgsql
AS $$
BEGIN
    charges := '{}';
    pesos := '{}';
    total := 0;
    FOR place IN 1 .. jsonb_array_length(parts) LOOP
        charges[place] := (parts -> place - 1 ->> 'charge_id')::bigint;
        pesos[place] := to_pesos(parts -> place - 1 ->> 'amount', 'allocations.amount');
        IF pesos[place] <= 0 THEN
            PERFORM refuse('TC023', 'An allocation is not positive',
                '{"field": "allocations.amount", "problem": "not positive"}');
        ELSIF charges[place] = ANY (charges[:place - 1]) THEN
            PERFORM refuse('TC023', 'A charge stands twice in the command',
                '{"field": "allocations.charge_id", "problem": "repeated"}');
        END IF;
        total := total + pesos[place];
    END LOOP;
END
$$;

-- Tenders: known, allowed at this till, proven, and only cash gives change (H10); their sums, what
-- they put into the books, and themselves as they are written and as they are printed.
CREATE OR REPLACE FUNCTION commercial.take_tenders(
    tenders jsonb, allowed text[],
    OUT applied numeric, OUT change numeric, OUT from_credit numeric,
    OUT in_cash boolean, OUT in_cheque boolean,
    OUT ledgers text[], OUT amounts numeric[],
    OUT taken commercial.payment_tender[], OUT printed jsonb)
LANGUAGE plpgsql
AS $$
DECLARE
    given jsonb;
    tender commercial.payment_tender;
    ledger text;
    place integer;
BEGIN
    applied := 0;
    change := 0;
    from_credit := 0;
    in_cash := false;
    in_cheque := false;
    printed := '[]';
    FOR line IN 1 .. jsonb_array_length(tenders) LOOP
        given := tenders -> line - 1;
        tender.line := line;
        tender.kind := given ->> 'kind';
        tender.received := to_pesos(given ->> 'received', 'tenders.received');
        tender.change := to_pesos(coalesce(given ->> 'change', '0'), 'tenders.change');
        tender.applied := tender.received - tender.change;
        tender.reference := btrim(coalesce(given ->> 'reference', ''));
        tender.bank := btrim(coalesce(given ->> 'bank', ''));
        IF tender.kind IS NULL OR NOT tender.kind = ANY (allowed) THEN
            PERFORM refuse('TC010', 'This till does not take that tender', jsonb_build_object(
                'tender', coalesce(tender.kind, ''), 'problem', 'not allowed'));
        ELSIF tender.kind NOT IN ('cash', 'credit') AND tender.reference = '' THEN
            PERFORM refuse('TC010', 'The tender has no proof', jsonb_build_object(
                'tender', tender.kind, 'problem', 'no reference'));
        ELSIF tender.change < 0 OR tender.applied <= 0 THEN
            PERFORM refuse('TC023', 'The tender applies nothing', jsonb_build_object(
                'field', 'tenders', 'problem', tender.kind));
        ELSIF tender.change > 0 AND tender.kind <> 'cash' THEN
            PERFORM refuse('TC009', 'Only cash gives change',
                jsonb_build_object('tender', tender.kind));
        END IF;
        taken[line] := tender;
        applied := applied + tender.applied;
        change := change + tender.change;
        in_cash := in_cash OR tender.kind = 'cash';
        in_cheque := in_cheque OR tender.kind = 'cheque';
        ledger := upper(tender.kind);
        IF tender.kind = 'credit' THEN
            from_credit := from_credit + tender.applied;
            ledger := 'CUSTOMER_CREDIT';
        END IF;
        place := coalesce(array_position(ledgers, ledger), cardinality(ledgers) + 1, 1);
        ledgers[place] := ledger;
        amounts[place] := coalesce(amounts[place], 0) + tender.applied;
        printed := printed || jsonb_build_object(
            'kind', tender.kind, 'received', tender.received, 'change', tender.change,
            'applied', tender.applied, 'reference', tender.reference, 'bank', tender.bank);
    END LOOP;
END
$$;

-- No cheque of an account whose cheque came back, while nobody lifted the ban (F9). The caller holds
-- the account's lock, so that a return under way comes first or after.
CREATE OR REPLACE FUNCTION commercial.check_cheques(account bigint) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM refuse('TC091', 'The account pays without cheques', jsonb_build_object(
        'account_number', a.account_number,
        'since', (b.placed_at AT TIME ZONE 'America/Mexico_City')::date))
    FROM cheque_ban b JOIN account a ON a.id = b.account_id
    WHERE b.account_id = account AND b.lifted_at IS NULL;
END
$$;

-- Why not every part settled a charge: refuses by the first reason that is found.
CREATE OR REPLACE FUNCTION commercial.refuse_settling(
    account bigint, charges bigint[], pesos numeric[], done bigint[]) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    wrong record;
BEGIN
    SELECT a.charge_id, c.account_id, c.total - c.settled AS outstanding, a.amount INTO wrong
    FROM unnest(charges, pesos) AS a (charge_id, amount)
    LEFT JOIN charge c ON c.id = a.charge_id
    WHERE a.charge_id IS NULL OR a.charge_id <> ALL (done) LIMIT 1;
    IF wrong.account_id IS DISTINCT FROM account THEN
        PERFORM refuse('TC006', 'The charge is not of this account',
            jsonb_build_object('charge_id', wrong.charge_id));
    END IF;
    PERFORM refuse('TC007', 'The charge was settled meanwhile', jsonb_build_object(
        'charge_id', wrong.charge_id, 'outstanding', wrong.outstanding,
        'asked', wrong.amount::text));
END
$$;

-- Settle charges of one account, in one statement; refuses what is not of the account or settled
-- meanwhile. lines are the receipt's as they are printed: what was settled of each charge, with its
-- tax part. Parts of a charge paid in several times add up to its tax exactly, because each part
-- is the difference of two rounded running totals.
CREATE OR REPLACE FUNCTION commercial.settle_parts(
    account bigint, journal bigint, charges bigint[], pesos numeric[], OUT lines jsonb)
LANGUAGE plpgsql
AS $$
DECLARE
    done bigint[];
BEGIN
    WITH settled AS (
        UPDATE charge c SET settled = c.settled + a.pesos
        FROM unnest(charges, pesos) AS a (charge_id, pesos)
        WHERE c.id = a.charge_id AND c.account_id = account AND c.settled + a.pesos <= c.total
        RETURNING c.id, c.concept, c.period_code, coalesce(c.due_on, c.issued_on) AS due_on,
                  a.pesos, c.tax_rate, c.settled < c.total AS partial,
                  round(c.tax * c.settled / c.total, 2)
                  - round(c.tax * (c.settled - a.pesos) / c.total, 2) AS tax),
    allocated AS (
        INSERT INTO allocation (charge_id, journal_id, amount)
        SELECT s.id, journal, s.pesos FROM settled s)
    SELECT coalesce(array_agg(s.id), '{}'),
           coalesce(jsonb_agg(jsonb_build_object(
               'charge_id', s.id, 'concept', s.concept, 'name', k.name,
               'period', coalesce(p.name, ''), 'amount', s.pesos - s.tax, 'tax', s.tax,
               'tax_rate', s.tax_rate, 'total', s.pesos, 'partial', s.partial)
               ORDER BY s.due_on, k.settlement_order, s.id), '[]')
    INTO done, lines
    FROM settled s
    JOIN concept k ON k.code = s.concept
    LEFT JOIN billing_period p ON p.code = s.period_code;
    IF cardinality(done) <> cardinality(charges) THEN
        PERFORM refuse_settling(account, charges, pesos, done);
    END IF;
END
$$;

-- Take the next folio of a series and link the document to the chain of hashes (D6, N4).
-- Called last: the series row stays locked until commit.
CREATE OR REPLACE FUNCTION commercial.chain_document(
    wanted text, content jsonb,
    OUT number bigint, OUT folio text, OUT sealed jsonb, OUT previous text, OUT hash text)
LANGUAGE plpgsql
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

-- By index always: a till's plans are kept, and those of a table that was still empty in the morning
-- would read all of it in the evening.
CREATE OR REPLACE FUNCTION commercial.post_payment(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
SET enable_seqscan = off SET jit = off
AS $$
DECLARE
    -- Durable whatever the session says: a committed payment survives the server's crash.
    durable CONSTANT text := set_config('synchronous_commit', 'on', true);
    wanted uuid := command ->> 'command_id';
    account bigint := (command ->> 'account_id')::bigint;
    print text := fingerprint_of(command);
    advance numeric := to_pesos(coalesce(command ->> 'advance', '0'), 'advance');
    rounding numeric := to_pesos(coalesce(command ->> 'rounding', '0'), 'rounding');
    replaced bigint := (command ->> 'replaces')::bigint;
    earlier jsonb;
    session cash_session;
    known record;
    paid record;
    asked record;
    journal bigint;
    fresh bigint;
    content jsonb;
    document record;
    written bigint;
BEGIN
    PERFORM FROM account a WHERE a.id = account FOR NO KEY UPDATE;
    IF NOT FOUND OR wanted IS NULL THEN
        PERFORM refuse('TC005', 'There is no such account',
            jsonb_build_object('account', coalesce(command ->> 'account_id', '')));
    END IF;
    IF EXISTS (SELECT FROM payment p WHERE p.command_id = wanted)
        OR EXISTS (SELECT FROM discarded_command d WHERE d.command_id = wanted) THEN
        earlier := payment_result(wanted, print);
        IF earlier IS NULL THEN
            PERFORM refuse('TC026', 'The charge was discarded',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN earlier;
    END IF;
    session := lock_open_session((command ->> 'session_id')::bigint);
    asked := take_parts(coalesce(command -> 'allocations', '[]'));
    known := payment_parties(account, session, asked.charges);
    paid := take_tenders(coalesce(command -> 'tenders', '[]'), known.tenders);
    IF paid.in_cheque THEN
        PERFORM check_cheques(account);
    END IF;
    -- Cash rounding is its own line, at most half a step of the rule in force, only in cash (C7).
    IF rounding <> 0 AND (NOT paid.in_cash OR abs(rounding) > coalesce(known.step, 0) / 2) THEN
        PERFORM refuse('TC008', 'The rounding is larger than the rule allows', jsonb_build_object(
            'what', 'rounding', 'expected', coalesce(known.step, 0) / 2, 'given', rounding));
    ELSIF advance < 0 OR (advance > 0 AND paid.from_credit > 0) THEN
        PERFORM refuse('TC023', 'An advance is not paid from the credit balance',
            '{"field": "advance", "problem": "from credit"}');
    ELSIF paid.from_credit > known.credit THEN
        PERFORM refuse('TC011', 'The credit balance is smaller', jsonb_build_object(
            'available', known.credit, 'asked', paid.from_credit));
    ELSIF asked.total + advance + rounding <> paid.applied THEN
        PERFORM refuse('TC008', 'What is applied differs from what is paid', jsonb_build_object(
            'what', 'payment', 'expected', asked.total + advance + rounding,
            'given', paid.applied));
    ELSIF paid.applied <= 0 THEN
        PERFORM refuse('TC023', 'Nothing is paid', '{"field": "tenders", "problem": "empty"}');
    ELSIF known.late THEN
        PERFORM require_accrued(account, asked.charges, session.business_date);
    END IF;

    journal := nextval('journal_id_seq');
    WITH booked AS (
        INSERT INTO journal (id, kind, business_date, memo) OVERRIDING SYSTEM VALUE
        VALUES (journal, 'payment', session.business_date, 'Cobro en caja')
    ), lines AS (
        INSERT INTO journal_line (journal_id, line, ledger_account, amount)
        SELECT journal, l.line, l.ledger, l.amount
        FROM unnest(
            paid.ledgers || ARRAY['RECEIVABLE', 'CUSTOMER_CREDIT', 'ROUNDING'],
            paid.amounts || ARRAY[-asked.total, -advance, -rounding]
        ) WITH ORDINALITY AS l (ledger, amount, line)
        WHERE l.amount <> 0
    ), made AS (
        INSERT INTO payment (command_id, fingerprint, account_id, session_id, journal_id,
                             business_date, settled, advance, rounding, applied)
        VALUES (wanted, print, account, session.id, journal,
                session.business_date, asked.total, advance, rounding, paid.applied)
        ON CONFLICT (command_id) DO NOTHING RETURNING id
    ), handed AS (
        INSERT INTO payment_tender (payment_id, line, kind, received, change, applied, reference,
                                    bank)
        SELECT m.id, t.line, t.kind, t.received, t.change, t.applied, t.reference, t.bank
        FROM made m CROSS JOIN unnest(paid.taken) AS t
    ), notice AS (
        INSERT INTO change_notice (topic, subject) VALUES ('payment', account || '/' || session.id)
    )
    SELECT m.id INTO fresh FROM made m;
    IF fresh IS NULL THEN  -- the same UUID is being used for another account right now
        PERFORM refuse('TC004', 'The command came again with other content',
            jsonb_build_object('command_id', wanted));
    END IF;
    IF advance <> paid.from_credit THEN  -- never both: one of them is zero
        INSERT INTO credit_movement (account_id, journal_id, amount)
        VALUES (account, journal, advance - paid.from_credit);
    END IF;

    content := known.parties || jsonb_build_object(
        'lines', settle_parts(account, journal, asked.charges, asked.pesos),
        'settled', asked.total, 'advance', advance,
        'rounding', rounding, 'applied', paid.applied, 'change', paid.change,
        'business_date', session.business_date, 'note', left(coalesce(command ->> 'note', ''), 200),
        'tenders', paid.printed, 'balance_after', known.owed - asked.total,
        'credit_after', known.credit + advance - paid.from_credit);
    IF replaced IS NOT NULL THEN
        content := content || jsonb_build_object('replaces', check_replaceable(replaced));
    END IF;
    document := chain_document(known.receipt_series, content);
    INSERT INTO receipt (payment_id, account_id, session_id, series, number, folio, content,
                         previous_hash, hash)
    VALUES (fresh, account, session.id, known.receipt_series, document.number, document.folio,
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
