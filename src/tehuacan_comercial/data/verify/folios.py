"""Folios without gaps or repeats, and the chain of hashes of receipts and closings (D6, N4)."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

# Everything that took a folio and is chained: receipts, closings, vouchers, lists of slips,
# transfers of payments, shortages put back in cash, each in its own series.
NUMBERED = """
    SELECT series, number, folio, content, previous_hash, hash FROM receipt
    UNION ALL
    SELECT series, number, folio, content, previous_hash, hash FROM cash_closing
    UNION ALL
    SELECT series, number, folio, content, previous_hash, hash FROM voucher
    UNION ALL
    SELECT series, number, folio, content, previous_hash, hash FROM deposit_list
    UNION ALL
    SELECT series, number, folio, content, previous_hash, hash FROM payment_transfer
    UNION ALL
    SELECT series, number, folio, content, previous_hash, hash FROM shortage_settlement
    WHERE way = 'cash'
"""

SEQUENCE = Check(
    "folio_sequence",
    "Folios sin saltos ni repeticiones",
    "En la serie de folios falta o se repite un número: después de {expected} sigue {subject}.",
    f"""
    SELECT folio AS subject, series || '-' || before AS expected, folio AS found
    FROM (SELECT series, number, folio, coalesce(
              lag(number) OVER (PARTITION BY series ORDER BY number), 0) AS before
          FROM ({NUMBERED}) AS d) AS s
    WHERE number <> before + 1
    """,
)

LAST_NUMBER = Check(
    "folio_last",
    "Último folio de cada serie",
    "La serie {subject} dice que su último folio es el {found} y el último documento es el "
    "{expected}.",
    f"""
    SELECT s.code AS subject, coalesce(d.last, 0)::text AS expected, s.last_number::text AS found
    FROM folio_series s
    LEFT JOIN (SELECT series, max(number) AS last FROM ({NUMBERED}) AS n GROUP BY series) d
        ON d.series = s.code
    WHERE s.last_number <> coalesce(d.last, 0)
    """,
)

FOLIO_TEXT = Check(
    "folio_text",
    "Folio impreso de cada documento",
    "El documento {found} debe llevar el folio {expected}.",
    f"""
    SELECT folio AS subject, right_one AS expected,
           concat_ws(' / ', folio, content ->> 'folio') AS found
    FROM (SELECT d.*, d.series || '-' || lpad(d.number::text,
                     greatest(6, length(d.number::text)), '0') AS right_one
          FROM ({NUMBERED}) AS d) AS n
    WHERE folio <> right_one OR content ->> 'folio' IS DISTINCT FROM right_one
    """,
)

CONTENT_HASH = Check(
    "chain_content",
    "Huella del contenido de cada recibo de caja y corte",
    "El contenido de {subject} no es el que se selló: su huella debía ser {found} y es {expected}.",
    f"""
    SELECT folio AS subject, left(computed, 12) AS expected, left(hash, 12) AS found
    FROM (SELECT d.folio, d.hash,
                 encode(sha256(convert_to(d.previous_hash || d.content::text, 'UTF8')), 'hex')
                     AS computed
          FROM ({NUMBERED}) AS d) AS n
    WHERE computed <> hash
    """,
)

LINK = Check(
    "chain_link",
    "Cadena de huellas de cada serie",
    "{subject} debe enlazar con la huella {expected} del documento anterior y enlaza con {found}.",
    f"""
    SELECT folio AS subject, left(before, 12) AS expected, left(previous_hash, 12) AS found
    FROM (SELECT folio, previous_hash, coalesce(
              lag(hash) OVER (PARTITION BY series ORDER BY number), '') AS before
          FROM ({NUMBERED}) AS d) AS n
    WHERE previous_hash <> before
    """,
)

HEAD = Check(
    "chain_head",
    "Cabeza de la cadena de cada serie",
    "La serie {subject} termina en la huella {found} y su último documento tiene la {expected}.",
    f"""
    SELECT s.code AS subject, left(coalesce(d.hash, ''), 12) AS expected,
           left(s.chain_head, 12) AS found
    FROM folio_series s
    LEFT JOIN (SELECT DISTINCT ON (series) series, hash FROM ({NUMBERED}) AS n
               ORDER BY series, number DESC, folio DESC) d ON d.series = s.code
    WHERE s.chain_head <> coalesce(d.hash, '')
    """,
)

PRINTED_HEAD = Check(
    "closing_chain_head",
    "Huella del último recibo de caja impresa en cada corte",
    "El corte {subject} lleva impresa la huella {found}; el último recibo de su sesión tiene la "
    "{expected}.",
    """
    SELECT c.folio AS subject, left(coalesce(r.hash, ''), 12) AS expected,
           left(c.content ->> 'chain_head', 12) AS found
    FROM cash_closing c
    LEFT JOIN (SELECT DISTINCT ON (session_id) session_id, hash FROM receipt
               ORDER BY session_id, number DESC, id DESC) r ON r.session_id = c.session_id
    WHERE c.content ->> 'chain_head' IS DISTINCT FROM coalesce(r.hash, '')
    """,
)

COPIES = Check(
    "issued_copies",
    "Original y reimpresiones numeradas",
    "De {subject} se emitieron {expected} hojas y la última dice ser la reimpresión {found}.",
    """
    SELECT kind || ' ' || subject_id AS subject, count(*)::text AS expected,
           max(copy_number)::text AS found
    FROM issued_document
    GROUP BY kind, subject_id HAVING count(*) <> max(copy_number) + 1
    """,
)

CHECKS = (SEQUENCE, LAST_NUMBER, FOLIO_TEXT, CONTENT_HASH, LINK, HEAD, PRINTED_HEAD, COPIES)
