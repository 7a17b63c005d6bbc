-- DEMOSTRACIÓN. What was billed and accrued today for the past is dated then, so that the books of
-- the demonstration read as two years of work. Only here, and only as the owner of the tables.

ALTER TABLE commercial.journal DISABLE TRIGGER forbid_change;
ALTER TABLE commercial.billing_run DISABLE TRIGGER forbid_change;
ALTER TABLE commercial.credit_movement DISABLE TRIGGER forbid_change;
WITH dated AS (
    SELECT c.journal_id, min(c.issued_on) AS day FROM commercial.charge c
    WHERE c.source <> 'opening' GROUP BY c.journal_id
    UNION ALL
    SELECT a.journal_id, min(c.issued_on) FROM commercial.allocation a
    JOIN commercial.charge c ON c.id = a.charge_id
    JOIN commercial.journal j ON j.id = a.journal_id AND j.kind = 'credit' GROUP BY a.journal_id
    UNION ALL
    SELECT j.id, (SELECT min(p.starts_on) FROM commercial.billing_period p)
    FROM commercial.journal j WHERE j.kind = 'opening'
)
UPDATE commercial.journal j SET business_date = d.day,
    posted_at = (d.day + time '18:00') AT TIME ZONE 'America/Mexico_City'
FROM dated d WHERE d.journal_id = j.id AND j.business_date <> d.day;
UPDATE commercial.billing_run r SET
    posted_at = (p.issued_on + time '18:00') AT TIME ZONE 'America/Mexico_City'
FROM commercial.billing_period p WHERE p.code = r.period_code;
UPDATE commercial.credit_movement m SET created_at = j.posted_at
FROM commercial.journal j WHERE j.id = m.journal_id AND m.created_at <> j.posted_at;
UPDATE commercial.billing_period p SET state = 'closed'
WHERE EXISTS (SELECT FROM commercial.billing_period later WHERE later.starts_on > p.starts_on);
ALTER TABLE commercial.journal ENABLE TRIGGER forbid_change;
ALTER TABLE commercial.billing_run ENABLE TRIGGER forbid_change;
ALTER TABLE commercial.credit_movement ENABLE TRIGGER forbid_change;
