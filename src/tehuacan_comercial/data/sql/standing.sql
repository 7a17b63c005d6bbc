-- Where a payment stands today (dónde está un pago): a transfer moves it to another account, a
-- returned cheque takes part of it back. Every act that undoes a payment asks here, so that a void,
-- a transfer and a return can follow each other and never undo the same twice.

-- The journals that hold what a payment settled: its own, and those of what happened to it since.
CREATE OR REPLACE FUNCTION commercial.payment_journals(paid bigint)
RETURNS TABLE (journal_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT p.journal_id FROM payment p WHERE p.id = paid
    UNION ALL SELECT t.journal_id FROM payment_transfer t WHERE t.payment_id = paid
    UNION ALL SELECT r.journal_id FROM tender_return r WHERE r.payment_id = paid
$$;

-- The account that a payment counts for: where it was transferred last, or where it was charged.
CREATE OR REPLACE FUNCTION commercial.payment_account(paid bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce(
        (SELECT t.to_account_id FROM payment_transfer t
         WHERE t.payment_id = paid ORDER BY t.transfer_number DESC LIMIT 1),
        (SELECT p.account_id FROM payment p WHERE p.id = paid))
$$;

-- What of a payment stands, in pesos: settled of charges, left as credit, brought as money (less
-- its rounding, which stays where it was) and taken from the account's own credit balance.
CREATE OR REPLACE FUNCTION commercial.payment_standing(
    paid bigint, OUT account_id bigint, OUT settled numeric, OUT advance numeric,
    OUT money numeric, OUT from_credit numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    account_id := payment_account(paid);
    settled := (SELECT coalesce(sum(a.amount), 0.00) FROM allocation a
                WHERE a.journal_id IN (SELECT j.journal_id FROM payment_journals(paid) j));
    advance := (SELECT greatest(coalesce(sum(m.amount), 0.00), 0.00) FROM credit_movement m
                WHERE m.account_id = payment_standing.account_id
                  AND m.journal_id IN (SELECT j.journal_id FROM payment_journals(paid) j));
    SELECT coalesce(sum(t.applied) FILTER (WHERE t.kind <> 'credit' AND r.id IS NULL), 0.00)
               - (SELECT p.rounding FROM payment p WHERE p.id = paid),
           CASE WHEN EXISTS (SELECT FROM payment_transfer x WHERE x.payment_id = paid) THEN 0.00
                ELSE coalesce(sum(t.applied) FILTER (WHERE t.kind = 'credit'), 0.00) END
    INTO money, from_credit
    FROM payment_tender t
    LEFT JOIN tender_return r ON r.payment_id = t.payment_id AND r.line = t.line
    WHERE t.payment_id = paid;
END
$$;

-- Accounts in the order of their numbers, the one of the receipt always among them: two acts on one
-- payment take turns, and none waits for another in a circle.
CREATE OR REPLACE FUNCTION commercial.lock_accounts(accounts bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    PERFORM FROM account a WHERE a.id = ANY (accounts) ORDER BY a.id FOR NO KEY UPDATE;
END
$$;

-- Take back what a payment settled, by rows of its own: allocations, charges, credit balance. For
-- every act that undoes a payment. The caller holds the account's lock; gives pesos reopened.
CREATE OR REPLACE FUNCTION commercial.unsettle_payment(paid commercial.payment, books bigint)
RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    held bigint[] := ARRAY(SELECT j.journal_id FROM payment_journals(paid.id) j);
    reopened numeric;
BEGIN
    WITH undone AS (
        INSERT INTO allocation (charge_id, journal_id, amount, reverses_id)
        SELECT a.charge_id, books, -a.amount, a.id
        FROM allocation a
        WHERE a.journal_id = ANY (held) AND a.amount > 0
          AND NOT EXISTS (SELECT FROM allocation u WHERE u.reverses_id = a.id)
        RETURNING charge_id, amount),
    opened AS (
        UPDATE charge c SET settled = c.settled + u.amount
        FROM (SELECT charge_id, sum(amount) AS amount FROM undone GROUP BY charge_id) u
        WHERE c.id = u.charge_id RETURNING c.id)
    SELECT coalesce(-sum(u.amount), 0.00) INTO reopened FROM undone u;
    INSERT INTO credit_movement (account_id, journal_id, amount)
    SELECT m.account_id, books, -sum(m.amount) FROM credit_movement m
    WHERE m.journal_id = ANY (held)
    GROUP BY m.account_id HAVING sum(m.amount) <> 0 ORDER BY m.account_id;
    RETURN reopened;
END
$$;

-- Spread pesos over charges, oldest first (C9; the order of domain/allocation.py), at most "room" of
-- each; gives what was settled. The caller holds the account's lock.
CREATE OR REPLACE FUNCTION commercial.settle_oldest_first(
    books bigint, pesos numeric, charges bigint[], rooms numeric[]) RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    spread numeric;
BEGIN
    WITH queue AS MATERIALIZED (
        SELECT c.id, least(r.room, c.total - c.settled) AS room, row_number() OVER (
                   ORDER BY coalesce(p.due_on, p.issued_on, c.due_on, c.issued_on),
                            k.settlement_order, c.id) AS place
        FROM unnest(charges, rooms) AS r (id, room)
        JOIN charge c ON c.id = r.id
        JOIN concept k ON k.code = c.concept
        LEFT JOIN charge p ON p.id = c.parent_charge_id
    ), parts AS MATERIALIZED (
        SELECT q.id, q.place, least(q.room, greatest(
                   pesos - (sum(q.room) OVER (ORDER BY q.place) - q.room), 0.00)) AS amount
        FROM queue q
    ), settled AS (
        UPDATE charge c SET settled = c.settled + p.amount
        FROM parts p WHERE c.id = p.id AND p.amount > 0 RETURNING c.id
    ), allocated AS (
        INSERT INTO allocation (charge_id, journal_id, amount)
        SELECT p.id, books, p.amount FROM parts p WHERE p.amount > 0 ORDER BY p.place
        RETURNING amount
    )
    SELECT coalesce(sum(a.amount), 0.00) INTO spread FROM allocated a;
    RETURN spread;
END
$$;

-- A receipt whose payment went elsewhere, or whose cheque came back, is not voided: what it says
-- was undone already, in whole or in part.
CREATE OR REPLACE FUNCTION commercial.check_unmoved(receipt commercial.receipt) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    PERFORM refuse('TC092', 'The payment was transferred', jsonb_build_object(
        'folio', receipt.folio, 'problem', 'transferred', 'document', t.folio))
    FROM payment_transfer t WHERE t.payment_id = receipt.payment_id
    ORDER BY t.transfer_number DESC LIMIT 1;
    PERFORM refuse('TC092', 'A cheque of the payment came back', jsonb_build_object(
        'folio', receipt.folio, 'problem', 'returned', 'document', k.reference))
    FROM tender_return r
    JOIN payment_tender k ON k.payment_id = r.payment_id AND k.line = r.line
    WHERE r.payment_id = receipt.payment_id LIMIT 1;
END
$$;
