"""The double entry against the facts it was made from (D4)."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

BALANCED = Check(
    "journal_balanced",
    "Asientos que suman cero",
    "El asiento {subject} no suma cero: sus renglones suman {found}.",
    """
    SELECT j.id::text AS subject, 0.00 AS expected, sum(l.amount) AS found
    FROM journal j JOIN journal_line l ON l.journal_id = j.id
    GROUP BY j.id HAVING sum(l.amount) <> 0
    """,
)

TWO_LINES = Check(
    "journal_lines",
    "Asientos con cargo y abono",
    "El asiento {subject} tiene {found} renglones; debe tener al menos {expected}.",
    """
    SELECT j.id::text AS subject, '2' AS expected, count(l.journal_id)::text AS found
    FROM journal j LEFT JOIN journal_line l ON l.journal_id = j.id
    GROUP BY j.id HAVING count(l.journal_id) < 2
    """,
)

# What each journal should say, derived from charges, allocations, credit movements, payments and
# closings alone: (asiento, cuenta contable, pesos). Billing and surcharges owe revenue and IVA,
# an opening owes the account of opening balances, a payment moves its tenders and its rounding, a
# void gives both back, and a deposit takes them to the bank. A returned cheque is owed to the bank,
# a transfer moves no money.
DERIVED = """
    SELECT c.journal_id, 'RECEIVABLE' AS ledger_account, sum(c.total) AS amount
    FROM charge c GROUP BY c.journal_id
    UNION ALL
    SELECT c.journal_id, k.revenue_account, -sum(c.amount)
    FROM charge c JOIN concept k ON k.code = c.concept
    WHERE c.source <> 'opening' GROUP BY c.journal_id, k.revenue_account
    UNION ALL
    SELECT c.journal_id, 'VAT', -sum(c.tax) FROM charge c
    WHERE c.source <> 'opening' GROUP BY c.journal_id
    UNION ALL
    SELECT c.journal_id, 'OPENING', -sum(c.total) FROM charge c
    WHERE c.source = 'opening' GROUP BY c.journal_id
    UNION ALL
    SELECT m.journal_id, 'OPENING', sum(m.amount)
    FROM credit_movement m JOIN journal j ON j.id = m.journal_id
    WHERE j.kind = 'opening' GROUP BY m.journal_id
    UNION ALL
    SELECT a.journal_id, 'RECEIVABLE', -sum(a.amount) FROM allocation a GROUP BY a.journal_id
    UNION ALL
    SELECT m.journal_id, 'CUSTOMER_CREDIT', -sum(m.amount)
    FROM credit_movement m GROUP BY m.journal_id
    UNION ALL
    SELECT p.journal_id, upper(t.kind), sum(t.applied)
    FROM payment p JOIN payment_tender t ON t.payment_id = p.id
    WHERE t.kind <> 'credit' GROUP BY p.journal_id, t.kind
    UNION ALL
    SELECT p.journal_id, 'ROUNDING', -p.rounding FROM payment p
    UNION ALL
    SELECT v.journal_id, 'ROUNDING', p.rounding
    FROM receipt_void v JOIN payment p ON p.id = v.payment_id
    UNION ALL
    SELECT v.journal_id, CASE f.way WHEN 'payable' THEN 'REFUND_PAYABLE' ELSE upper(f.way) END,
           -f.amount
    FROM receipt_void v JOIN receipt_refund f ON f.void_id = v.id WHERE f.way <> 'credit'
    UNION ALL
    SELECT r.journal_id, 'RETURNED_CHEQUE', -r.amount FROM tender_return r
    UNION ALL
    SELECT d.id, v.ledger_account, sum(v.amount)
    FROM journal d
    JOIN cash_closing k ON d.memo = 'Diferencia del corte ' || k.id
    JOIN cash_closing_line l ON l.closing_id = k.id
    CROSS JOIN LATERAL (VALUES
        (upper(l.tender), l.difference),
        (CASE WHEN l.difference > 0 THEN 'OVERAGE' ELSE 'SHORTAGE' END, -l.difference)
    ) AS v (ledger_account, amount)
    WHERE d.kind = 'cash_difference' GROUP BY d.id, v.ledger_account
    UNION ALL
    SELECT d.id, l.ledger_account, -sum(l.amount)
    FROM journal d
    JOIN session_reopening o ON d.memo = 'Reapertura del corte ' || o.closing_id
    JOIN journal b
        ON b.kind = 'cash_difference' AND b.memo = 'Diferencia del corte ' || o.closing_id
    JOIN journal_line l ON l.journal_id = b.id
    WHERE d.kind = 'cash_difference' GROUP BY d.id, l.ledger_account
    UNION ALL
    SELECT d.id, v.ledger_account, sum(v.amount)
    FROM journal d
    JOIN session_verification_line l
        ON d.memo = 'Diferencia de la verificación ' || l.verification_id
    CROSS JOIN LATERAL (VALUES
        (upper(l.tender), l.difference),
        (CASE WHEN l.difference > 0 THEN 'OVERAGE' ELSE 'SHORTAGE' END, -l.difference)
    ) AS v (ledger_account, amount)
    WHERE d.kind = 'cash_difference' GROUP BY d.id, v.ledger_account
    UNION ALL
    SELECT r.journal_id, v.ledger_account, v.amount FROM shortage_settlement r
    CROSS JOIN LATERAL (VALUES
        (CASE r.way WHEN 'cash' THEN 'CASH' WHEN 'waiver' THEN 'SHORTAGE_WAIVED'
         ELSE 'SHORTAGE_REPAID' END, r.amount), ('SHORTAGE', -r.amount))
        AS v (ledger_account, amount)
    UNION ALL
    SELECT b.journal_id, v.ledger_account, sum(v.amount)
    FROM deposit_batch b
    JOIN deposit_slip s ON s.batch_id = b.id
    JOIN bank_account k ON k.code = s.bank_account
    CROSS JOIN LATERAL (VALUES (k.ledger_account, s.amount), (upper(s.tender), -s.amount))
        AS v (ledger_account, amount)
    WHERE b.journal_id IS NOT NULL GROUP BY b.journal_id, v.ledger_account
    UNION ALL
    SELECT u.journal_id, v.ledger_account, v.amount FROM unidentified_payment u
    CROSS JOIN LATERAL (VALUES ('TRANSFER', u.amount), ('UNIDENTIFIED', -u.amount))
        AS v (ledger_account, amount)
    UNION ALL
    SELECT u.assigned_journal_id, 'UNIDENTIFIED', u.amount FROM unidentified_payment u
    WHERE u.assigned_journal_id IS NOT NULL
