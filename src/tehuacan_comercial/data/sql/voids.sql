-- Void a receipt (cancelación, H12, I4), as what an approved "void_receipt" does. While its session
-- is open and of today it is a void: the drawer gives back what it took. Afterwards it is a reversal
-- dated today, and the closed session stays as it was counted. Nothing is deleted: the debt reopens
-- by rows of its own, and the receipt stays in its chain.

INSERT INTO commercial.ledger_account (code, name, nature) VALUES
    ('REFUND_PAYABLE', 'Devoluciones por pagar a usuarios', 'credit')
ON CONFLICT (code) DO NOTHING;

-- How a payment could be taken back right now: {kind, refunds: [{way, session_id, amount}]}. A
-- reversal of cash comes out of the asker's open drawer of today if there is one and they wish it;
-- otherwise the office owes it to the person.
CREATE OR REPLACE FUNCTION commercial.void_terms(paid bigint, asker text, options jsonb)
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    session cash_session;
    drawer bigint;
    void boolean;
BEGIN
    SELECT s.* INTO session FROM payment p JOIN cash_session s ON s.id = p.session_id
    WHERE p.id = paid;
    IF session.state = 'counting' THEN
        PERFORM refuse('TC002', 'The session is being counted', jsonb_build_object(
            'session_id', session.id, 'state', session.state));
    ELSIF session.state = 'open' AND session.business_date <> office_today() THEN
        PERFORM refuse('TC014', 'The cash session is of another day', jsonb_build_object(
            'session_id', session.id, 'business_date', session.business_date));
    END IF;
    void := session.state = 'open';
    IF void AND EXISTS (SELECT FROM handover_item i
                        WHERE i.payment_id = paid AND i.state NOT IN ('rejected', 'withdrawn')) THEN
        PERFORM refuse('TC048', 'Another cashier holds the proof of this payment',
            jsonb_build_object('session', session.folio));
    END IF;
    IF NOT void AND options ->> 'refund' = 'drawer' THEN
        SELECT s.id INTO drawer FROM cash_session s
        WHERE s.cashier = asker AND s.state = 'open' AND s.business_date = office_today();
        IF drawer IS NULL OR EXISTS (
            SELECT FROM payment_tender t
            WHERE t.payment_id = paid AND t.kind NOT IN ('cash', 'credit')) THEN
            PERFORM refuse('TC033', 'No open drawer gives this money back', jsonb_build_object(
                'subject', session.folio, 'problem', 'drawer'));
        END IF;
    END IF;
    RETURN jsonb_build_object(
        'kind', CASE WHEN void THEN 'void' ELSE 'reversal' END,
        'refunds', (
            SELECT jsonb_agg(jsonb_build_object(
                'way', w.way, 'amount', w.amount, 'session_id', CASE
                    WHEN w.way IN ('credit', 'payable') THEN NULL
                    WHEN void THEN session.id ELSE drawer END) ORDER BY w.way)
            FROM (
                SELECT CASE WHEN void OR drawer IS NOT NULL OR t.kind = 'credit' THEN t.kind
                       ELSE 'payable' END AS way, sum(t.applied) AS amount
                FROM payment_tender t WHERE t.payment_id = paid GROUP BY 1) w));
END
$$;

-- Refuse what cannot be voided: a receipt that is void already, or whose advance was used since.
CREATE OR REPLACE FUNCTION commercial.check_voidable(receipt commercial.receipt) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    moved numeric := (SELECT coalesce(sum(m.amount), 0) FROM credit_movement m
                      JOIN payment p ON p.journal_id = m.journal_id
                      WHERE p.id = receipt.payment_id);
BEGIN
    IF EXISTS (SELECT FROM receipt_void v WHERE v.receipt_id = receipt.id) THEN
        PERFORM refuse('TC035', 'The receipt is void already',
            jsonb_build_object('folio', receipt.folio));
    END IF;
    PERFORM check_unmoved(receipt);
    IF moved > credit_of(receipt.account_id) THEN
        PERFORM refuse('TC034', 'The advance was used meanwhile', jsonb_build_object(
            'folio', receipt.folio, 'available', credit_of(receipt.account_id),
            'needed', moved));
    END IF;
END
$$;

