"""Vouchers: balanced, frozen, by two people, and of a day that stays as it was verified (I1–I6)."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

BALANCED = Check(
    "voucher_balanced",
    "Pólizas con cargos iguales a los abonos",
    "La póliza {subject} suma {expected} de cargos y {found} de abonos.",
    """
    SELECT v.folio || ' (' || s.section || ')' AS subject, coalesce(sum(l.debit), 0) AS expected,
           coalesce(sum(l.credit), 0) AS found
    FROM voucher v
    CROSS JOIN (VALUES ('books'), ('budget')) AS s (section)
    LEFT JOIN voucher_line l ON l.voucher_id = v.id AND l.section = s.section
    GROUP BY v.id, v.folio, s.section
    HAVING coalesce(sum(l.debit), 0) <> coalesce(sum(l.credit), 0)
        OR s.section = 'books' AND coalesce(sum(l.debit), 0) <> v.debit
        OR v.debit <> v.credit
    """,
)

LINES = Check(
    "voucher_lines",
    "Renglones de cada póliza como se congelaron",
    "La póliza {subject} se selló con {expected} y sus renglones dicen {found}.",
    """
    SELECT v.folio AS subject, told.lines AS expected, kept.lines AS found
    FROM voucher v
    CROSS JOIN LATERAL (
        SELECT coalesce(string_agg(concat_ws(' ', x ->> 'section', x ->> 'account', x ->> 'debit',
                   x ->> 'credit'), '; ' ORDER BY n), '') AS lines
        FROM jsonb_array_elements(v.content -> 'lines') WITH ORDINALITY AS e (x, n)) told
    CROSS JOIN LATERAL (
        SELECT coalesce(string_agg(concat_ws(' ', l.section, l.account, l.debit, l.credit), '; '
                   ORDER BY l.line), '') AS lines
        FROM voucher_line l WHERE l.voucher_id = v.id) kept
    WHERE told.lines <> kept.lines
    """,
)

TWO_PEOPLE = Check(
    "voucher_two_people",
    "Pólizas revisadas por otra persona",
    "La póliza {subject} la elaboró y la revisó la misma persona: {found}.",
    """
    SELECT folio AS subject, issued_by AS expected, decided_by AS found
    FROM voucher WHERE decided_by = issued_by
    """,
)

VERSIONS = Check(
    "voucher_versions",
    "Una póliza por día y tipo; cada versión sigue a una devuelta",
    "La póliza {subject} debe seguir a {expected} y sigue a {found}.",
    """
    SELECT v.folio AS subject, coalesce(before.folio || ' (returned)', '') AS expected,
           coalesce(named.folio || ' (' || named.state || ')', '') AS found
    FROM voucher v
    LEFT JOIN voucher named ON named.id = v.previous_id
    LEFT JOIN voucher before ON before.kind = v.kind AND before.business_date = v.business_date
        AND before.version = v.version - 1
    WHERE named.id IS DISTINCT FROM before.id OR named.state <> 'returned'
       OR v.version > 1 AND before.id IS NULL
    """,
)

BOOKS = Check(
    "voucher_books",
    "Pólizas verificadas contra los asientos de su día",
    "La póliza {subject} está verificada por {expected} y los asientos de su día dicen {found}.",
    """
    SELECT v.folio AS subject, v.debit AS expected, now_books.total AS found
    FROM voucher v
    JOIN office_setting s ON s.rule_set_id = v.map_id AND s.key = 'accounting_map'
    CROSS JOIN LATERAL (SELECT voucher_lines(v.kind, v.business_date, s.value) AS lines) n
    CROSS JOIN LATERAL (
        SELECT coalesce(sum((x ->> 'debit')::numeric), 0.00) AS total
        FROM jsonb_array_elements(n.lines) x WHERE x ->> 'section' = 'books') now_books
    WHERE v.state IN ('verified', 'exported') AND n.lines <> v.content -> 'lines'
    """,
)

EXPORTED = Check(
    "voucher_exported",
    "Pólizas exportadas con su archivo registrado",
    "La póliza {subject} está en «{expected}» y tiene {found} archivos registrados.",
    """
    SELECT v.folio AS subject, v.state AS expected, count(x.id)::text AS found
    FROM voucher v LEFT JOIN voucher_export x ON x.voucher_id = v.id
    GROUP BY v.id, v.folio, v.state HAVING (count(x.id) > 0) <> (v.state = 'exported')
    """,
)

CHECKS = (BALANCED, LINES, TWO_PEOPLE, VERSIONS, BOOKS, EXPORTED)
