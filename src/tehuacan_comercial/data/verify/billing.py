"""Bills and billing runs against their charges (C3)."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

BILL_LINES = Check(
    "bill_lines",
    "Recibos de agua contra sus cargos",
    "El recibo de agua {subject} dice {found} y sus cargos suman {expected}.",
    """
    SELECT a.account_number || ' ' || b.period_code AS subject,
           to_char(coalesce(c.amount, 0), 'FM999999990.00') || ' + '
               || to_char(coalesce(c.tax, 0), 'FM999999990.00') || ' de IVA' AS expected,
           to_char(b.amount, 'FM999999990.00') || ' + '
               || to_char(b.tax, 'FM999999990.00') || ' de IVA' AS found
    FROM bill b
    JOIN account a ON a.id = b.account_id
    LEFT JOIN (SELECT bill_id, sum(amount) AS amount, sum(tax) AS tax FROM charge
               WHERE bill_id IS NOT NULL GROUP BY bill_id) c ON c.bill_id = b.id
    WHERE b.amount <> coalesce(c.amount, 0) OR b.tax <> coalesce(c.tax, 0)
    """,
)

BILL_CHARGES = Check(
    "bill_charges",
    "Cargos en el recibo de agua de su cuenta y periodo",
    "El cargo {subject} es de {found} y está en el recibo de agua de {expected}.",
    """
    SELECT c.id::text AS subject,
           concat_ws(' ', mine.account_number, b.period_code) AS expected,
           concat_ws(' ', theirs.account_number, c.period_code) AS found
    FROM charge c
    JOIN bill b ON b.id = c.bill_id
    JOIN account mine ON mine.id = b.account_id
    JOIN account theirs ON theirs.id = c.account_id
    WHERE (c.account_id, c.period_code) IS DISTINCT FROM (b.account_id, b.period_code)
       OR c.source <> 'billing'
    """,
)

ONCE = Check(
    "bill_once",
    "Un solo recibo de agua por cuenta y periodo",
    "La cuenta y el periodo {subject} se facturaron {found} veces.",
    """
    SELECT a.account_number || ' ' || b.period_code AS subject, '1' AS expected,
           count(*)::text AS found
    FROM bill b JOIN account a ON a.id = b.account_id
    GROUP BY a.account_number, b.period_code HAVING count(*) > 1
    """,
)

RUN_TOTALS = Check(
    "billing_run_totals",
    "Corridas de facturación contra sus recibos de agua",
    "La corrida de facturación {subject} no concuerda con sus recibos de agua: dice {found} y "
    "ellos suman {expected}.",
    """
    WITH told AS (
        SELECT r.id, r.period_code || ' ' || r.route_code || ' n.º ' || r.id AS subject,
               row(r.accounts, r.estimated, r.consumption, r.amount, r.tax) AS said,
               row(count(b.id), count(b.id) FILTER (WHERE b.estimated),
                   coalesce(sum(b.consumption), 0), coalesce(sum(b.amount), 0.00),
                   coalesce(sum(b.tax), 0.00)) AS counted
        FROM billing_run r LEFT JOIN bill b ON b.run_id = r.id
        GROUP BY r.id)
    SELECT subject, counted::text AS expected, said::text AS found
    FROM told WHERE said::text <> counted::text
    """,
)

RUN_CONCEPTS = Check(
    "billing_run_concepts",
    "Corridas de facturación contra sus cargos, por concepto",
    "La corrida de facturación {subject} dice {found} y sus cargos suman {expected}.",
    """
    WITH told AS (
        SELECT r.id, e.key AS concept, (e.value ->> 'amount')::numeric AS amount,
               (e.value ->> 'tax')::numeric AS tax
        FROM billing_run r CROSS JOIN jsonb_each(r.by_concept) e),
    posted AS (
        SELECT b.run_id AS id, c.concept, sum(c.amount) AS amount, sum(c.tax) AS tax
        FROM charge c JOIN bill b ON b.id = c.bill_id GROUP BY b.run_id, c.concept)
    SELECT r.period_code || ' ' || r.route_code || ' n.º ' || r.id || ' ' || concept AS subject,
           to_char(coalesce(p.amount, 0), 'FM999999990.00') || ' + '
               || to_char(coalesce(p.tax, 0), 'FM999999990.00') || ' de IVA' AS expected,
           to_char(coalesce(t.amount, 0), 'FM999999990.00') || ' + '
               || to_char(coalesce(t.tax, 0), 'FM999999990.00') || ' de IVA' AS found
    FROM told t FULL JOIN posted p USING (id, concept)
    JOIN billing_run r ON r.id = coalesce(t.id, p.id)
    WHERE coalesce(t.amount, 0) <> coalesce(p.amount, 0)
       OR coalesce(t.tax, 0) <> coalesce(p.tax, 0)
    """,
)

BILL_CREDIT = Check(
    "bill_credit",
    "Saldo a favor aplicado en cada recibo de agua",
    "El recibo de agua {subject} dice que se le aplicó {found} de saldo a favor; fue {expected}.",
    """
    SELECT a.account_number || ' ' || b.period_code AS subject,
           coalesce(u.amount, 0.00) AS expected, b.credit_balance AS found
    FROM bill b
    JOIN account a ON a.id = b.account_id
    LEFT JOIN (
        SELECT c.bill_id, sum(x.amount) AS amount
        FROM journal j
        JOIN allocation x ON x.journal_id = j.id
        JOIN charge c ON c.id = x.charge_id
        WHERE j.kind = 'credit' GROUP BY c.bill_id) u ON u.bill_id = b.id
    WHERE b.credit_balance <> coalesce(u.amount, 0)
    """,
)

BILL_RUN = Check(
    "bill_run",
    "Recibos de agua en corridas de su periodo",
    "El recibo de agua {subject} está en una corrida del periodo {found}.",
    """
    SELECT a.account_number || ' ' || b.period_code AS subject, b.period_code AS expected,
           r.period_code AS found
    FROM bill b
    JOIN billing_run r ON r.id = b.run_id
    JOIN account a ON a.id = b.account_id
    WHERE r.period_code <> b.period_code
    """,
)

CHECKS = (BILL_LINES, BILL_CHARGES, ONCE, BILL_RUN, RUN_TOTALS, RUN_CONCEPTS, BILL_CREDIT)