-- options: {paper: in_hand | never_printed, refund: drawer | payable}
CREATE OR REPLACE FUNCTION commercial.void_receipt_facts(subject bigint, options jsonb)
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted receipt;
    terms jsonb;
    owed numeric;
BEGIN
    SELECT r.* INTO wanted FROM receipt r WHERE r.id = subject;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such receipt',
            jsonb_build_object('document', coalesce(subject::text, '')));
    ELSIF coalesce(options ->> 'paper', '') NOT IN ('in_hand', 'never_printed') THEN
        PERFORM refuse('TC023', 'The paper receipt must be at hand',
            '{"field": "paper", "problem": "missing"}');
    END IF;
    PERFORM check_voidable(wanted);
    terms := void_terms(wanted.payment_id, session_user, options);
    IF terms ->> 'kind' = 'void' AND NOT owns_session(wanted.session_id)
       AND NOT supervises_cash() THEN
        PERFORM refuse('TC003', 'Another cashier''s drawer would give the money back',
            jsonb_build_object('session_id', wanted.session_id,
                               'cashier', wanted.content ->> 'cashier_name'));
    END IF;
    owed := (SELECT coalesce(sum(c.total - c.settled), 0.00) FROM charge c
             WHERE c.account_id = wanted.account_id AND c.settled < c.total);
    RETURN jsonb_build_object(
        'title', 'Cancelar el recibo ' || wanted.folio,
        'amount', wanted.content -> 'applied', 'account_id', wanted.account_id,
        'session_id', wanted.session_id, 'folio', wanted.folio, 'terms', terms,
        'paper', options ->> 'paper', 'printed', EXISTS (
            SELECT FROM issued_document d JOIN print_job j ON j.document_id = d.id
            WHERE d.kind = 'receipt' AND d.subject_id = wanted.id
              AND j.state IN ('printed', 'saved')),
        'issued_at', wanted.content -> 'issued_at',
        'business_date', wanted.content -> 'business_date',
        'account_number', wanted.content -> 'account_number', 'holder', wanted.content -> 'holder',
        'cashier', wanted.content -> 'cashier', 'cashier_name', wanted.content -> 'cashier_name',
        'till_name', wanted.content -> 'till_name',
        'session_folio', wanted.content -> 'session_folio',
        'settled', wanted.content -> 'settled', 'advance', wanted.content -> 'advance',
        'rounding', wanted.content -> 'rounding', 'tenders', wanted.content -> 'tenders',
        'lines', wanted.content -> 'lines', 'balance_before', owed,
        'balance_after', owed + (wanted.content ->> 'settled')::numeric);
END
$$;

