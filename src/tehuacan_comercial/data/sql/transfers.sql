-- A payment on the wrong account (pago en otra cuenta, C11), as what an approved "transfer_payment"
-- does: the old account owes again, the new one is settled oldest first and what is left over is its
-- credit. No money moves: the drawer and the closed session stay, the receipt stays in its chain and
-- is marked, and the transfer has a folio and a document of its own, dated today.

INSERT INTO commercial.folio_series (code, name) VALUES ('TR', 'Traspasos de pago')
ON CONFLICT (code) DO NOTHING;

-- Who pays water under an account, for the two sides of a transfer.
CREATE OR REPLACE FUNCTION commercial.transfer_side(wanted bigint, name text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object(
        name || '_account_id', d.account_id, name || '_number', d.account_number,
        name || '_holder', d.holder_name,
        name || '_owed', (SELECT coalesce(sum(c.total - c.settled), 0.00) FROM charge c
                          WHERE c.account_id = wanted AND c.settled < c.total))
    FROM account_directory d WHERE d.account_id = wanted
$$;

-- Refuse what cannot move.
CREATE OR REPLACE FUNCTION commercial.check_transferable(
    receipt commercial.receipt, target bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    stands record := payment_standing(receipt.payment_id);
    problem text := CASE
        WHEN EXISTS (SELECT FROM receipt_void v WHERE v.receipt_id = receipt.id) THEN 'void'
        WHEN stands.account_id = target THEN 'same'
        WHEN stands.money <= 0 THEN 'nothing' END;
BEGIN
    IF target IS NULL OR NOT EXISTS (SELECT FROM account a WHERE a.id = target) THEN
        PERFORM refuse('TC005', 'There is no such account',
            jsonb_build_object('account', coalesce(target::text, '')));
    ELSIF problem IS NOT NULL THEN
        PERFORM refuse('TC094', 'The payment cannot be transferred', jsonb_build_object(
            'folio', receipt.folio, 'problem', problem));
    ELSIF stands.advance > credit_of(stands.account_id) THEN
        PERFORM refuse('TC034', 'The advance was used meanwhile', jsonb_build_object(
            'folio', receipt.folio, 'available', credit_of(stands.account_id),
            'needed', stands.advance));
    END IF;
END
$$;

-- options: {to_account: id}
CREATE OR REPLACE FUNCTION commercial.transfer_payment_facts(subject bigint, options jsonb)
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted receipt;
    stands record;
    target bigint := (options ->> 'to_account')::bigint;
    sides jsonb;
BEGIN
    SELECT r.* INTO wanted FROM receipt r WHERE r.id = subject;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such receipt',
            jsonb_build_object('document', coalesce(subject::text, '')));
    END IF;
    stands := payment_standing(wanted.payment_id);
    PERFORM check_transferable(wanted, target);
    sides := transfer_side(stands.account_id, 'from') || transfer_side(target, 'to');
    RETURN sides || jsonb_build_object(
        'title', 'Traspasar el pago del recibo ' || wanted.folio || ' a la cuenta '
                 || (sides ->> 'to_number'),
        'amount', stands.money, 'account_id', stands.account_id,
        'session_id', wanted.session_id, 'folio', wanted.folio,
        'reopens', stands.settled, 'to_settles', least(stands.money, (sides ->> 'to_owed')::numeric),
        'issued_at', wanted.content -> 'issued_at', 'cashier', wanted.content -> 'cashier',
        'cashier_name', wanted.content -> 'cashier_name',
        'till_name', wanted.content -> 'till_name',
        'session_folio', wanted.content -> 'session_folio',
        'tenders', wanted.content -> 'tenders', 'lines', wanted.content -> 'lines',
        'advance', stands.advance);
END
$$;

-- The lines of a transfer's document as they are printed: what it settled of each charge of the new
-- account, with its tax part (as a receipt tells it).
CREATE OR REPLACE FUNCTION commercial.transfer_lines(books bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
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
    WHERE a.journal_id = books AND a.amount > 0
$$;

-- What the document of a transfer says: the new account's receipt in all but that it is no new
-- charge at the till, and where it comes from.
CREATE OR REPLACE FUNCTION commercial.transfer_content(
    asked commercial.authorisation, wanted commercial.receipt, books bigint, target bigint,
    settled numeric, advance numeric) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT (SELECT (payment_parties(target, s, '{}')).parties FROM cash_session s
            WHERE s.id = wanted.session_id) || jsonb_build_object(
        'lines', transfer_lines(books), 'settled', settled, 'advance', advance,
        'rounding', 0.00, 'applied', settled + advance, 'change', 0.00,
        'business_date', office_today(), 'note', '', 'tenders', wanted.content -> 'tenders',
        'balance_after', (SELECT coalesce(sum(c.total - c.settled), 0.00) FROM charge c
                          WHERE c.account_id = target AND c.settled < c.total),
        'credit_after', credit_of(target), 'original_folio', wanted.folio,
        'original_issued_at', wanted.content -> 'issued_at',
        'from_number', asked.facts -> 'from_number', 'from_holder', asked.facts -> 'from_holder',
        'reason', asked.facts -> 'reason_name', 'requested_by', asked.requested_by,
        'requested_by_name', (SELECT m.full_name FROM staff_member m
                              WHERE m.username = asked.requested_by),
        'authorised_by_name', (SELECT m.full_name FROM staff_member m
                               WHERE m.username = session_user))
$$;

-- Runs within decide_authorisation. Order of locks as for a charge: accounts, receipt, folio last.
CREATE OR REPLACE FUNCTION commercial.transfer_payment_effect(asked commercial.authorisation)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted receipt;
    paid payment;
    stands record;
    target bigint := (asked.options ->> 'to_account')::bigint;
    books bigint;
    reopened numeric;
    settled numeric;
    document record;
    made payment_transfer;
BEGIN
    SELECT r.* INTO wanted FROM receipt r WHERE r.id = asked.subject_id;
    PERFORM lock_accounts(ARRAY[wanted.account_id, asked.account_id, target]);
    PERFORM FROM receipt r WHERE r.id = asked.subject_id FOR UPDATE;
    SELECT p.* INTO paid FROM payment p WHERE p.id = wanted.payment_id;
    stands := payment_standing(paid.id);
    IF stands.account_id <> asked.account_id OR stands.money <> asked.amount THEN
        PERFORM refuse('TC033', 'The payment changed after the request', jsonb_build_object(
            'subject', wanted.folio, 'problem', 'payment'));
    END IF;
    PERFORM check_transferable(wanted, target);
    INSERT INTO journal (kind, business_date, memo) VALUES ('payment_transfer', office_today(),
        'Traspaso del pago del recibo ' || wanted.folio) RETURNING id INTO books;
    reopened := unsettle_payment(paid, books);
    settled := settle_oldest_first(books, stands.money, x.charges, x.rooms)
    FROM (SELECT array_agg(c.id) AS charges, array_agg(c.total - c.settled) AS rooms
          FROM charge c WHERE c.account_id = target AND c.settled < c.total) x;
    INSERT INTO credit_movement (account_id, journal_id, amount)
    SELECT target, books, stands.money - settled WHERE stands.money > settled;
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    SELECT books, row_number() OVER (), l.ledger_account, l.amount FROM (
        SELECT 'RECEIVABLE' AS ledger_account, v.amount
        FROM (VALUES (reopened), (-settled)) AS v (amount)
        UNION ALL SELECT 'CUSTOMER_CREDIT', -m.amount FROM credit_movement m
        WHERE m.journal_id = books) AS l
    WHERE l.amount <> 0;
    document := chain_document('TR', transfer_content(
        asked, wanted, books, target, settled, stands.money - settled));
    INSERT INTO payment_transfer (authorisation_id, payment_id, receipt_id, transfer_number,
        from_account_id, to_account_id, amount, reopened, settled, advance, journal_id,
        business_date, series, number, folio, content, previous_hash, hash, reason, requested_by)
    VALUES (asked.id, paid.id, wanted.id, (
            SELECT count(*) + 1 FROM payment_transfer t WHERE t.payment_id = paid.id),
        stands.account_id, target, stands.money, reopened, settled, stands.money - settled, books,
        office_today(), 'TR', document.number, document.folio, document.sealed,
        document.previous, document.hash, asked.facts ->> 'reason_name', asked.requested_by)
    RETURNING * INTO made;
    PERFORM announce('payment', stands.account_id || '/' || wanted.session_id);
    PERFORM announce('account', target::text);
    RETURN jsonb_build_object('transfer_id', made.id, 'folio', made.folio,
        'receipt', wanted.folio, 'journal_id', books, 'to_account', target, 'settled', settled,
        'advance', made.advance, 'reopened', reopened);
END
$$;
