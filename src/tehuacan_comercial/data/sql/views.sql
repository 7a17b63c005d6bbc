-- What is read through a view because the table behind it holds more than a job may see (N6).

-- A customer with identity numbers masked outside the jobs that need them (datos personales).
CREATE OR REPLACE VIEW commercial.customer_card WITH (security_barrier) AS
SELECT c.id, c.kind, c.full_name,
       CASE WHEN j.sees THEN c.rfc ELSE left(c.rfc, 4) || repeat('•', length(c.rfc) - 4) END AS rfc,
       CASE WHEN j.sees THEN c.curp ELSE left(c.curp, 4) || repeat('•', length(c.curp) - 4) END
           AS curp,
       CASE WHEN j.sees THEN c.phone ELSE repeat('•', greatest(length(c.phone) - 4, 0))
           || right(c.phone, 4) END AS phone,
       CASE WHEN j.sees THEN c.email ELSE left(c.email, 2) || '•••' END AS email
FROM commercial.customer c
CROSS JOIN (SELECT commercial.holds_job('registry', 'manager', 'director', 'auditor') AS sees) j;
