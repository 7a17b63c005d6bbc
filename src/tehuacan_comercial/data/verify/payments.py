"""Payments: their parts add up, and each has exactly one receipt that says the same."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

TENDERS = Check(
    "payment_tenders",
    "Formas de pago que suman lo cobrado",
    "El pago {subject} cobró {expected} y sus formas de pago suman {found}.",
    """
    SELECT coalesce(r.folio, p.id::text) AS subject, p.applied AS expected,
           coalesce(t.applied, 0.00) AS found
    FROM payment p
    LEFT JOIN (SELECT payment_id, sum(applied) AS applied FROM payment_tender
               GROUP BY payment_id) t ON t.payment_id = p.id
    LEFT JOIN receipt r ON r.payment_id = p.id
    WHERE coalesce(t.applied, 0) <> p.applied
    """,
)

ALLOCATIONS = Check(
    "payment_allocations",
    "Aplicaciones que suman lo aplicado por cada pago",
    "El pago {subject} aplicó {expected} a cargos y sus aplicaciones suman {found}.",
    """
    SELECT coalesce(r.folio, p.id::text) AS subject, p.settled AS expected,
           coalesce(a.amount, 0.00) AS found
    FROM payment p
    LEFT JOIN (SELECT journal_id, sum(amount) AS amount FROM allocation GROUP BY journal_id) a
        ON a.journal_id = p.journal_id
    LEFT JOIN receipt r ON r.payment_id = p.id
    WHERE coalesce(a.amount, 0) <> p.settled
    """,
)

PARTS = Check(
    "payment_parts",
    "Pagos cuyas partes suman el total",
    "El pago {subject} cobró {expected} y sus partes (cargos, saldo a favor, redondeo) suman "
    "{found}.",
    """
    SELECT coalesce(r.folio, p.id::text) AS subject, p.applied AS expected,
           p.settled + p.advance + p.rounding AS found
    FROM payment p LEFT JOIN receipt r ON r.payment_id = p.id
    WHERE p.settled + p.advance + p.rounding <> p.applied
    """,
)

CHANGE = Check(
    "payment_change",
    "Recibido menos cambio es lo aplicado",
    "La forma de pago {subject} recibió y devolvió una diferencia de {expected} y aplicó {found}.",
    """
    SELECT t.payment_id || '/' || t.line AS subject, t.received - t.change AS expected,
           t.applied AS found
    FROM payment_tender t
    WHERE t.received - t.change <> t.applied OR (t.change <> 0 AND t.kind <> 'cash')
    """,
)

CREDIT = Check(
    "payment_credit",
    "Movimientos de saldo a favor de cada pago",
    "El pago {subject} movió {expected} de saldo a favor y su movimiento dice {found}.",
    """
    SELECT coalesce(r.folio, p.id::text) AS subject, p.advance - coalesce(t.used, 0) AS expected,
           coalesce(m.amount, 0.00) AS found
    FROM payment p
    LEFT JOIN (SELECT payment_id, sum(applied) AS used FROM payment_tender
               WHERE kind = 'credit' GROUP BY payment_id) t ON t.payment_id = p.id
    LEFT JOIN (SELECT journal_id, account_id, sum(amount) AS amount FROM credit_movement
               GROUP BY journal_id, account_id) m
        ON m.journal_id = p.journal_id AND m.account_id = p.account_id
    LEFT JOIN receipt r ON r.payment_id = p.id
    WHERE p.advance - coalesce(t.used, 0) <> coalesce(m.amount, 0)
    """,
)

ONE_RECEIPT = Check(
    "payment_receipt",
    "Un recibo de caja por cada pago",
    "El pago {subject} tiene {found} recibos de caja; debe tener {expected}.",
    """
    SELECT coalesce(p.id, r.payment_id)::text AS subject,
           CASE WHEN p.id IS NULL THEN '0' ELSE '1' END AS expected, count(r.id)::text AS found
    FROM payment p FULL JOIN receipt r ON r.payment_id = p.id
    GROUP BY p.id, r.payment_id HAVING count(p.id) <> 1 OR count(r.id) <> 1
    """,
)

RECEIPT_CONTENT = Check(
    "receipt_content",
    "Recibos de caja que dicen lo que se cobró",
    "El recibo de caja {subject} dice {found} y el pago es {expected}.",
    """
    SELECT * FROM (
        SELECT r.folio AS subject,
               concat_ws(' ', s.cashier, s.till_code, p.business_date, p.applied, p.settled,
                         p.advance, p.rounding, p.settled,
                         (SELECT string_agg(t.kind || ' ' || t.received || '-' || t.change, ' '
                                            ORDER BY t.line)
                          FROM payment_tender t WHERE t.payment_id = p.id)) AS expected,
               concat_ws(' ', r.content ->> 'cashier', r.content ->> 'till',
                         r.content ->> 'business_date',
                         (r.content ->> 'applied')::numeric(12, 2),
                         (r.content ->> 'settled')::numeric(12, 2),
                         (r.content ->> 'advance')::numeric(12, 2),
                         (r.content ->> 'rounding')::numeric(12, 2),
                         (SELECT coalesce(sum((l ->> 'total')::numeric), 0)::numeric(12, 2)
                          FROM jsonb_array_elements(r.content -> 'lines') l),
                         (SELECT string_agg((t ->> 'kind') || ' '
                                     || (t ->> 'received')::numeric(12, 2) || '-'
                                     || (t ->> 'change')::numeric(12, 2), ' ' ORDER BY o)
                          FROM jsonb_array_elements(r.content -> 'tenders')
                              WITH ORDINALITY AS e (t, o))) AS found
        FROM receipt r
        JOIN payment p ON p.id = r.payment_id
        JOIN cash_session s ON s.id = p.session_id
        WHERE r.account_id = p.account_id AND r.session_id = p.session_id
        UNION ALL
        SELECT r.folio, p.account_id || ' ' || p.session_id, r.account_id || ' ' || r.session_id
        FROM receipt r JOIN payment p ON p.id = r.payment_id
        WHERE (r.account_id, r.session_id) <> (p.account_id, p.session_id)) AS told
    WHERE expected <> found
    """,
)

SAME_HAND = Check(
    "payment_session",
    "Pagos del día y de la mano de su sesión de caja",
    "El pago {subject} es de {found} y su sesión de caja es de {expected}.",
    """
    SELECT coalesce(r.folio, p.id::text) AS subject,
           concat_ws(' ', s.cashier, s.business_date, 'payment') AS expected,
           concat_ws(' ', p.posted_by, p.business_date, j.kind,
                     CASE WHEN j.posted_by <> p.posted_by THEN j.posted_by END,
                     CASE WHEN p.posted_at < s.opened_at OR p.posted_at > s.closed_at
                          THEN 'fuera de su horario' END) AS found
    FROM payment p
    JOIN cash_session s ON s.id = p.session_id
    JOIN journal j ON j.id = p.journal_id
    LEFT JOIN receipt r ON r.payment_id = p.id
    WHERE (p.posted_by, p.business_date, j.posted_by, j.business_date, j.kind)
            <> (s.cashier, s.business_date, s.cashier, s.business_date, 'payment')
       OR p.posted_at < s.opened_at OR p.posted_at > s.closed_at
    """,
)

DISCARDED = Check(
    "command_discarded",
    "Cobros descartados que no se cobraron",
    "La orden {subject} se descartó y también está cobrada con el folio {found}.",
    """
    SELECT d.command_id::text AS subject, NULL AS expected, r.folio AS found
    FROM discarded_command d
    JOIN payment p ON p.command_id = d.command_id
    LEFT JOIN receipt r ON r.payment_id = p.id
    """,
)

CHECKS = (
    TENDERS, ALLOCATIONS, PARTS, CHANGE, CREDIT, ONE_RECEIPT, RECEIPT_CONTENT, SAME_HAND, DISCARDED,
)  # fmt: skip
