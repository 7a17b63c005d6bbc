"""Shortages settled: never more than was owed, only of verified sessions, by somebody else."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

SHORTAGE_SETTLED = Check(
    "shortage_settled",
    "Faltantes repuestos contra lo que faltó",
    "La sesión de caja {subject}: repuesto {found}; lo que faltó: {expected}.",
    """
    SELECT d.session_folio AS subject, d.owed::text AS expected, d.settled::text AS found
    FROM cashier_debt d WHERE d.settled > d.owed
    UNION ALL
    SELECT s.folio, 'de una sesión verificada, por otra persona', r.settled_by
    FROM shortage_settlement r JOIN cash_session s ON s.id = r.session_id
    WHERE s.state <> 'verified' OR r.settled_by = s.cashier
    """,
)

SHORTAGE_IN_CASH = Check(
    "shortage_in_cash",
    "Faltantes repuestos en efectivo, en la caja abierta de quien los recibió",
    "La reposición {subject} la recibió {found}; debe ser {expected}.",
    """
    SELECT r.folio AS subject, concat_ws(' ', s.cashier, s.folio, s.business_date, r.amount)
               AS expected,
           concat_ws(' ', r.settled_by, r.content ->> 'session_folio', r.business_date,
                     r.content ->> 'amount') AS found
    FROM shortage_settlement r JOIN cash_session s ON s.id = r.into_session_id
    WHERE r.way = 'cash' AND (
        (r.settled_by, r.content ->> 'session_folio', r.business_date,
         (r.content ->> 'amount')::numeric, r.reference)
            IS DISTINCT FROM (s.cashier, s.folio, s.business_date, r.amount, r.folio)
        OR r.settled_at NOT BETWEEN s.opened_at AND coalesce(s.closed_at, r.settled_at))
    """,
)

SHORTAGE_WAIVED = Check(
    "shortage_waived",
    "Faltantes condonados con su autorización",
    "El faltante de la sesión de caja {subject}: condonado {expected}, autorizado {found}.",
    """
    SELECT coalesce(s.folio, a.subject_id::text) AS subject,
           concat_ws(' ', r.amount, r.settled_by) AS expected,
           concat_ws(' ', a.amount, a.decided_by) AS found
    FROM (SELECT * FROM authorisation WHERE kind = 'waive_shortage' AND state = 'approved') a
    FULL JOIN (SELECT * FROM shortage_settlement WHERE way = 'waiver') r
        ON r.authorisation_id = a.id
    LEFT JOIN cash_session s ON s.id = coalesce(r.session_id, a.subject_id)
    WHERE (a.subject_id, a.amount, a.decided_by)
        IS DISTINCT FROM (r.session_id, r.amount, r.settled_by)
       OR s.cashier IN (a.requested_by, a.decided_by, coalesce(a.on_behalf_of, a.decided_by))
    """,
)

CHECKS = (SHORTAGE_SETTLED, SHORTAGE_IN_CASH, SHORTAGE_WAIVED)
