"""Files of banks and shops: whole as they came, each row with its fate, each match true."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

CONTROL = Check(
    "channel_control",
    "Archivos de pagos contra su total de control",
    "El archivo {subject} dice {expected} y sus renglones dan {found} (renglones, importe).",
    """
    SELECT f.file_name AS subject, concat_ws(' / ', f.rows, f.amount) AS expected,
           concat_ws(' / ', count(r.id), coalesce(sum(r.amount), 0.00)) AS found
    FROM channel_file f LEFT JOIN channel_row r ON r.file_id = f.id
    GROUP BY f.id HAVING (count(r.id), coalesce(sum(r.amount), 0)) IS DISTINCT FROM
        (f.rows::bigint, f.amount)
    """,
)

FATE = Check(
    "channel_rows",
    "Cada renglón de un archivo de pagos con su pago o su espera",
    "El renglón {subject} es de {expected} y se registró {found}.",
    """
    SELECT f.file_name || '/' || r.line AS subject, concat_ws(' ', r.state, r.amount) AS expected,
           concat_ws(' ', CASE WHEN p.id IS NOT NULL THEN 'posted' END, p.applied,
               CASE WHEN u.id IS NOT NULL THEN 'unidentified' END, u.amount,
               CASE WHEN e.id IS NOT NULL THEN 'repeated' END, e.amount) AS found
    FROM channel_row r
    JOIN channel_file f ON f.id = r.file_id
    LEFT JOIN payment p ON p.id = r.payment_id AND p.session_id = f.session_id
    LEFT JOIN unidentified_payment u ON u.row_id = r.id AND u.session_id = f.session_id
    LEFT JOIN channel_row e ON e.id = r.repeats_id AND e.print = r.print
    WHERE CASE r.state WHEN 'posted' THEN p.applied WHEN 'unidentified' THEN u.amount
              ELSE e.amount END IS DISTINCT FROM r.amount
       OR num_nonnulls(p.id, u.id, e.id) <> 1
    """,
)

ASSIGNED = Check(
    "unidentified_assigned",
    "Pagos identificados contra lo que aplicaron en su cuenta",
    "El pago por identificar {subject} aplicó {expected} y sus aplicaciones suman {found}.",
    """
    SELECT u.id::text AS subject, u.settled AS expected, coalesce(a.amount, 0.00) AS found
    FROM unidentified_payment u
    LEFT JOIN LATERAL (
        SELECT sum(x.amount) AS amount, bool_and(c.account_id = u.account_id) AS own
        FROM allocation x JOIN charge c ON c.id = x.charge_id
        WHERE x.journal_id = u.assigned_journal_id) a ON true
    WHERE u.settled <> coalesce(a.amount, 0) OR NOT coalesce(a.own, true) OR u.settled > u.amount
    """,
)

MATCHES = Check(
    "slip_matches",
    "Fichas conciliadas contra los movimientos del banco",
    "La ficha {subject} es {expected} y su movimiento {found}.",
    """
    SELECT concat_ws('/', d.folio, s.line) AS subject,
           concat_ws(' ', s.bank_account, s.amount) AS expected,
           concat_ws(' ', b.bank_account, l.amount) AS found
    FROM slip_match m
    JOIN deposit_slip s ON s.id = m.slip_id
    JOIN deposit_list d ON d.batch_id = s.batch_id
    JOIN bank_statement_line l ON l.id = m.line_id
    JOIN bank_statement b ON b.id = l.statement_id
    WHERE (s.bank_account, s.amount) IS DISTINCT FROM (b.bank_account, l.amount)
       OR s.deposited_on IS NULL
    """,
)

RECONCILED = Check(
    "deposit_reconciled",
    "Lotes conciliados ficha por ficha",
    "El lote {subject} está en «{found}» y por sus fichas debe estar en «{expected}».",
    """
    SELECT b.id::text AS subject, CASE WHEN x.open = 0 THEN 'reconciled' ELSE 'deposited' END
               AS expected, b.state AS found
    FROM deposit_batch b
    CROSS JOIN LATERAL (
        SELECT count(*) AS open FROM deposit_slip s WHERE s.batch_id = b.id
        AND NOT EXISTS (SELECT FROM slip_match m WHERE m.slip_id = s.id)) x
    WHERE b.state IN ('deposited', 'reconciled') AND (x.open = 0) <> (b.state = 'reconciled')
    """,
)

CHECKS = (CONTROL, FATE, ASSIGNED, MATCHES, RECONCILED)
