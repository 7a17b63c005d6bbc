"""The attention queue: no number lost, nobody in two hands, nobody's time or place rewritten."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

NUMBERS = Check(
    "queue_numbers",
    "Turnos numerados sin saltos por letra y día",
    "De la letra {subject} hay {found} turnos y el último número dado es el {expected}.",
    """
    SELECT concat_ws(' ', coalesce(n.prefix, t.prefix), coalesce(n.day, t.day)) AS subject,
           coalesce(n.last_number, 0)::text AS expected,
           concat_ws(' hasta el ', t.given, t.most) AS found
    FROM queue_series n
    FULL JOIN (SELECT business_date AS day, prefix, count(*) AS given, max(number) AS most
               FROM queue_ticket GROUP BY 1, 2) t USING (day, prefix)
    WHERE (t.given, t.most) IS DISTINCT FROM (n.last_number::bigint, n.last_number)
    """,
)

PERIODS = Check(
    "queue_periods",
    "Tiempos de cada trámite, en orden y con pasos permitidos",
    "El trámite {subject} pasó por {found}; {expected}.",
    """
    SELECT t.label || '/' || s.line AS subject, 'los tiempos van seguidos y en orden' AS expected,
           concat_ws(' → ', p.before_state, p.state) AS found
    FROM (SELECT x.*, lag(x.state) OVER w AS before_state, lag(x.at) OVER w AS before_at,
                 row_number() OVER w AS place
          FROM service_period x WINDOW w AS (PARTITION BY x.request_id ORDER BY x.number)) p
    JOIN service_request s ON s.id = p.request_id JOIN queue_ticket t ON t.id = s.ticket_id
    WHERE p.number <> p.place OR p.at < p.before_at
       OR NOT CASE WHEN p.place = 1 THEN p.state = 'waiting'
                   ELSE request_step_allowed(p.before_state, p.state) END
    """,
)

STATE = Check(
    "queue_state",
    "Cada trámite está donde dicen sus tiempos",
    "El trámite {subject} dice {found} y sus tiempos dicen {expected}.",
    """
    SELECT t.label || '/' || s.line AS subject, coalesce(p.state, 'nada') AS expected,
           s.state AS found
    FROM service_request s JOIN queue_ticket t ON t.id = s.ticket_id
    LEFT JOIN LATERAL (SELECT x.state FROM service_period x WHERE x.request_id = s.id
                       ORDER BY x.number DESC LIMIT 1) p ON true
    WHERE s.state IS DISTINCT FROM p.state
    UNION ALL
    SELECT t.label, h.held::text, t.in_hand::text
    FROM queue_ticket t
    CROSS JOIN LATERAL (SELECT coalesce(bool_or(s.state IN ('called', 'serving', 'on_hold')), false)
                        AS held, count(*) AS services
                        FROM service_request s WHERE s.ticket_id = t.id) h
    WHERE t.in_hand <> h.held OR h.services = 0
    """,
)

ONE_AT_A_TIME = Check(
    "queue_one_at_a_time",
    "Nadie en dos ventanillas, ninguna ventanilla con dos personas",
    "{subject} está en manos de alguien desde {found}, y antes lo estaba otro trámite hasta "
    "{expected}.",
    """
    SELECT x.subject, coalesce(x.until_before::text, 'ahora') AS expected, x.began_at::text AS found
    FROM (SELECT k.subject, i.began_at,
                 lag(i.ended_at) OVER w AS until_before, lag(i.request_id) OVER w AS before_id,
                 lag(i.began_at) OVER w AS before_at, i.request_id
          FROM (SELECT v.* FROM service_interval v WHERE v.state IN ('called', 'serving')) i
          JOIN service_request s ON s.id = i.request_id JOIN queue_ticket t ON t.id = s.ticket_id
          CROSS JOIN LATERAL (VALUES (t.label || ' ' || t.business_date),
                                     (i.desk)) AS k (subject)
          WINDOW w AS (PARTITION BY k.subject ORDER BY i.began_at, i.request_id)) x
    WHERE x.before_at IS NOT NULL AND x.before_id <> x.request_id
      AND (x.until_before IS NULL OR x.until_before > x.began_at)
    """,
)

TRANSFERS = Check(
    "queue_transfers",
    "Cada transferencia conserva su persona y su antigüedad",
    "El trámite {subject} viene de otro con antigüedad {expected}; dice {found}.",
    """
    SELECT t.label || '/' || s.line AS subject, p.seniority_at::text AS expected,
           s.seniority_at::text AS found
    FROM service_request s JOIN queue_ticket t ON t.id = s.ticket_id
    JOIN service_request p ON p.id = s.previous_id
    WHERE (s.ticket_id, s.seniority_at, 'transferred')
        IS DISTINCT FROM (p.ticket_id, p.seniority_at, p.state)
    UNION ALL
    SELECT t.label || '/' || s.line, 'un trámite que lo siga', 'ninguno'
    FROM service_request s JOIN queue_ticket t ON t.id = s.ticket_id
    WHERE s.state = 'transferred'
      AND NOT EXISTS (SELECT FROM service_request n WHERE n.previous_id = s.id)
    """,
)

CHECKS = (NUMBERS, PERIODS, STATE, ONE_AT_A_TIME, TRANSFERS)
