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
    "En {subject} aparece {found}: lo hace quien no entregó, cobró ni cerró; solo quien entregó "
    "regresa a su caja.",
    """
    SELECT w.folio AS subject, '' AS expected, w.decided_by AS found
    FROM withdrawal w JOIN cash_session s ON s.id = w.session_id
    WHERE CASE w.state WHEN 'withdrawn' THEN w.decided_by <> w.sent_by
          ELSE w.decided_by IN (w.sent_by, s.cashier) END
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
    LEFT JOIN session_takeover t ON t.session_id = s.id AND t.taken_at < c.closed_at
    WHERE c.closed_by <> coalesce(t.taken_by, s.cashier)
    """,
)

NUMBERS = Check(
    "custody_numbers",
    "Entregas, relevos, arqueos y cortes parciales numerados sin saltos",
    "En la sesión de caja {subject} hay {found} y el último número es el {expected}.",
    """
    SELECT concat_ws(' ', s.folio, n.what) AS subject, max(n.number)::text AS expected,
           count(*)::text AS found
    FROM (SELECT session_id, number, 'entregas' AS what FROM withdrawal
          UNION ALL SELECT session_id, number, 'arqueos' FROM cash_count
          UNION ALL SELECT from_session_id, number, 'relevos' FROM handover
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

HANDOVER_ITEMS = Check(
    "handover_items",
    "Renglones de cada relevo contra sus piezas y comprobantes",
    "El renglón {subject} del relevo dice {found}; sus piezas o su comprobante dicen {expected}.",
    """
    SELECT h.folio || '/' || i.line AS subject, concat_ws(' ', i.tender, d.total) AS expected,
           concat_ws(' ', i.tender, i.amount) AS found
    FROM handover_item i JOIN handover h ON h.id = i.handover_id
    CROSS JOIN LATERAL (
        SELECT (SELECT coalesce(sum(key::numeric * value::integer), 0)::numeric(14, 2)
                FROM jsonb_each_text(i.denominations)) AS total
        UNION ALL
        SELECT (SELECT coalesce(sum(key::numeric * value::integer), 0)::numeric(14, 2)
                FROM jsonb_each_text(i.received)) WHERE i.state = 'accepted') d
    WHERE i.tender = 'cash' AND i.amount <> d.total
    UNION ALL
    SELECT h.folio || '/' || i.line, concat_ws(' ', t.kind, t.applied, t.reference),
           concat_ws(' ', i.tender, i.amount, i.reference)
    FROM handover_item i JOIN handover h ON h.id = i.handover_id
    LEFT JOIN payment_tender t ON t.payment_id = i.payment_id AND t.line = i.tender_line
    WHERE i.tender <> 'cash'
      AND (t.kind, t.applied, t.reference) IS DISTINCT FROM (i.tender, i.amount, i.reference)
    """,
)

HANDOVER_PATH = Check(
    "handover_path",
    "Cada comprobante relevado estaba en la caja que lo entregó",
    "El renglón {subject} lo entregó la sesión {found}; el comprobante estaba en la {expected}.",
    """
    SELECT i.subject, held.folio AS expected, gave.folio AS found
    FROM (SELECT h.folio || '/' || x.line AS subject, h.from_session_id, coalesce(
                     lag(h.to_session_id) OVER (
                         PARTITION BY x.payment_id, x.tender_line ORDER BY x.id),
                     p.session_id) AS holder
          FROM handover_item x
          JOIN handover h ON h.id = x.handover_id
          JOIN payment p ON p.id = x.payment_id
          WHERE x.state = 'accepted') i
    JOIN cash_session held ON held.id = i.holder
    JOIN cash_session gave ON gave.id = i.from_session_id
    WHERE i.holder <> i.from_session_id
    """,
)

HANDOVER_CLOSED = Check(
    "handover_closed",
    "Sin relevos en tránsito en sesiones cerradas, ni respondidos por quien entregó",
    "El renglón {subject} está «{found}»; {expected}.",
    """
    SELECT h.folio || '/' || i.line AS subject, 'la sesión ' || s.folio || ' cerró '
               || s.closed_at AS expected, i.state AS found
    FROM handover_item i JOIN handover h ON h.id = i.handover_id
    JOIN cash_session s ON s.id IN (h.from_session_id, h.to_session_id)
    WHERE s.closed_at IS NOT NULL AND (i.state = 'in_transit' OR i.decided_at > s.closed_at)
    UNION ALL
    SELECT h.folio || '/' || i.line, 'quien entregó es ' || h.sent_by, i.state
    FROM handover_item i JOIN handover h ON h.id = i.handover_id
    WHERE (i.decided_by = h.sent_by) <> (i.state = 'withdrawn')
    """,
)

REOPENED = Check(
    "session_reopened",
    "Reaperturas autorizadas, y cada corte nuevo nombra al que sustituye",
    "El corte {subject}: {found}; debe ser {expected}.",
    """
    SELECT c.folio AS subject, 'una reapertura autorizada' AS expected,
           coalesce(a.kind || ' ' || a.state, 'sin autorización') AS found
    FROM session_reopening o
    JOIN cash_closing c ON c.id = o.closing_id
    LEFT JOIN authorisation a ON a.id = o.authorisation_id
    WHERE o.session_id <> c.session_id OR (a.kind, a.state, a.subject_id, a.decided_by)
        IS DISTINCT FROM ('reopen_session', 'approved', o.session_id, o.reopened_by)
    UNION ALL
    SELECT c.folio, 'sustituye a ' || coalesce(b.folio, 'ninguno'),
           'sustituye a ' || coalesce(c.content ->> 'replaces', 'ninguno')
    FROM cash_closing c
    LEFT JOIN session_reopening o ON o.closing_id = c.replaces_id AND o.session_id = c.session_id
    LEFT JOIN cash_closing b ON b.id = o.closing_id
    WHERE (c.replaces_id IS NULL) <> (o.id IS NULL)
       OR c.content ->> 'replaces' IS DISTINCT FROM b.folio
    """,
)

CHECKS = (
    HANDOVER_ITEMS, HANDOVER_PATH, HANDOVER_CLOSED, REOPENED,
    WITHDRAWAL_COUNT, WITHDRAWAL_CLOSED, TWO_PEOPLE, NUMBERS, VERIFIED, VERIFIED_LINES,
)  # fmt: skip
