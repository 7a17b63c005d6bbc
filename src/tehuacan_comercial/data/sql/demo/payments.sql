-- DEMOSTRACIÓN. A batch of past payments, set-based: what post_payment writes one at a time, with
-- the dates of then. Run by the owner of the tables inside the demonstration's transaction, over
-- the rows copied into pg_temp.demo_payment; nothing of this stays in the database.

CREATE FUNCTION pg_temp.chain_step(state text, head text, content text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$ SELECT encode(sha256(convert_to(coalesce(state, head) || content, 'UTF8')), 'hex') $$;
CREATE AGGREGATE pg_temp.chained(text, text) (SFUNC = pg_temp.chain_step, STYPE = text);

-- What each payment settles: oldest first, in the order of the concepts (aplicación).
CREATE TEMPORARY TABLE demo_part ON COMMIT DROP AS
SELECT p.account_id, c.id AS charge_id, c.total, c.settled AS before, c.tax, c.concept,
       c.tax_rate, c.period_code, coalesce(c.due_on, c.issued_on) AS due, k.settlement_order,
       k.name, least(c.total - c.settled, greatest(0, p.up_to + (c.total - c.settled) - sum(
           c.total - c.settled) OVER (PARTITION BY c.account_id ORDER BY
           coalesce(c.due_on, c.issued_on), k.settlement_order, c.id))) AS amount
FROM pg_temp.demo_payment p
JOIN commercial.charge c ON c.account_id = p.account_id AND c.settled < c.total
JOIN commercial.concept k ON k.code = c.concept;
DELETE FROM pg_temp.demo_part WHERE amount <= 0;
-- Nobody comes for less than a peso, which in cash might round to nothing.
DELETE FROM pg_temp.demo_part a WHERE a.account_id IN (
    SELECT p.account_id FROM pg_temp.demo_part p GROUP BY p.account_id HAVING sum(p.amount) < 1);
ANALYZE pg_temp.demo_part;

-- A session for each till and day, closed as it would have been (sesiones de caja).
CREATE TEMPORARY TABLE demo_session ON COMMIT DROP AS
SELECT nextval('commercial.cash_session_id_seq') AS id, d.till, d.day,
       md5('sesión ' || d.till || d.day)::uuid AS command_id
FROM (SELECT DISTINCT till, (paid_at AT TIME ZONE 'America/Mexico_City')::date AS day
      FROM pg_temp.demo_payment p
      WHERE EXISTS (SELECT FROM pg_temp.demo_part a WHERE a.account_id = p.account_id)
      ORDER BY day, till) d;
INSERT INTO commercial.cash_session (
    id, command_id, fingerprint, folio, till_code, cashier, station, business_date, state,
    opening_expected, opening_counted, opening_count, previous_session_id, opened_at, closed_at)
OVERRIDING SYSTEM VALUE
SELECT s.id, s.command_id, encode(sha256(convert_to(s.command_id::text, 'UTF8')), 'hex'),
       s.till || '-' || to_char(s.day, 'YYMMDD') || '-1', s.till, c.cashier, t.station, s.day,
       'closed', 500.00, 500.00, '{"200": 1, "100": 2, "50": 1, "20": 2, "10": 1}',
       coalesce(lag(s.id) OVER (PARTITION BY s.till ORDER BY s.day),
                (SELECT max(o.id) FROM commercial.cash_session o WHERE o.till_code = s.till)),
       (s.day + time '08:25') AT TIME ZONE 'America/Mexico_City',
       (s.day + time '16:20') AT TIME ZONE 'America/Mexico_City'
FROM pg_temp.demo_session s
JOIN commercial.till t ON t.code = s.till
JOIN pg_temp.demo_cashier c ON c.till = s.till
ORDER BY s.id;

-- Amounts, keys and folios; cash is rounded to the step of the rule, in a line of its own.
CREATE TEMPORARY TABLE demo_posted ON COMMIT DROP AS
SELECT x.*, x.settled + x.advance + x.rounding AS applied,
       CASE WHEN x.tender = 'cash' THEN ceil((x.settled + x.advance + x.rounding) / 50) * 50
            ELSE x.settled + x.advance END AS received,
       row_number() OVER (PARTITION BY x.till ORDER BY x.paid_at, x.account_id) AS turn,
       nextval('commercial.payment_id_seq') AS payment_id,
       nextval('commercial.journal_id_seq') AS journal_id
FROM (
    SELECT p.*, s.id AS session_id, s.day, t.receipt_series, q.settled,
           CASE WHEN p.tender = 'cash' AND step.pesos > 0
               THEN round((q.settled + p.advance) / step.pesos) * step.pesos
                    - (q.settled + p.advance) ELSE 0.00 END::numeric(12, 2) AS rounding
    FROM pg_temp.demo_payment p
    JOIN pg_temp.demo_session s ON s.till = p.till
        AND s.day = (p.paid_at AT TIME ZONE 'America/Mexico_City')::date
    JOIN commercial.till t ON t.code = p.till
    JOIN (SELECT account_id, sum(amount) AS settled FROM pg_temp.demo_part GROUP BY account_id) q
        ON q.account_id = p.account_id
    CROSS JOIN (SELECT coalesce((commercial.office_setting_on('cash_rounding_step',
        commercial.office_today()) #>> '{}')::numeric, 0) AS pesos) step
    ORDER BY p.paid_at, p.account_id) x;
ANALYZE pg_temp.demo_posted;

INSERT INTO commercial.journal (id, kind, business_date, memo, posted_by, posted_at)
OVERRIDING SYSTEM VALUE
SELECT p.journal_id, 'payment', p.day, 'Cobro en caja', c.cashier, p.paid_at
FROM pg_temp.demo_posted p JOIN pg_temp.demo_cashier c ON c.till = p.till ORDER BY p.journal_id;
INSERT INTO commercial.journal_line (journal_id, line, ledger_account, amount)
SELECT l.journal_id, row_number() OVER (PARTITION BY l.journal_id ORDER BY l.line),
       l.ledger_account, l.amount
FROM (SELECT p.journal_id, v.line, v.ledger_account, v.amount FROM pg_temp.demo_posted p
      CROSS JOIN LATERAL (VALUES (1, upper(p.tender), p.applied), (2, 'RECEIVABLE', -p.settled),
          (3, 'CUSTOMER_CREDIT', -p.advance), (4, 'ROUNDING', -p.rounding))
          AS v (line, ledger_account, amount)
      WHERE v.amount <> 0) l;

UPDATE commercial.charge c SET settled = c.settled + a.amount
FROM pg_temp.demo_part a WHERE c.id = a.charge_id;
INSERT INTO commercial.allocation (charge_id, journal_id, amount)
SELECT a.charge_id, p.journal_id, a.amount
FROM pg_temp.demo_part a JOIN pg_temp.demo_posted p USING (account_id)
ORDER BY p.journal_id, a.due, a.settlement_order, a.charge_id;
INSERT INTO commercial.credit_movement (account_id, journal_id, amount, created_at)
SELECT account_id, journal_id, advance, paid_at
FROM pg_temp.demo_posted WHERE advance > 0 ORDER BY journal_id;

INSERT INTO commercial.payment (
    id, command_id, fingerprint, account_id, session_id, journal_id, business_date, settled,
    advance, rounding, applied, posted_by, posted_at)
OVERRIDING SYSTEM VALUE
SELECT p.payment_id, k.command_id, encode(sha256(convert_to(k.command_id::text, 'UTF8')), 'hex'),
       p.account_id, p.session_id, p.journal_id, p.day, p.settled, p.advance, p.rounding,
       p.applied, c.cashier, p.paid_at
FROM pg_temp.demo_posted p
JOIN pg_temp.demo_cashier c ON c.till = p.till
CROSS JOIN LATERAL (SELECT md5('pago ' || p.account_id || p.paid_at)::uuid AS command_id) k
ORDER BY p.payment_id;
INSERT INTO commercial.payment_tender (payment_id, line, kind, received, change, applied,
                                       reference, bank)
SELECT payment_id, 1, tender, received, received - applied, applied, reference, bank
FROM pg_temp.demo_posted ORDER BY payment_id;

-- Receipts with the same content and chain of hashes that the desk makes (recibos de caja, N4).
CREATE TEMPORARY TABLE demo_receipt ON COMMIT DROP AS
WITH line AS (
    SELECT a.account_id, jsonb_agg(jsonb_build_object(
        'charge_id', a.charge_id, 'concept', a.concept, 'name', a.name,
        'period', coalesce(bp.name, ''), 'amount', a.amount - part.tax, 'tax', part.tax,
        'tax_rate', a.tax_rate, 'total', a.amount, 'partial', a.before + a.amount < a.total)
        ORDER BY a.due, a.settlement_order, a.charge_id) AS lines
    FROM pg_temp.demo_part a
    LEFT JOIN commercial.billing_period bp ON bp.code = a.period_code
    CROSS JOIN LATERAL (SELECT round(a.tax * (a.before + a.amount) / a.total, 2)
                             - round(a.tax * a.before / a.total, 2) AS tax) part
    GROUP BY a.account_id
), owed AS (
    SELECT c.account_id, sum(c.total - c.settled) AS pesos FROM commercial.charge c
    WHERE c.settled < c.total GROUP BY c.account_id
), credit AS (
    SELECT m.account_id, sum(m.amount) AS pesos FROM commercial.credit_movement m
    GROUP BY m.account_id
)
SELECT p.payment_id, p.account_id, p.session_id, p.receipt_series, f.number, f.folio,
       s.chain_head, jsonb_build_object(
    'account_number', d.account_number, 'holder', d.holder_name, 'address', d.address,
    'neighbourhood', d.neighbourhood, 'postal_code', d.postal_code, 'use_class', u.name,
    'zone', z.name, 'modality', d.modality, 'meter', coalesce(d.meter_serial, ''),
    'demonstration', true, 'cashier', c.cashier, 'cashier_name', m.full_name, 'till', t.code,
    'till_name', t.name, 'session_folio', cs.folio,
    'office', (SELECT r.id FROM commercial.rule_set r
               WHERE r.kind = 'office' AND r.valid @> p.day)) || jsonb_build_object(
    'lines', line.lines, 'settled', p.settled, 'advance', p.advance, 'rounding', p.rounding,
    'applied', p.applied, 'change', p.received - p.applied, 'business_date', p.day, 'note', '',
    'tenders', jsonb_build_array(jsonb_build_object(
        'kind', p.tender, 'received', p.received, 'change', p.received - p.applied,
        'applied', p.applied, 'reference', p.reference, 'bank', p.bank)),
    'balance_after', coalesce(owed.pesos, 0.00), 'credit_after', coalesce(credit.pesos, 0.00),
    'folio', f.folio, 'issued_at', p.paid_at) AS content
FROM pg_temp.demo_posted p
JOIN commercial.folio_series s ON s.code = p.receipt_series
CROSS JOIN LATERAL (SELECT s.last_number + p.turn AS number,
                           commercial.folio_text(s.code, s.last_number + p.turn) AS folio) f
JOIN line USING (account_id)
JOIN commercial.account_directory d USING (account_id)
JOIN commercial.use_class u ON u.code = d.use_class
JOIN commercial.zone z ON z.code = d.zone
JOIN pg_temp.demo_cashier c ON c.till = p.till
JOIN commercial.staff_member m ON m.username = c.cashier
JOIN commercial.till t ON t.code = p.till
JOIN commercial.cash_session cs ON cs.id = p.session_id
LEFT JOIN owed USING (account_id)
LEFT JOIN credit USING (account_id);
INSERT INTO commercial.receipt (payment_id, account_id, session_id, series, number, folio,
                                content, previous_hash, hash)
SELECT payment_id, account_id, session_id, receipt_series, number, folio, content,
       coalesce(lag(hash) OVER (PARTITION BY receipt_series ORDER BY number), chain_head), hash
FROM (SELECT r.*, pg_temp.chained(chain_head, content::text)
          OVER (PARTITION BY receipt_series ORDER BY number ROWS UNBOUNDED PRECEDING) AS hash
      FROM pg_temp.demo_receipt r) h
ORDER BY payment_id;

-- A whole batch of folios at once; the guard allows one at a time.
ALTER TABLE commercial.folio_series DISABLE TRIGGER keep_folio_series;
UPDATE commercial.folio_series s SET last_number = l.number, chain_head = l.hash
FROM (SELECT DISTINCT ON (series) series, number, hash FROM commercial.receipt
      ORDER BY series, number DESC) l
WHERE l.series = s.code;
ALTER TABLE commercial.folio_series ENABLE TRIGGER keep_folio_series;
