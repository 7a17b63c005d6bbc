"""Cash sessions and closings: one open at a time, a chain, and a corte that says the truth."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

ONE_OPEN = Check(
    "session_one_open",
    "Una sola sesión abierta por caja y por persona",
    "{subject} tiene {found} sesiones de caja sin cerrar.",
    """
    SELECT 'La caja ' || till_code AS subject, '1' AS expected, count(*)::text AS found
    FROM cash_session WHERE state IN ('open', 'counting')
    GROUP BY till_code HAVING count(*) > 1
    UNION ALL
    SELECT 'La persona ' || cashier, '1', count(*)::text
    FROM cash_session WHERE state IN ('open', 'counting')
    GROUP BY cashier HAVING count(*) > 1
    """,
)

SESSION_CHAIN = Check(
    "session_chain",
    "Sesiones de cada caja, una tras otra",
    "La sesión de caja {subject} sigue a {found}; debe seguir a {expected}.",
    """
    SELECT s.folio AS subject, right_one.folio AS expected, named.folio AS found
    FROM (SELECT id, folio, previous_session_id,
                 lag(id) OVER (PARTITION BY till_code ORDER BY id) AS before
          FROM cash_session) s
    LEFT JOIN cash_session right_one ON right_one.id = s.before
    LEFT JOIN cash_session named ON named.id = s.previous_session_id
    WHERE s.previous_session_id IS DISTINCT FROM s.before
    """,
)

# Five minutes of grace: a session may be opened in the last instant before midnight.
SESSION_DAY = Check(
    "session_day",
    "Fecha de operación de cada sesión de caja",
    "La sesión de caja {subject} se abrió el {expected} y dice ser del {found}.",
    """
    SELECT folio AS subject, (opened_at AT TIME ZONE 'America/Mexico_City')::date::text AS expected,
           business_date::text AS found
    FROM cash_session
    WHERE business_date NOT IN (
        (opened_at AT TIME ZONE 'America/Mexico_City')::date,
        ((opened_at - interval '5 minutes') AT TIME ZONE 'America/Mexico_City')::date)
    """,
)

SESSION_STATE = Check(
    "session_state",
    "Sesiones cerradas con su corte",
    "La sesión de caja {subject} está en «{found}» y {expected}.",
    """
    SELECT s.folio AS subject,
           CASE WHEN c.id IS NULL THEN 'no tiene corte' ELSE 'ya tiene el corte ' || c.folio END
               AS expected,
           s.state || coalesce(' ' || s.closed_at, '') AS found
    FROM cash_session s LEFT JOIN cash_closing c ON c.session_id = s.id
        AND NOT EXISTS (SELECT FROM session_reopening o WHERE o.closing_id = c.id)
    WHERE (s.state IN ('closed', 'verified')) <> (c.id IS NOT NULL)
       OR (s.closed_at IS NOT NULL) <> (c.id IS NOT NULL)
    """,
)

FLOAT_COUNT = Check(
    "session_float",
    "Fondo contado por denominación",
    "El fondo de la sesión de caja {subject} dice {found} y sus piezas suman {expected}.",
    """
    SELECT s.folio AS subject, coalesce(d.total, 0.00) AS expected, s.opening_counted AS found
    FROM cash_session s
    CROSS JOIN LATERAL (SELECT sum(key::numeric * value::integer) AS total
                        FROM jsonb_each_text(s.opening_count)) d
    WHERE s.opening_counted <> coalesce(d.total, 0)
    """,
)

CLOSING_LINES = Check(
    "closing_lines",
    "Renglones de cada corte contra el corte impreso",
    "El renglón {subject} dice {found} y el corte impreso dice {expected} "
    "(esperado, declarado, diferencia).",
    """
    SELECT concat_ws(' ', c.folio, coalesce(l.tender, t.tender)) AS subject,
           concat_ws(' / ', t.expected, t.declared, t.difference) AS expected,
           concat_ws(' / ', l.expected, l.declared, l.difference) AS found
    FROM (SELECT k.id, p.*
          FROM cash_closing k CROSS JOIN jsonb_to_recordset(k.content -> 'tenders')
              AS p (tender text, expected numeric, declared numeric, difference numeric)) t
    FULL JOIN cash_closing_line l ON l.closing_id = t.id AND l.tender = t.tender
    JOIN cash_closing c ON c.id = coalesce(l.closing_id, t.id)
    WHERE (l.expected, l.declared, l.difference)
        IS DISTINCT FROM (t.expected, t.declared, t.difference)
    """,
)

CLOSING_ARITHMETIC = Check(
    "closing_arithmetic",
    "Diferencia de cada corte",
    "El renglón {subject} dice una diferencia de {found}; declarado menos esperado es {expected}.",
    """
    SELECT c.folio || ' ' || l.tender AS subject, l.declared - l.expected AS expected,
           l.difference AS found
    FROM cash_closing_line l JOIN cash_closing c ON c.id = l.closing_id
    WHERE l.difference <> l.declared - l.expected
    """,
)

CLOSING_EXPECTED = Check(
    "closing_expected",
    "Esperado de cada corte recalculado de pagos y entregas",
    "El corte {subject} dice que se esperaban {found}; pagos y entregas dan {expected}.",
    """
    SELECT k.folio || ' ' || k.tender AS subject, k.facts AS expected, k.expected AS found
    FROM (
        SELECT c.folio, l.tender, l.expected,
               coalesce(p.applied, 0.00)
                   - coalesce((SELECT sum(f.amount) FROM receipt_refund f
                               WHERE f.session_id = c.session_id AND f.way = l.tender), 0.00)
                   + coalesce((SELECT sum(CASE h.to_session_id WHEN c.session_id THEN i.amount
                                          ELSE -i.amount END)
                               FROM handover h JOIN handover_item i ON i.handover_id = h.id
                               WHERE c.session_id IN (h.from_session_id, h.to_session_id)
                                 AND i.tender = l.tender AND i.state = 'accepted'), 0.00)
                   + CASE l.tender WHEN 'cash' THEN s.opening_counted - (
                       SELECT coalesce(sum(w.amount), 0.00) FROM withdrawal w
                       WHERE w.session_id = s.id AND w.state = 'accepted') + (
                       SELECT coalesce(sum(r.amount), 0.00) FROM shortage_settlement r
                       WHERE r.into_session_id = s.id)
                   ELSE 0.00 END AS facts
        FROM cash_closing c
        JOIN cash_session s ON s.id = c.session_id
        JOIN cash_closing_line l ON l.closing_id = c.id
        LEFT JOIN (SELECT p.session_id, t.kind, sum(t.applied) AS applied
                   FROM payment p JOIN payment_tender t ON t.payment_id = p.id
                   GROUP BY p.session_id, t.kind) p
            ON p.session_id = c.session_id AND p.kind = l.tender) AS k
    WHERE k.expected <> k.facts
    """,
)

CLOSING_DECLARED = Check(
    "closing_declared",
    "Declarado de cada corte contra el arqueo firmado",
    "El corte {subject} dice que se declararon {found}; el arqueo firmado dice {expected}.",
    """
    SELECT k.folio || ' ' || k.tender AS subject, k.counted AS expected, k.declared AS found
    FROM (
        SELECT c.folio, l.tender, l.declared,
               CASE l.tender WHEN 'cash' THEN
                   (SELECT coalesce(sum(key::numeric * value::integer), 0)::numeric(14, 2)
                    FROM jsonb_each_text(n.denominations))
               ELSE (n.declared ->> l.tender)::numeric END AS counted
        FROM cash_closing c
        JOIN cash_count n ON n.id = c.count_id AND n.session_id = c.session_id
        JOIN cash_closing_line l ON l.closing_id = c.id) AS k
    WHERE k.declared IS DISTINCT FROM k.counted
    """,
)

CLOSING_PERMIT = Check(
    "closing_permit",
    "Cortes fuera de tolerancia, autorizados",
    "El corte {subject} difiere {found}, más que la tolerancia de {expected}, y nadie lo autorizó.",
    """
    SELECT c.folio AS subject, (c.content ->> 'tolerance')::numeric AS expected, d.gap AS found
    FROM cash_closing c
    CROSS JOIN LATERAL (SELECT coalesce(sum(abs(l.difference)), 0.00) AS gap
                        FROM cash_closing_line l WHERE l.closing_id = c.id) d
    LEFT JOIN authorisation a ON a.id = c.authorisation_id AND a.kind = 'closing_tolerance'
        AND a.state = 'approved' AND a.subject_id = c.session_id
        AND a.facts ->> 'count_id' = c.count_id::text
    WHERE a.id IS NULL
      AND (c.authorisation_id IS NOT NULL OR (c.content ->> 'tolerance')::numeric < d.gap
           OR (c.content ->> 'counts')::integer > 2)
    """,
)

CLOSING_TOTALS = Check(
    "closing_totals",
    "Totales de cada corte recalculados de los pagos",
    "El corte {subject} dice {found}; los pagos de su sesión dan {expected} "
    "(recibos, aplicado, saldo a favor, redondeo, cobrado).",
    """
    SELECT * FROM (
        SELECT c.folio AS subject,
               concat_ws(' / ', count(p.id), coalesce(sum(p.settled), 0.00),
                         coalesce(sum(p.advance), 0.00), coalesce(sum(p.rounding), 0.00),
                         coalesce(sum(p.applied), 0.00)) AS expected,
               concat_ws(' / ', c.content ->> 'receipts', c.content ->> 'settled',
                         c.content ->> 'advance', c.content ->> 'rounding',
                         c.content ->> 'applied') AS found
        FROM cash_closing c LEFT JOIN payment p ON p.session_id = c.session_id
        GROUP BY c.id) AS told
    WHERE expected <> found
    """,
)

CHECKS = (
    ONE_OPEN, SESSION_CHAIN, SESSION_DAY, SESSION_STATE, FLOAT_COUNT, CLOSING_LINES,
    CLOSING_ARITHMETIC, CLOSING_EXPECTED, CLOSING_DECLARED, CLOSING_PERMIT, CLOSING_TOTALS,
)  # fmt: skip