"""

DERIVATION = Check(
    "journal_facts",
    "Asientos contra los hechos que los originaron",
    "El asiento y la cuenta contable {subject} suman {found}; los cargos, pagos y cortes que "
    "los originaron suman {expected}.",
    f"""
    WITH derived AS (
        SELECT d.journal_id, d.ledger_account, sum(d.amount) AS amount
        FROM ({DERIVED}) AS d GROUP BY d.journal_id, d.ledger_account),
    posted AS (
        SELECT l.journal_id, l.ledger_account, sum(l.amount) AS amount
        FROM journal_line l GROUP BY l.journal_id, l.ledger_account)
    SELECT concat_ws(' ', coalesce(p.journal_id, d.journal_id),
                     coalesce(p.ledger_account, d.ledger_account)) AS subject,
           coalesce(d.amount, 0.00) AS expected, coalesce(p.amount, 0.00) AS found
    FROM derived d FULL JOIN posted p USING (journal_id, ledger_account)
    WHERE coalesce(d.amount, 0) <> coalesce(p.amount, 0)
    """,
)

RECEIVABLE = Check(
    "receivable_control",
    "Usuarios por cobrar contra los cargos abiertos",
    "La cuenta contable {subject} dice {found} y los cargos por cobrar suman {expected}.",
    """
    SELECT 'RECEIVABLE' AS subject, owed.amount AS expected, booked.amount AS found
    FROM (SELECT coalesce(sum(total - settled), 0.00) AS amount FROM charge
          WHERE settled < total) owed,
         (SELECT coalesce(sum(amount), 0.00) AS amount FROM journal_line
          WHERE ledger_account = 'RECEIVABLE') booked
    WHERE owed.amount <> booked.amount
    """,
)

CREDIT = Check(
    "credit_control",
    "Saldos a favor contra sus movimientos",
    "La cuenta contable {subject} dice {found} y los saldos a favor suman {expected}.",
    """
    SELECT 'CUSTOMER_CREDIT' AS subject, held.amount AS expected, booked.amount AS found
    FROM (SELECT coalesce(sum(amount), 0.00) AS amount FROM credit_movement) held,
         (SELECT coalesce(-sum(amount), 0.00) AS amount FROM journal_line
          WHERE ledger_account = 'CUSTOMER_CREDIT') booked
    WHERE held.amount <> booked.amount
    """,
)

CASH = Check(
    "cash_control",
    "Dinero en libros contra las sesiones de caja",
    "La cuenta contable {subject} dice {found} y las sesiones de caja suman {expected}.",
    """
    WITH standing_closing AS (
        SELECT c.* FROM cash_closing c
        WHERE NOT EXISTS (SELECT FROM session_reopening o WHERE o.closing_id = c.id))
    SELECT t.code AS subject,
           t.counted + t.unidentified + t.taken - t.deposited AS expected, t.booked AS found
    FROM (
        SELECT upper(k.tender) AS code,
            -- A closed session left what was declared, or verified later, and delivered before or
            -- handed over, without the float it began with and what it received.
            (SELECT coalesce(sum(l.declared + coalesce(v.difference, 0) - CASE k.tender
                 WHEN 'cash' THEN s.opening_counted - (
                     SELECT coalesce(sum(w.amount), 0) FROM withdrawal w
                     WHERE w.session_id = s.id AND w.state = 'accepted')
                 ELSE 0 END - coalesce((
                     SELECT sum(CASE h.to_session_id WHEN s.id THEN i.amount ELSE -i.amount END)
                     FROM handover h JOIN handover_item i ON i.handover_id = h.id
                     WHERE s.id IN (h.from_session_id, h.to_session_id)
                       AND i.tender = k.tender AND i.state = 'accepted'), 0)), 0.00)
             FROM standing_closing c JOIN cash_session s ON s.id = c.session_id
             LEFT JOIN session_verification n ON n.closing_id = c.id
             LEFT JOIN session_verification_line v
                 ON v.verification_id = n.id AND v.tender = k.tender
             JOIN cash_closing_line l ON l.closing_id = c.id AND l.tender = k.tender) AS counted,
            -- What a channel sent for nobody known is money all the same.
            (SELECT coalesce(sum(u.amount), 0.00) FROM unidentified_payment u
             WHERE k.tender = 'transfer') AS unidentified,
            -- An open one has what it took so far and what was put back, less what it gave back.
            (SELECT coalesce(sum(t.applied), 0.00) + (
                 SELECT coalesce(sum(r.amount), 0.00) FROM shortage_settlement r
                 WHERE r.way = k.tender AND NOT EXISTS (
                     SELECT FROM standing_closing c WHERE c.session_id = r.into_session_id)) - (
                 SELECT coalesce(sum(f.amount), 0.00) FROM receipt_refund f
                 WHERE f.way = k.tender AND NOT EXISTS (
                     SELECT FROM standing_closing c WHERE c.session_id = f.session_id))
             FROM payment_tender t JOIN payment p ON p.id = t.payment_id
             WHERE t.kind = k.tender AND NOT EXISTS (
                 SELECT FROM standing_closing c WHERE c.session_id = p.session_id)) AS taken,
            -- And whatever of it was taken to the bank is there.
            (SELECT coalesce(sum(s.amount), 0.00) FROM deposit_slip s
             JOIN deposit_batch b ON b.id = s.batch_id AND b.journal_id IS NOT NULL
             WHERE s.tender = k.tender) AS deposited,
            (SELECT coalesce(sum(l.amount), 0.00) FROM journal_line l
             WHERE l.ledger_account = upper(k.tender)) AS booked
        FROM unnest(ARRAY['cash', 'card', 'transfer', 'cheque']) AS k (tender)) AS t
    WHERE t.counted + t.unidentified + t.taken - t.deposited <> t.booked
    """,
)

CHECKS = (BALANCED, TWO_LINES, DERIVATION, RECEIVABLE, CREDIT, CASH)
