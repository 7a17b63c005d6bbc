-- DEMOSTRACIÓN. What the tills took goes to the bank: a batch for each day but the last two (depósitos),
-- counted again and taken there the next day that was worked, and found in the bank's statements of
-- each month but for the last week. Run by the owner of the tables once all payments are there.

CREATE TEMPORARY TABLE demo_day ON COMMIT DROP AS
SELECT d.day, d.taken, nextval('commercial.deposit_batch_id_seq') AS batch_id,
       nextval('commercial.journal_id_seq') AS journal_id,
       (d.taken + time '09:10') AT TIME ZONE 'America/Mexico_City' AS began,
       d.taken < (SELECT max(s.business_date) FROM commercial.cash_session s) - 7 AS found
FROM (SELECT s.business_date AS day, lead(s.business_date) OVER (ORDER BY s.business_date) AS taken,
             row_number() OVER (ORDER BY s.business_date DESC) AS back
      FROM commercial.cash_session s GROUP BY s.business_date) d
WHERE d.back > 2 ORDER BY d.day;

CREATE TEMPORARY TABLE demo_money ON COMMIT DROP AS
SELECT d.batch_id, s.id AS session_id, m.tender, m.amount,
       array_position(ARRAY['cash', 'card', 'transfer', 'cheque'], m.tender) AS place
FROM pg_temp.demo_day d
JOIN commercial.cash_session s ON s.business_date = d.day AND s.state = 'closed'
CROSS JOIN LATERAL commercial.session_deposit(s.id) m;
-- A day without money has nothing to take to the bank.
DELETE FROM pg_temp.demo_day d WHERE EXISTS (
        SELECT FROM pg_temp.demo_money m WHERE m.batch_id = d.batch_id
        GROUP BY m.tender HAVING sum(m.amount) < 0)
    OR (SELECT coalesce(sum(m.amount), 0) FROM pg_temp.demo_money m
        WHERE m.batch_id = d.batch_id) = 0;
DELETE FROM pg_temp.demo_money m WHERE NOT EXISTS (
    SELECT FROM pg_temp.demo_day d WHERE d.batch_id = m.batch_id);

INSERT INTO commercial.deposit_batch (id, command_id, fingerprint, opened_by, opened_at)
OVERRIDING SYSTEM VALUE
SELECT d.batch_id, k.command_id, encode(sha256(convert_to(k.command_id::text, 'UTF8')), 'hex'),
       who.username, d.began
FROM pg_temp.demo_day d CROSS JOIN pg_temp.demo_clerk who
CROSS JOIN LATERAL (SELECT md5('lote ' || d.day)::uuid AS command_id) k ORDER BY d.batch_id;
INSERT INTO commercial.deposit_batch_session (batch_id, session_id)
SELECT DISTINCT m.batch_id, m.session_id FROM pg_temp.demo_money m ORDER BY 1, 2;

-- Its slips: one for each form of payment, in the only account of the office.
INSERT INTO commercial.deposit_slip (batch_id, line, bank_account, tender, amount, reference,
                                     deposited_on)
SELECT x.batch_id, x.line, who.bank_account, x.tender, x.amount,
       'DEMO' || to_char(x.taken, 'YYMMDD') || x.line, x.taken
FROM (SELECT m.batch_id, d.taken, m.tender, sum(m.amount) AS amount,
             row_number() OVER (PARTITION BY m.batch_id ORDER BY min(m.place)) AS line
      FROM pg_temp.demo_money m JOIN pg_temp.demo_day d USING (batch_id)
      GROUP BY m.batch_id, d.taken, m.tender HAVING sum(m.amount) > 0) x
CROSS JOIN pg_temp.demo_clerk who ORDER BY x.batch_id, x.line;

-- The books move the money from the drawers to the bank on the day it was taken there.
INSERT INTO commercial.journal (id, kind, business_date, memo, posted_by, posted_at)
OVERRIDING SYSTEM VALUE
SELECT d.journal_id, 'deposit', d.taken, 'Depósito ' || commercial.folio_text('LD',
           s.last_number + row_number() OVER (ORDER BY d.batch_id)), who.username,
       d.began + interval '2 hours'
FROM pg_temp.demo_day d CROSS JOIN pg_temp.demo_clerk who
JOIN commercial.folio_series s ON s.code = 'LD' ORDER BY d.batch_id;
INSERT INTO commercial.journal_line (journal_id, line, ledger_account, amount)
SELECT x.journal_id, row_number() OVER (PARTITION BY x.journal_id ORDER BY x.amount DESC),
       x.ledger_account, x.amount
FROM (SELECT d.journal_id, k.ledger_account, sum(s.amount) AS amount
      FROM pg_temp.demo_day d JOIN commercial.deposit_slip s USING (batch_id)
      JOIN commercial.bank_account k ON k.code = s.bank_account GROUP BY 1, 2
      UNION ALL
      SELECT d.journal_id, upper(s.tender), -sum(s.amount)
      FROM pg_temp.demo_day d JOIN commercial.deposit_slip s USING (batch_id) GROUP BY 1, 2) x;

