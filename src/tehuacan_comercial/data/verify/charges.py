"""Open items: what was settled of each charge, credit balances, surcharges and bills."""

from __future__ import annotations

from tehuacan_comercial.data.verify.check import Check

SETTLED = Check(
    "charge_settled",
    "Cubierto de cada cargo contra sus aplicaciones",
    "El cargo {subject} dice cubierto {found} y sus aplicaciones suman {expected}.",
    """
    SELECT c.id::text AS subject, coalesce(a.amount, 0.00) AS expected, c.settled AS found
    FROM charge c
    LEFT JOIN (SELECT charge_id, sum(amount) AS amount FROM allocation GROUP BY charge_id) a
        ON a.charge_id = c.id
    WHERE c.settled <> coalesce(a.amount, 0)
    """,
)

OVER_SETTLED = Check(
    "charge_over_settled",
    "Cargos que no se cobran de más",
    "El cargo {subject} es de {expected} y se le aplicaron {found}.",
    """
    SELECT c.id::text AS subject, c.total AS expected, a.amount AS found
    FROM (SELECT charge_id, sum(amount) AS amount FROM allocation GROUP BY charge_id) a
    JOIN charge c ON c.id = a.charge_id
    WHERE a.amount > c.total
    """,
)

OWN_ACCOUNT = Check(
    "allocation_account",
    "Pagos aplicados a cargos de su propia cuenta",
    "La aplicación {subject} cubre un cargo de la cuenta {found} con un pago de la cuenta "
    "{expected}.",
    """
    SELECT a.id::text AS subject, mine.account_number AS expected, theirs.account_number AS found
    FROM allocation a
    JOIN charge c ON c.id = a.charge_id
    JOIN payment p ON p.journal_id = a.journal_id
    JOIN account mine ON mine.id = p.account_id
    JOIN account theirs ON theirs.id = c.account_id
    WHERE c.account_id <> p.account_id
    """,
)

CREDIT_NEVER_NEGATIVE = Check(
    "credit_negative",
    "Saldos a favor que nunca quedan en contra",
    "El saldo a favor de la cuenta {subject} quedó en {found}.",
    """
    SELECT a.account_number AS subject, 0.00 AS expected, min(m.balance) AS found
    FROM (SELECT account_id, sum(amount) OVER (PARTITION BY account_id ORDER BY id) AS balance
          FROM credit_movement) m
    JOIN account a ON a.id = m.account_id
    WHERE m.balance < 0 GROUP BY a.account_number
    """,
)

SURCHARGE_CAP = Check(
    "surcharge_cap",
    "Recargos dentro de su tope",
    "Los recargos del cargo {subject} suman {found} y su tope es {expected}.",
    """
    SELECT p.id::text AS subject, s.cap AS expected, s.charged AS found
    FROM (
        SELECT c.parent_charge_id, sum(c.amount) AS charged,
               max(round(r.cap_ratio * CASE r.base WHEN 'principal' THEN p.amount
                                                   ELSE p.total END, 2)) AS cap
        FROM charge c
        JOIN charge p ON p.id = c.parent_charge_id
        JOIN surcharge_rate r ON r.rule_set_id = c.rule_set_id AND r.concept = p.concept
        GROUP BY c.parent_charge_id
        HAVING bool_and(r.cap_ratio IS NOT NULL)) s
    JOIN charge p ON p.id = s.parent_charge_id
    WHERE s.charged > s.cap
    """,
)

SURCHARGE_PARENT = Check(
    "surcharge_parent",
    "Recargos en la cuenta de su cargo",
    "El recargo {subject} está en la cuenta {found} y su cargo en la cuenta {expected}.",
    """
    SELECT c.id::text AS subject, mine.account_number AS expected, theirs.account_number AS found
    FROM charge c
    JOIN charge p ON p.id = c.parent_charge_id
    JOIN account mine ON mine.id = p.account_id
    JOIN account theirs ON theirs.id = c.account_id
    WHERE c.account_id <> p.account_id
    """,
)

CHECKS = (
    SETTLED, OVER_SETTLED, OWN_ACCOUNT, CREDIT_NEVER_NEGATIVE, SURCHARGE_CAP, SURCHARGE_PARENT,
)  # fmt: skip
