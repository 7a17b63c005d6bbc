"""Returned cheques and transferred payments undo exactly what the payment did, and no more."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

# What stands of a payment that was moved or given back, by everything that happened to it, against
# the money that it still brings: nothing is lost between two accounts, nothing is undone twice.
STANDING = Check(
    "payment_standing",
    "Pagos traspasados o devueltos que cubren lo que todavía traen",
    "El pago del recibo {subject} trae {expected} y lo que cubre hoy suma {found}.",
    """
    SELECT r.folio AS subject, s.money + s.from_credit AS expected, s.settled + s.advance AS found
    FROM payment p
    JOIN receipt r ON r.payment_id = p.id
    CROSS JOIN LATERAL (
        SELECT coalesce((SELECT x.to_account_id FROM payment_transfer x WHERE x.payment_id = p.id
                         ORDER BY x.transfer_number DESC LIMIT 1), p.account_id) AS account_id,
               EXISTS (SELECT FROM payment_transfer x WHERE x.payment_id = p.id) AS moved,
               ARRAY(SELECT p.journal_id
                     UNION SELECT x.journal_id FROM payment_transfer x WHERE x.payment_id = p.id
                     UNION SELECT x.journal_id FROM tender_return x WHERE x.payment_id = p.id)
                   AS books) h
    CROSS JOIN LATERAL (
        SELECT (SELECT coalesce(sum(a.amount), 0.00) FROM allocation a
                WHERE a.journal_id = ANY (h.books)) AS settled,
               (SELECT greatest(coalesce(sum(m.amount), 0.00), 0.00) FROM credit_movement m
                WHERE m.account_id = h.account_id AND m.journal_id = ANY (h.books)) AS advance,
               (SELECT coalesce(sum(t.applied) FILTER (WHERE t.kind <> 'credit'), 0.00)
                FROM payment_tender t WHERE t.payment_id = p.id AND NOT EXISTS (
                    SELECT FROM tender_return x
                    WHERE x.payment_id = t.payment_id AND x.line = t.line)) - p.rounding AS money,
               (SELECT coalesce(sum(t.applied), 0.00) FROM payment_tender t
                WHERE t.payment_id = p.id AND t.kind = 'credit' AND NOT h.moved) AS from_credit) s
    WHERE cardinality(h.books) > 1 AND s.money + s.from_credit <> s.settled + s.advance
    """,
)

RETURN_FACTS = Check(
    "return_facts",
    "Cheques devueltos que se cobraron y se cortaron",
    "El cheque devuelto del recibo {subject} dice {found} y el pago es {expected}.",
    """
    SELECT * FROM (
        SELECT r.folio AS subject,
               concat_ws(' ', 'cheque', t.applied, r.id, 'cheque_return', j.business_date,
                         'cortada', 'vigente') AS expected,
               concat_ws(' ', t.kind, x.amount, x.receipt_id, j.kind, x.business_date,
                         CASE WHEN EXISTS (SELECT FROM cash_closing c WHERE c.session_id = s.id)
                              THEN 'cortada' ELSE s.state END,
                         CASE WHEN v.id IS NULL THEN 'vigente' ELSE 'cancelado' END) AS found
        FROM tender_return x
        LEFT JOIN payment_tender t ON t.payment_id = x.payment_id AND t.line = x.line
        LEFT JOIN payment p ON p.id = x.payment_id
        LEFT JOIN receipt r ON r.payment_id = p.id
        LEFT JOIN cash_session s ON s.id = p.session_id
        LEFT JOIN journal j ON j.id = x.journal_id
        LEFT JOIN receipt_void v ON v.receipt_id = r.id) AS told
    WHERE expected <> found
    """,
)

RETURN_REOPENS = Check(
    "return_reopens",
    "Cheques devueltos que reabren lo que cubrieron",
    "El cheque devuelto del recibo {subject} dice reabrir {found} y en los libros reabrió "
    "{expected}.",
    """
    SELECT * FROM (
        SELECT r.folio AS subject,
               concat_ws(' / ', coalesce((SELECT -sum(a.amount) FROM allocation a
                          WHERE a.journal_id = x.journal_id), 0.00),
                         coalesce((SELECT sum(c.total) FROM charge c
                                   WHERE c.journal_id = x.journal_id AND c.source = 'return'
                                     AND c.id = x.fee_charge_id
                                     AND c.account_id = x.account_id), 0.00)) AS expected,
               concat_ws(' / ', x.reopened, x.fee) AS found
        FROM tender_return x JOIN receipt r ON r.id = x.receipt_id) AS told
    WHERE expected <> found
    """,
)

# The rule that was in force when the cheque came back made the fee.
RETURN_FEE = Check(
    "return_fee",
    "Cargos por cheque devuelto según su regla",
    "El cargo por el cheque devuelto del recibo {subject} es de {found} y su regla da {expected}.",
    """
    SELECT r.folio AS subject, w.fee AS expected, c.amount AS found
    FROM tender_return x
    JOIN receipt r ON r.id = x.receipt_id
    JOIN charge c ON c.id = x.fee_charge_id
    JOIN office_setting s ON s.rule_set_id = x.rule_set_id AND s.key = 'returned_cheque'
    CROSS JOIN LATERAL (
        SELECT greatest(round(x.amount * (s.value ->> 'percent')::numeric / 100, 2),
                        (s.value ->> 'minimum')::numeric) AS fee) w
    WHERE w.fee <> c.amount OR c.concept <> s.value ->> 'concept'
    """,
)

CHEQUE_REFUSED = Check(
    "cheque_ban_kept",
    "Cuentas sin cheques después de que uno se devolvió",
    "El recibo {subject} tomó un cheque de una cuenta que no los tenía permitidos desde "
    "{expected}.",
    """
    SELECT r.folio AS subject, b.placed_at::text AS expected, p.posted_at::text AS found
    FROM cheque_ban b
    JOIN payment p ON p.account_id = b.account_id AND p.posted_at > b.placed_at
        AND p.posted_at < coalesce(b.lifted_at, 'infinity')
    JOIN payment_tender t ON t.payment_id = p.id AND t.kind = 'cheque'
    JOIN receipt r ON r.payment_id = p.id
    """,
)

TRANSFER_AUTHORISED = Check(
    "transfer_authorised",
    "Traspasos de pago con su autorización",
    "El traspaso {subject} está en «{expected}» y su autorización en «{found}».",
    """
    SELECT coalesce(t.folio, a.subject_id::text) AS subject,
           CASE WHEN t.id IS NULL THEN 'sin hacer' ELSE 'hecho' END AS expected,
           coalesce(a.state, 'ninguna') AS found
    FROM (SELECT * FROM authorisation WHERE kind = 'transfer_payment' AND state = 'approved') a
    FULL JOIN payment_transfer t ON t.authorisation_id = a.id AND t.receipt_id = a.subject_id
        AND t.transferred_by = a.decided_by AND t.requested_by = a.requested_by
        AND t.from_account_id = a.account_id AND t.amount = a.amount
        AND t.to_account_id = (a.options ->> 'to_account')::bigint
    WHERE a.id IS NULL OR t.id IS NULL
    """,
)

# From the account where the payment stood, to the next one, in whole.
TRANSFER_MOVES = Check(
    "transfer_moves",
    "Traspasos que mueven lo mismo de una cuenta a otra",
    "El traspaso {subject} dice {found} y en los libros movió {expected}.",
    """
    SELECT * FROM (
        SELECT t.folio AS subject,
               concat_ws(' / ', coalesce((
                   SELECT t2.to_account_id FROM payment_transfer t2
                   WHERE t2.payment_id = t.payment_id
                     AND t2.transfer_number = t.transfer_number - 1), p.account_id),
                   p.journal_id <> t.journal_id, r.id, j.kind, j.business_date,
                   coalesce((SELECT -sum(a.amount) FROM allocation a
                             JOIN charge c ON c.id = a.charge_id
                             WHERE a.journal_id = t.journal_id AND a.amount < 0
                               AND c.account_id = t.from_account_id), 0.00),
                   coalesce((SELECT sum(a.amount) FROM allocation a
                             JOIN charge c ON c.id = a.charge_id
                             WHERE a.journal_id = t.journal_id AND a.amount > 0
                               AND c.account_id = t.to_account_id), 0.00),
                   coalesce((SELECT sum(m.amount) FROM credit_movement m
                             WHERE m.journal_id = t.journal_id
                               AND m.account_id = t.to_account_id), 0.00)) AS expected,
               concat_ws(' / ', t.from_account_id, true, t.receipt_id, 'payment_transfer',
                         t.business_date, t.reopened, t.settled, t.advance) AS found
        FROM payment_transfer t
        JOIN payment p ON p.id = t.payment_id
        JOIN receipt r ON r.payment_id = p.id
        JOIN journal j ON j.id = t.journal_id) AS told
    WHERE expected <> found
    UNION ALL
    SELECT t.folio, c.account_id::text, 'otra cuenta'
    FROM payment_transfer t
    JOIN allocation a ON a.journal_id = t.journal_id
    JOIN charge c ON c.id = a.charge_id
    WHERE c.account_id <> CASE WHEN a.amount < 0 THEN t.from_account_id ELSE t.to_account_id END
    """,
)

TRANSFER_CONTENT = Check(
    "transfer_content",
    "Comprobantes de traspaso que dicen lo que se movió",
    "El comprobante {subject} dice {found} y el traspaso es {expected}.",
    """
    SELECT * FROM (
        SELECT t.folio AS subject,
               concat_ws(' ', t.amount, t.settled, t.advance, t.settled, r.folio,
                         f.account_number, o.account_number, t.reason, t.requested_by)
                   AS expected,
               concat_ws(' ', (t.content ->> 'applied')::numeric(12, 2),
                         (t.content ->> 'settled')::numeric(12, 2),
                         (t.content ->> 'advance')::numeric(12, 2),
                         (SELECT coalesce(sum((l ->> 'total')::numeric), 0)::numeric(12, 2)
                          FROM jsonb_array_elements(t.content -> 'lines') l),
                         t.content ->> 'original_folio', t.content ->> 'from_number',
                         t.content ->> 'account_number', t.content ->> 'reason',
                         t.content ->> 'requested_by') AS found
        FROM payment_transfer t
        JOIN receipt r ON r.id = t.receipt_id
        JOIN account f ON f.id = t.from_account_id
        JOIN account o ON o.id = t.to_account_id) AS told
    WHERE expected <> found
    """,
)

CHECKS = (
    STANDING, RETURN_FACTS, RETURN_REOPENS, RETURN_FEE, CHEQUE_REFUSED, TRANSFER_AUTHORISED,
    TRANSFER_MOVES, TRANSFER_CONTENT,
)  # fmt: skip