-- The count, and the numbered list with the content that balance_batch freezes.
DO $$
DECLARE
    pieces CONSTANT numeric[] := ARRAY[1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05,
                                       0.01];
    who record;
    batch record;
    series record;
    totals jsonb;
    counted jsonb;
    piece numeric;
    left_over numeric;
    content jsonb;
    seal text;
BEGIN
    SELECT c.*, m.full_name, m.is_demonstration INTO who FROM pg_temp.demo_clerk c
    JOIN commercial.staff_member m USING (username);
    FOR batch IN SELECT * FROM pg_temp.demo_day ORDER BY batch_id LOOP
        SELECT jsonb_object_agg(x.tender, x.amount) INTO totals
        FROM commercial.batch_money(batch.batch_id) x;
        left_over := (totals ->> 'cash')::numeric;
        counted := '{}';
        FOREACH piece IN ARRAY pieces LOOP
            IF left_over >= piece THEN
                counted := counted || jsonb_build_object(
                    piece::text, floor(left_over / piece)::integer);
                left_over := left_over - floor(left_over / piece) * piece;
            END IF;
        END LOOP;
        counted := jsonb_build_object('denominations', counted, 'counted', totals);
        SELECT f.last_number + 1 AS number, f.chain_head,
               commercial.folio_text(f.code, f.last_number + 1) AS folio INTO series
        FROM commercial.folio_series f WHERE f.code = 'LD' FOR UPDATE;
        content := jsonb_build_object('batch_id', batch.batch_id, 'business_date', batch.taken,
            'note', '', 'office', (SELECT r.id FROM commercial.rule_set r
                                   WHERE r.kind = 'office' AND r.valid @> batch.taken),
            'balanced_by', who.username, 'balanced_by_name', who.full_name,
            'demonstration', who.is_demonstration, 'counted', counted, 'totals', totals,
            'sessions', (
                SELECT jsonb_agg(jsonb_build_object('session_id', s.id, 'folio', s.folio,
                    'closing', c.folio, 'till', s.till_code, 'cashier_name', h.full_name,
                    'business_date', s.business_date, 'tenders', m.tenders) ORDER BY s.till_code)
                FROM (SELECT session_id, jsonb_object_agg(tender, amount) AS tenders
                      FROM pg_temp.demo_money WHERE batch_id = batch.batch_id GROUP BY 1) m
                JOIN commercial.cash_session s ON s.id = m.session_id
                JOIN commercial.cash_closing c ON c.session_id = s.id
                JOIN commercial.staff_member h ON h.username = s.cashier),
            'slips', (
                SELECT jsonb_agg(jsonb_build_object('line', p.line,
                    'bank_account', p.bank_account, 'bank', k.bank, 'account_name', k.name,
                    'clabe', k.clabe, 'tender', p.tender, 'amount', p.amount) ORDER BY p.line)
                FROM commercial.deposit_slip p
                JOIN commercial.bank_account k ON k.code = p.bank_account
                WHERE p.batch_id = batch.batch_id),
            'folio', series.folio, 'issued_at', batch.began + interval '1 hour');
        seal := encode(sha256(convert_to(series.chain_head || content::text, 'UTF8')), 'hex');
        UPDATE commercial.folio_series f SET last_number = series.number, chain_head = seal
        WHERE f.code = 'LD';
        INSERT INTO commercial.deposit_list (command_id, fingerprint, batch_id, series, number,
            folio, content, previous_hash, hash, balanced_by, balanced_at)
        VALUES (md5('relación ' || batch.day)::uuid, encode(sha256(convert_to(
                    batch.day::text, 'UTF8')), 'hex'), batch.batch_id, 'LD', series.number,
                series.folio, content, series.chain_head, seal, who.username,
                batch.began + interval '1 hour');
        INSERT INTO commercial.deposit_step (batch_id, state, facts, done_by, done_at)
        SELECT batch.batch_id, x.state, x.facts, who.username, batch.began + x.later
        FROM (VALUES ('open', '{}'::jsonb, interval '0'), ('counting', counted, interval '30 min'),
                     ('balanced', '{}', interval '1 hour'), ('deposited', '{}', interval '2 hours'))
            AS x (state, facts, later) ORDER BY x.later;
    END LOOP;
END
$$;
UPDATE commercial.deposit_batch b SET state = 'counting' FROM pg_temp.demo_day d WHERE d.batch_id = b.id;
UPDATE commercial.deposit_batch b SET state = 'balanced' FROM pg_temp.demo_day d WHERE d.batch_id = b.id;
UPDATE commercial.deposit_batch b SET state = 'deposited', journal_id = d.journal_id
FROM pg_temp.demo_day d WHERE d.batch_id = b.id;

