"""Deliveries, counts, verifications and interim reports: two people, no gap, no drift."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

WITHDRAWAL_COUNT = Check(
    "withdrawal_count",
    "Entregas parciales por denominación",
    "La entrega {subject} dice {found} y sus piezas suman {expected}.",
    """
    SELECT w.folio AS subject, d.total AS expected, w.amount AS found
    FROM withdrawal w
    CROSS JOIN LATERAL (
        SELECT (SELECT coalesce(sum(key::numeric * value::integer), 0)
                FROM jsonb_each_text(w.denominations)) AS total
        UNION ALL
        SELECT (SELECT coalesce(sum(key::numeric * value::integer), 0)
                FROM jsonb_each_text(w.received)) WHERE w.state = 'accepted') d
    WHERE w.amount <> d.total
    """,
)

WITHDRAWAL_CLOSED = Check(
    "withdrawal_closed",
    "Sin entregas en tránsito en sesiones cerradas",
    "La entrega {subject} está «{found}» y su sesión cerró {expected}.",
    """
    SELECT w.folio AS subject, s.closed_at::text AS expected, w.state AS found
    FROM withdrawal w JOIN cash_session s ON s.id = w.session_id
    WHERE s.closed_at IS NOT NULL
      AND (w.state = 'in_transit' OR w.decided_at > s.closed_at OR w.sent_at > s.closed_at)
    """,
)

TWO_PEOPLE = Check(
    "custody_two_people",
    "Quien recibe o verifica no es quien entrega o cierra",
    "En {subject} aparece {found}, que también es quien entregó, cobró o cerró.",
    """
    SELECT w.folio AS subject, '' AS expected, w.decided_by AS found
    FROM withdrawal w JOIN cash_session s ON s.id = w.session_id
    WHERE w.decided_by IN (w.sent_by, s.cashier)
    UNION ALL
    SELECT c.folio, '', v.verified_by
    FROM session_verification v
    JOIN cash_closing c ON c.id = v.closing_id
    JOIN cash_session s ON s.id = v.session_id
    WHERE v.verified_by IN (c.closed_by, s.cashier)
    UNION ALL
    SELECT s.folio, '', n.counted_by
    FROM cash_count n JOIN cash_session s ON s.id = n.session_id
    WHERE n.kind = 'surprise' AND n.counted_by = s.cashier
    UNION ALL
    SELECT c.folio, '', c.closed_by
    FROM cash_closing c JOIN cash_session s ON s.id = c.session_id
    LEFT JOIN session_takeover t ON t.session_id = s.id
    WHERE c.closed_by <> coalesce(t.taken_by, s.cashier)
    """,
)

NUMBERS = Check(
    "custody_numbers",
    "Entregas, arqueos y cortes parciales numerados sin saltos",
    "En la sesión de caja {subject} hay {found} y el último número es el {expected}.",
    """
    SELECT concat_ws(' ', s.folio, n.what) AS subject, max(n.number)::text AS expected,
           count(*)::text AS found
    FROM (SELECT session_id, number, 'entregas' AS what FROM withdrawal
          UNION ALL SELECT session_id, number, 'arqueos' FROM cash_count
          UNION ALL SELECT session_id, number, 'cortes parciales' FROM interim_report) n
    JOIN cash_session s ON s.id = n.session_id
    GROUP BY s.folio, n.what HAVING max(n.number) <> count(*)
    """,
)

VERIFIED = Check(
    "session_verified",
    "Sesiones verificadas con su verificación",
    "La sesión de caja {subject} está en «{found}» y {expected}.",
    """
    SELECT s.folio AS subject, CASE WHEN v.id IS NULL THEN 'no tiene verificación'
                               ELSE 'tiene una verificación' END AS expected, s.state AS found
    FROM cash_session s LEFT JOIN session_verification v ON v.session_id = s.id
    WHERE (s.state = 'verified') <> (v.id IS NOT NULL)
    """,
)

VERIFIED_LINES = Check(
    "verification_lines",
    "Renglones de cada verificación contra su corte",
    "El renglón {subject} de la verificación dice {found}; el corte y el conteo dan {expected} "
    "(declarado, verificado).",
    """
    SELECT concat_ws(' ', c.folio, l.tender) AS subject,
           concat_ws(' / ', l.declared, CASE WHEN l.tender = 'cash' THEN k.total
                                        ELSE v.verified END) AS expected,
           concat_ws(' / ', v.declared, v.verified) AS found
    FROM session_verification n
    JOIN cash_closing c ON c.id = n.closing_id
    JOIN cash_closing_line l ON l.closing_id = c.id
    LEFT JOIN session_verification_line v ON v.verification_id = n.id AND v.tender = l.tender
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(key::numeric * value::integer), 0)::numeric(14, 2) AS total
        FROM jsonb_each_text(n.denominations)) k
    WHERE v.declared IS DISTINCT FROM l.declared
       OR (l.tender = 'cash' AND v.verified IS DISTINCT FROM k.total)
       OR n.session_id <> c.session_id
    """,
)

CHECKS = (
    WITHDRAWAL_COUNT, WITHDRAWAL_CLOSED, TWO_PEOPLE, NUMBERS, VERIFIED, VERIFIED_LINES,
)  # fmt: skip