-- The drawers of the refunds, held until commit, must be open, of today, and hold that much.
CREATE OR REPLACE FUNCTION commercial.lock_refunding_drawers(refunds jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    refund record;
    session cash_session;
BEGIN
    FOR refund IN
        SELECT r.way, r.session_id, r.amount FROM jsonb_to_recordset(refunds)
            AS r (way text, session_id bigint, amount numeric)
        WHERE r.session_id IS NOT NULL ORDER BY r.way
    LOOP
        -- One refund of a drawer at a time: two could each find the same cash in it.
        PERFORM pg_advisory_xact_lock(hashtextextended('drawer ' || refund.session_id, 0));
        SELECT s.* INTO session FROM cash_session s WHERE s.id = refund.session_id FOR SHARE;
        IF session.state <> 'open' OR session.business_date <> office_today() THEN
            PERFORM refuse('TC033', 'The drawer is no longer open', jsonb_build_object(
                'subject', session.folio, 'problem', 'session'));
        ELSIF refund.amount > (SELECT h.held FROM session_held(session.id) h
                               WHERE h.tender = refund.way) THEN
            PERFORM refuse('TC036', 'The drawer does not hold that much', jsonb_build_object(
                'tender', refund.way, 'amount', refund.amount));
        END IF;
    END LOOP;
END
$$;

-- Runs within decide_authorisation. Order of locks as for a charge: account, session.
CREATE OR REPLACE FUNCTION commercial.void_receipt_effect(asked commercial.authorisation)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted receipt;
    paid payment;
    terms jsonb := asked.facts -> 'terms';
    books bigint;
    void receipt_void;
BEGIN
    SELECT p.* INTO paid FROM payment p JOIN receipt r ON r.payment_id = p.id
    WHERE r.id = asked.subject_id;
    PERFORM FROM account a WHERE a.id = paid.account_id FOR NO KEY UPDATE;
    -- A sheet of it that is being issued is from before (issue_document holds it FOR SHARE).
    SELECT r.* INTO wanted FROM receipt r WHERE r.id = asked.subject_id FOR UPDATE;
    PERFORM FROM cash_session s WHERE s.id = paid.session_id FOR SHARE;
    PERFORM check_voidable(wanted);
    IF void_terms(paid.id, asked.requested_by, asked.options) <> terms THEN
        PERFORM refuse('TC033', 'The session was closed after the request', jsonb_build_object(
            'subject', asked.facts ->> 'session_folio', 'problem', 'session'));
    END IF;
    PERFORM lock_refunding_drawers(terms -> 'refunds');
    INSERT INTO journal (kind, business_date, memo)
    VALUES (terms ->> 'kind', office_today(), CASE terms ->> 'kind'
        WHEN 'void' THEN 'Cancelación del recibo ' ELSE 'Reverso del recibo ' END || wanted.folio)
    RETURNING id INTO books;
    IF unsettle_payment(paid, books) <> paid.settled THEN
        PERFORM refuse('TC033', 'What the receipt settled was moved already', jsonb_build_object(
            'subject', wanted.folio, 'problem', 'allocations'));
    END IF;
    INSERT INTO receipt_void (authorisation_id, receipt_id, payment_id, account_id, kind,
        journal_id, business_date, amount, reason, requested_by)
    VALUES (asked.id, wanted.id, paid.id, paid.account_id, terms ->> 'kind', books,
        office_today(), paid.applied, asked.facts ->> 'reason_name', asked.requested_by)
    RETURNING * INTO void;
    INSERT INTO receipt_refund (void_id, way, session_id, amount)
    SELECT void.id, r.way, r.session_id, r.amount
    FROM jsonb_to_recordset(terms -> 'refunds')
        AS r (way text, session_id bigint, amount numeric);
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    SELECT books, row_number() OVER (), l.ledger_account, l.amount FROM (
        SELECT m.ledger_account, sum(m.amount) AS amount FROM (
            SELECT 'RECEIVABLE' AS ledger_account, paid.settled AS amount
            UNION ALL SELECT 'CUSTOMER_CREDIT', paid.advance
            UNION ALL SELECT 'ROUNDING', paid.rounding
            UNION ALL SELECT CASE f.way WHEN 'credit' THEN 'CUSTOMER_CREDIT'
                             WHEN 'payable' THEN 'REFUND_PAYABLE' ELSE upper(f.way) END, -f.amount
            FROM receipt_refund f WHERE f.void_id = void.id) AS m
        GROUP BY m.ledger_account) AS l
    WHERE l.amount <> 0;
    PERFORM announce('payment', paid.account_id || '/' || paid.session_id);
    PERFORM announce('session', f.session_id::text) FROM receipt_refund f
    WHERE f.void_id = void.id AND f.session_id <> paid.session_id;
    RETURN jsonb_build_object('void_id', void.id, 'kind', void.kind, 'folio', wanted.folio,
        'journal_id', books, 'refunds', terms -> 'refunds');
END
$$;

-- The successor of a void receipt (sustitución, H13): checked before the folio is taken, on whatever
-- account it is, because charging the wrong one is the usual reason. Gives the folio it replaces.
CREATE OR REPLACE FUNCTION commercial.check_replaceable(replaced bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    old_folio text;
BEGIN
    -- Two charges may want to replace the same receipt: one at a time. Nor is a sheet of it issued
    -- meanwhile, which must know its successor or be from before.
    SELECT r.folio INTO old_folio FROM receipt r WHERE r.id = replaced FOR UPDATE;
    IF NOT EXISTS (SELECT FROM receipt_void v WHERE v.receipt_id = replaced) THEN
        PERFORM refuse('TC037', 'The receipt still stands', jsonb_build_object(
            'folio', coalesce(old_folio, ''), 'problem', 'stands'));
    ELSIF EXISTS (SELECT FROM receipt_replacement p WHERE p.replaced_id = replaced) THEN
        PERFORM refuse('TC037', 'The receipt was replaced already', jsonb_build_object(
            'folio', old_folio, 'problem', 'replaced'));
    END IF;
    RETURN old_folio;
END
$$;