-- Before they went there, the head cashier counted every bag and found what was declared.
CREATE TEMPORARY TABLE demo_verified ON COMMIT DROP AS
SELECT nextval('commercial.session_verification_id_seq') AS id, s.id AS session_id,
       s.business_date, c.id AS closing_id, n.denominations,
       s.closed_at + interval '20 min' AS verified_at
FROM commercial.cash_session s
JOIN commercial.cash_closing c ON c.session_id = s.id
JOIN commercial.cash_count n ON n.id = c.count_id
WHERE s.state = 'closed' AND s.business_date <= (SELECT max(d.day) FROM pg_temp.demo_day d)
ORDER BY s.id;
INSERT INTO commercial.session_verification (id, command_id, fingerprint, session_id, closing_id,
                                             denominations, verified_by, verified_at)
OVERRIDING SYSTEM VALUE
SELECT v.id, k.command_id, encode(sha256(convert_to(k.command_id::text, 'UTF8')), 'hex'),
       v.session_id, v.closing_id, v.denominations, who.username, v.verified_at
FROM pg_temp.demo_verified v CROSS JOIN pg_temp.demo_clerk who
CROSS JOIN LATERAL (SELECT md5('verificación ' || v.session_id)::uuid AS command_id) k
ORDER BY v.id;
INSERT INTO commercial.session_verification_line (verification_id, tender, declared, verified,
                                                  difference)
SELECT v.id, l.tender, l.declared, l.declared, 0
FROM pg_temp.demo_verified v JOIN commercial.cash_closing_line l USING (closing_id);
UPDATE commercial.cash_session s SET state = 'verified'
FROM pg_temp.demo_verified v WHERE v.session_id = s.id;

-- The bank's statement of each month, and its movements: every slip that was found.
CREATE TEMPORARY TABLE demo_statement ON COMMIT DROP AS
SELECT x.*, nextval('commercial.bank_statement_id_seq') AS id,
       'movimientos-' || to_char(x.month, 'YYYY-MM') || '.csv' AS name
FROM (SELECT date_trunc('month', d.taken)::date AS month, max(d.taken) + 1 AS read_on
      FROM pg_temp.demo_day d WHERE d.found GROUP BY 1 ORDER BY 1) x;
INSERT INTO commercial.bank_statement (id, command_id, fingerprint, bank_account, file_name, sha256,
                                       layout, tolerance_days, imported_by, imported_at)
OVERRIDING SYSTEM VALUE
SELECT x.id, md5(x.name)::uuid, encode(sha256(convert_to('orden ' || x.name, 'UTF8')), 'hex'),
       who.bank_account, x.name, encode(sha256(convert_to(x.name, 'UTF8')), 'hex'),
       'Movimientos en CSV (DEMOSTRACIÓN)', 3, who.username,
       (x.read_on + time '09:40') AT TIME ZONE 'America/Mexico_City'
FROM pg_temp.demo_statement x CROSS JOIN pg_temp.demo_clerk who ORDER BY x.id;
CREATE TEMPORARY TABLE demo_line ON COMMIT DROP AS
SELECT nextval('commercial.bank_statement_line_id_seq') AS id, s.id AS slip_id, d.batch_id,
       x.id AS statement_id, x.read_on, d.taken, s.amount, 'DEPOSITO ' || s.reference AS reference,
       1 + row_number() OVER (PARTITION BY x.id ORDER BY d.taken, s.line) AS line
FROM pg_temp.demo_day d
JOIN commercial.deposit_slip s USING (batch_id)
JOIN pg_temp.demo_statement x ON x.month = date_trunc('month', d.taken)::date
WHERE d.found ORDER BY d.taken, s.line;
INSERT INTO commercial.bank_statement_line (id, statement_id, line, day, amount, reference,
                                            description, print, occurrence)
OVERRIDING SYSTEM VALUE
SELECT l.id, l.statement_id, l.line, l.taken, l.amount, l.reference, 'ABONO',
       commercial.row_print(l.taken, l.amount, l.reference, 'ABONO'), 1
FROM pg_temp.demo_line l ORDER BY l.id;
INSERT INTO commercial.slip_match (slip_id, line_id, way, matched_by, matched_at)
SELECT l.slip_id, l.id, 'auto', who.username,
       (l.read_on + time '09:40') AT TIME ZONE 'America/Mexico_City'
FROM pg_temp.demo_line l CROSS JOIN pg_temp.demo_clerk who ORDER BY l.id;
INSERT INTO commercial.deposit_step (batch_id, state, facts, done_by, done_at)
SELECT l.batch_id, 'reconciled', '{}', who.username,
       (min(l.read_on) + time '09:40') AT TIME ZONE 'America/Mexico_City'
FROM pg_temp.demo_line l CROSS JOIN pg_temp.demo_clerk who GROUP BY l.batch_id, who.username
ORDER BY l.batch_id;
UPDATE commercial.deposit_batch b SET state = 'reconciled'
FROM pg_temp.demo_day d WHERE d.batch_id = b.id AND d.found;
