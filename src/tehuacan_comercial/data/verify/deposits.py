"""Deposits: what sessions handed over is what slips say and what the books moved (H8)."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

SUMS = Check(
    "deposit_sums",
    "Fichas de depósito contra las sesiones de su lote",
    "El lote {subject} suma {found} en fichas y sus sesiones entregaron {expected}.",
    """
    SELECT concat_ws(' ', l.folio, k.tender) AS subject, k.handed AS expected, k.slips AS found
    FROM deposit_list l
    CROSS JOIN LATERAL (
        SELECT t.tender,
               (SELECT coalesce(sum(d.amount), 0.00) FROM deposit_batch_session m
                CROSS JOIN LATERAL session_deposit(m.session_id) d
                WHERE m.batch_id = l.batch_id AND d.tender = t.tender) AS handed,
               (SELECT coalesce(sum(s.amount), 0.00) FROM deposit_slip s
                WHERE s.batch_id = l.batch_id AND s.tender = t.tender) AS slips
        FROM unnest(ARRAY['cash', 'card', 'transfer', 'cheque']) AS t (tender)) k
    WHERE k.handed <> k.slips
    """,
)

LIST = Check(
    "deposit_list",
    "Fichas de depósito como las congeló su relación",
    "La relación {subject} se selló con {expected} y las fichas del lote dicen {found}.",
    """
    SELECT l.folio AS subject, told.slips AS expected, kept.slips AS found
    FROM deposit_list l
    CROSS JOIN LATERAL (
        SELECT string_agg(concat_ws(' ', x ->> 'line', x ->> 'bank_account', x ->> 'tender',
                   x ->> 'amount'), '; ' ORDER BY (x ->> 'line')::integer) AS slips
        FROM jsonb_array_elements(l.content -> 'slips') AS x) told
    CROSS JOIN LATERAL (
        SELECT string_agg(concat_ws(' ', s.line, s.bank_account, s.tender, s.amount), '; '
                   ORDER BY s.line) AS slips
        FROM deposit_slip s WHERE s.batch_id = l.batch_id) kept
    WHERE told.slips IS DISTINCT FROM kept.slips
    """,
)

STEPS = Check(
    "deposit_steps",
    "Pasos de cada lote de depósito",
    "El lote {subject} está en «{found}» y sus pasos y papeles dicen «{expected}».",
    """
    SELECT b.id::text AS subject, concat_ws(' ', last.state,
               CASE WHEN wrong.steps > 0 THEN '(paso imposible)' END,
               CASE WHEN (l.id IS NULL) <> (b.state IN ('open', 'counting'))
                    THEN '(relación)' END,
               CASE WHEN bank.slips > 0 THEN '(fichas)' END) AS expected, b.state AS found
    FROM deposit_batch b
    LEFT JOIN deposit_list l ON l.batch_id = b.id
    LEFT JOIN LATERAL (SELECT s.state FROM deposit_step s WHERE s.batch_id = b.id
                       ORDER BY s.id DESC LIMIT 1) last ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS steps FROM (
            SELECT s.state, lag(s.state, 1, 'open') OVER (ORDER BY s.id) AS before
            FROM deposit_step s WHERE s.batch_id = b.id) x
        WHERE x.state <> x.before AND NOT deposit_step_allowed(x.before, x.state)) wrong
    CROSS JOIN LATERAL (
        SELECT count(*) AS slips FROM deposit_slip s WHERE s.batch_id = b.id
        AND (s.deposited_on IS NOT NULL) <> (b.state IN ('deposited', 'reconciled'))) bank
    WHERE last.state IS DISTINCT FROM b.state OR wrong.steps > 0 OR bank.slips > 0
       OR (l.id IS NULL) <> (b.state IN ('open', 'counting'))
    """,
)

CHECKS = (SUMS, LIST, STEPS)
