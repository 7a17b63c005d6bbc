"""Shortages put back: never more than was owed, only of verified sessions, by somebody else."""

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

CHECKS = (SHORTAGE_SETTLED,)
