"""Decisions by somebody else, within limits; void receipts that undo exactly what was charged."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

TWO_PEOPLE = Check(
    "authorisation_two_people",
    "Autorizaciones decididas por otra persona",
    "La autorización {subject} la pidió {expected} y la decidió {found}.",
    """
    SELECT a.id::text AS subject, a.requested_by AS expected,
           concat_ws(' en ausencia de ', a.decided_by, a.on_behalf_of) AS found
    FROM authorisation a
    WHERE a.requested_by IN (a.decided_by, a.on_behalf_of)
       OR (a.on_behalf_of IS NOT NULL AND NOT EXISTS (
            SELECT FROM delegation d
            WHERE d.principal = a.on_behalf_of AND d.deputy = a.decided_by
              AND a.kind = ANY (d.kinds)
              AND d.valid @> (a.decided_at AT TIME ZONE 'America/Mexico_City')::date
              AND d.recorded_at <= a.decided_at
              AND (d.ended_at IS NULL OR d.ended_at >= a.decided_at)))
    """,
)

# By the job of today: jobs do not change, people who change work get another user name.
WITHIN_LIMITS = Check(
    "authorisation_limits",
    "Autorizaciones dentro de los límites del puesto",
    "La autorización {subject}, por {expected}, la decidió {found}, a quien los límites de ese "
    "día no alcanzan.",
    """
    SELECT a.id::text AS subject, a.amount AS expected,
           concat_ws(' en ausencia de ', a.decided_by, a.on_behalf_of) AS found
    FROM authorisation a
    JOIN staff_member m ON m.username = coalesce(a.on_behalf_of, a.decided_by)
    WHERE a.decided_by IS NOT NULL AND NOT EXISTS (
        SELECT FROM authority_limit l
        WHERE l.rule_set_id = a.rule_set_id AND l.kind = a.kind AND l.job = m.job
          AND l.from_amount <= a.amount AND a.amount <= coalesce(l.up_to, a.amount))
    """,
)

IN_TIME = Check(
    "authorisation_in_time",
    "Autorizaciones decididas antes de vencer",
    "La autorización {subject} venció el {expected} y se decidió el {found}.",
    """
    SELECT a.id::text AS subject, a.expires_at::text AS expected, a.decided_at::text AS found
    FROM authorisation a
    WHERE a.decided_by IS NOT NULL
      AND (a.decided_at > a.expires_at + interval '1 minute' OR a.decided_at < a.requested_at)
    """,
)

VOID_AUTHORISED = Check(
    "void_authorised",
    "Recibos cancelados con su autorización",
    "El recibo de caja {subject} está en «{expected}» y su autorización en «{found}».",
    """
    SELECT coalesce(r.folio, a.subject_id::text) AS subject,
           CASE WHEN v.id IS NULL THEN 'vigente' ELSE 'cancelado' END AS expected,
           coalesce(a.state, 'ninguna') AS found
    FROM (SELECT * FROM authorisation WHERE kind = 'void_receipt' AND state = 'approved') a
    FULL JOIN receipt_void v ON v.authorisation_id = a.id AND v.receipt_id = a.subject_id
        AND v.voided_by = a.decided_by AND v.requested_by = a.requested_by
    LEFT JOIN receipt r ON r.id = coalesce(v.receipt_id, a.subject_id)
    WHERE a.id IS NULL OR v.id IS NULL
    """,
)

VOID_UNDOES = Check(
    "void_undoes",
    "Cancelaciones que deshacen todo lo que cubrió el recibo",
    "El recibo de caja {subject} cubrió {expected} y su cancelación deshizo {found} "
    "(cargos, saldo a favor).",
    """
    SELECT * FROM (
        SELECT r.folio AS subject,
               concat_ws(' / ', p.settled, coalesce((
                   SELECT sum(m.amount) FROM credit_movement m
                   WHERE m.journal_id = p.journal_id AND m.account_id = p.account_id), 0.00))
                   AS expected,
               concat_ws(' / ', coalesce((
                   SELECT -sum(u.amount) FROM allocation u
                   JOIN allocation a ON a.id = u.reverses_id AND a.journal_id = p.journal_id
                       AND a.charge_id = u.charge_id AND a.amount = -u.amount
                   WHERE u.journal_id = v.journal_id), 0.00), coalesce((
                   SELECT -sum(m.amount) FROM credit_movement m
                   WHERE m.journal_id = v.journal_id AND m.account_id = p.account_id), 0.00))
                   AS found
        FROM receipt_void v
        JOIN receipt r ON r.id = v.receipt_id
        JOIN payment p ON p.id = v.payment_id) AS told
    WHERE expected <> found
    """,
)

VOID_FACTS = Check(
    "void_facts",
    "Cancelaciones que dicen lo que se cobró",
    "La cancelación del recibo {subject} dice {found} y el recibo es {expected}.",
    """
    SELECT * FROM (
        SELECT r.folio AS subject,
               concat_ws(' ', p.id, p.account_id, p.applied, p.applied, CASE
                   WHEN c.first IS NULL OR c.first >= v.voided_at THEN 'void'
                   ELSE 'reversal' END, j.kind, j.business_date) AS expected,
               concat_ws(' ', v.payment_id, v.account_id, v.amount, f.amount, v.kind, v.kind,
                   v.business_date) AS found
        FROM receipt_void v
        JOIN receipt r ON r.id = v.receipt_id
        JOIN payment p ON p.id = r.payment_id
        JOIN journal j ON j.id = v.journal_id
        LEFT JOIN (SELECT session_id, min(closed_at) AS first FROM cash_closing
                   GROUP BY session_id) c ON c.session_id = p.session_id
        LEFT JOIN (SELECT void_id, sum(amount) AS amount FROM receipt_refund
                   GROUP BY void_id) f ON f.void_id = v.id) AS told
    WHERE expected <> found
    """,
)

# A void gives back form by form out of its own drawer; a reversal, cash out of an open one of its
# day, or owes it. What came from the credit balance goes back there.
REFUND_DRAWER = Check(
    "void_refunds",
    "Devoluciones de la caja que corresponde",
    "La devolución del recibo {subject} es {found} y debe ser {expected}.",
    """
    SELECT * FROM (
        SELECT r.folio AS subject,
               CASE WHEN f.way = 'payable' THEN 'reversal'
                    WHEN f.way = 'credit' THEN v.kind
                    WHEN v.kind = 'void' THEN concat_ws(' ', 'void', p.session_id, coalesce((
                        SELECT sum(t.applied) FROM payment_tender t
                        WHERE t.payment_id = p.id AND t.kind = f.way), 0.00))
                    ELSE concat_ws(' ', 'reversal', v.business_date, 'cash', v.requested_by) END
                   AS expected,
               CASE WHEN f.way = 'payable' THEN v.kind
                    WHEN f.way = 'credit' THEN v.kind
                    WHEN v.kind = 'void' THEN concat_ws(' ', 'void', f.session_id, f.amount)
                    ELSE concat_ws(' ', 'reversal', s.business_date, f.way, s.cashier) END AS found
        FROM receipt_refund f
        JOIN receipt_void v ON v.id = f.void_id
        JOIN receipt r ON r.id = v.receipt_id
        JOIN payment p ON p.id = v.payment_id
        LEFT JOIN cash_session s ON s.id = f.session_id) AS told
    WHERE expected <> found
    """,
)

REPLACEMENT = Check(
    "receipt_replacement",
    "Recibos que sustituyen a uno cancelado",
    "El recibo de caja {subject} dice sustituir a {found} y en los libros sustituye a {expected}.",
    """
    SELECT r.folio AS subject, o.folio AS expected,
           concat_ws(' ', r.content ->> 'replaces', CASE WHEN v.id IS NULL THEN 'vigente' END)
               AS found
    FROM receipt r
    LEFT JOIN receipt_replacement p ON p.receipt_id = r.id
    LEFT JOIN receipt o ON o.id = p.replaced_id
    LEFT JOIN receipt_void v ON v.receipt_id = o.id
    WHERE (p.receipt_id IS NOT NULL OR r.content ? 'replaces')
      AND (o.folio IS DISTINCT FROM r.content ->> 'replaces' OR v.id IS NULL)
    """,
)

CHECKS = (
    TWO_PEOPLE, WITHIN_LIMITS, IN_TIME, VOID_AUTHORISED, VOID_UNDOES, VOID_FACTS, REFUND_DRAWER,
    REPLACEMENT,
)  # fmt: skip
