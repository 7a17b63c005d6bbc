-- Slips found at the bank (conciliación, H8): a statement file is kept whole, what came before is
-- flagged, slips are matched by account, amount, reference and day; what does not match is listed.

-- Letters and digits of a reference, without noughts in front.
CREATE OR REPLACE FUNCTION commercial.plain_reference(words text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$ SELECT ltrim(upper(regexp_replace(words, '[^0-9A-Za-z]', '', 'g')), '0') $$;

-- A slip in the statements: the nearest day first. NULL when nothing agrees in everything.
CREATE OR REPLACE FUNCTION commercial.line_for_slip(wanted bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT l.id
    FROM deposit_slip s
    JOIN bank_statement b ON b.bank_account = s.bank_account
    JOIN bank_statement_line l ON l.statement_id = b.id AND l.amount = s.amount
    WHERE s.id = wanted AND l.repeats_id IS NULL
      AND abs(l.day - s.deposited_on) <= b.tolerance_days
      AND length(plain_reference(s.reference)) >= 4
      AND strpos(plain_reference(l.reference || l.description), plain_reference(s.reference)) > 0
      AND NOT EXISTS (SELECT FROM slip_match m WHERE m.line_id = l.id)
    ORDER BY abs(l.day - s.deposited_on), l.id LIMIT 1
$$;

-- The batch is reconciled with its last slip.
CREATE OR REPLACE FUNCTION commercial.keep_match(slip bigint, line bigint, how text, words text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    batch deposit_batch := lock_batch((SELECT s.batch_id FROM deposit_slip s WHERE s.id = slip));
BEGIN
    INSERT INTO slip_match (slip_id, line_id, way, note) VALUES (slip, line, how, words);
    IF NOT EXISTS (SELECT FROM deposit_slip s WHERE s.batch_id = batch.id AND NOT EXISTS (
            SELECT FROM slip_match m WHERE m.slip_id = s.id)) THEN
        PERFORM take_deposit_step(batch.id, 'reconciled', '{}');
    ELSE
        PERFORM announce('deposit', batch.id::text);
    END IF;
END
$$;

-- Every deposited slip of an account that is not found yet is looked for. Answers how many were.
CREATE OR REPLACE FUNCTION commercial.match_account(account text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    slip record;
    line bigint;
    found_ones integer := 0;
BEGIN
    FOR slip IN
        SELECT s.id FROM deposit_slip s
        WHERE s.bank_account = account AND s.deposited_on IS NOT NULL
          AND NOT EXISTS (SELECT FROM slip_match m WHERE m.slip_id = s.id)
        ORDER BY s.batch_id, s.id
    LOOP
        line := line_for_slip(slip.id);
        IF line IS NOT NULL THEN
            PERFORM keep_match(slip.id, line, 'auto', '');
            found_ones := found_ones + 1;
        END IF;
    END LOOP;
    RETURN found_ones;
END
$$;

-- What became of a statement; ``odd`` are the movements that came before, with the file they came in.
CREATE OR REPLACE FUNCTION commercial.statement_answer(wanted bigint, found_ones integer)
RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object('statement_id', wanted, 'matched', found_ones, 'rows', count(*),
        'repeated', count(l.repeats_id),
        'loose', count(*) FILTER (WHERE l.repeats_id IS NULL AND l.amount > 0 AND NOT EXISTS (
            SELECT FROM slip_match m WHERE m.line_id = l.id)),
        'odd', coalesce(jsonb_agg(jsonb_build_object('line', l.line, 'amount', l.amount,
            'reference', l.reference, 'fate', 'repeated', 'file', (
                SELECT b.file_name FROM bank_statement_line e
                JOIN bank_statement b ON b.id = e.statement_id WHERE e.id = l.repeats_id))
            ORDER BY l.line) FILTER (WHERE l.repeats_id IS NOT NULL), '[]'))
    FROM bank_statement_line l WHERE l.statement_id = wanted
$$;

-- Keep a statement that is not known yet; its number.
CREATE OR REPLACE FUNCTION commercial.keep_statement(command jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    lines jsonb := coalesce(command -> 'lines', '[]');
    made bank_statement;
BEGIN
    IF NOT EXISTS (SELECT FROM bank_account k WHERE k.code = command ->> 'bank_account') THEN
        PERFORM refuse('TC025', 'There is no such bank account', jsonb_build_object(
            'document', coalesce(command ->> 'bank_account', '')));
    END IF;
    PERFORM refuse('TC062', 'The file came in before', jsonb_build_object(
        'file', s.file_name, 'by', m.full_name, 'day', s.imported_at::date))
    FROM bank_statement s JOIN staff_member m ON m.username = s.imported_by
    WHERE s.bank_account = command ->> 'bank_account' AND s.sha256 = command ->> 'sha256';
    PERFORM check_control('rows', jsonb_array_length(lines), command #>> '{control,rows}');
    PERFORM check_control(c.what, (
        SELECT coalesce(sum(abs(to_pesos(l.amount, 'lines.amount'))), 0.00)
        FROM jsonb_to_recordset(lines) AS l (amount text)
        WHERE (l.amount::numeric > 0) = (c.what = 'credits')), command -> 'control' ->> c.what)
    FROM (VALUES ('credits'), ('debits')) AS c (what);
    INSERT INTO bank_statement (command_id, fingerprint, bank_account, file_name, sha256, layout,
                                tolerance_days)
    VALUES ((command ->> 'command_id')::uuid, fingerprint_of(command), command ->> 'bank_account',
            command ->> 'file_name', command ->> 'sha256', command ->> 'layout',
            coalesce((command ->> 'tolerance_days')::integer, 3))
    RETURNING * INTO made;
    INSERT INTO bank_statement_line (statement_id, line, day, amount, reference, description,
                                     print, occurrence, repeats_id)
    SELECT made.id, x.line, x.day, x.amount, x.reference, x.description, x.print, x.occurrence,
           (SELECT min(e.id) FROM bank_statement_line e
            JOIN bank_statement o ON o.id = e.statement_id AND o.bank_account = made.bank_account
            WHERE e.print = x.print AND e.occurrence = x.occurrence)
    FROM (SELECT n.*, row_number() OVER (PARTITION BY n.print ORDER BY n.line)::integer
                     AS occurrence
          FROM (SELECT l.line, l.day, l.amount, btrim(coalesce(l.reference, '')) AS reference,
                       btrim(coalesce(l.description, '')) AS description,
                       row_print(l.day, l.amount, l.reference, l.description) AS print
                FROM jsonb_to_recordset(lines) AS l (line integer, day date, amount numeric,
                    reference text, description text)) n) x
    ORDER BY x.line;
    RETURN made.id;
END
$$;

-- command: {command_id, bank_account, file_name, sha256, layout, tolerance_days, dry_run,
-- control: {rows, credits, debits}, lines: [{line, day, amount, reference, description}]}. A dry run
-- does everything and takes it back.
CREATE OR REPLACE FUNCTION commercial.import_statement(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    known bank_statement;
    kept bigint;
    found_ones integer;
    answer jsonb;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    PERFORM pg_advisory_xact_lock(hashtext('tehuacan bank files'));
    SELECT s.* INTO known FROM bank_statement s WHERE s.command_id = wanted;
    IF FOUND AND (known.fingerprint <> fingerprint_of(command)
                  OR known.imported_by <> session_user) THEN
        PERFORM refuse('TC004', 'The command came again with other content',
            jsonb_build_object('command_id', wanted));
    ELSIF NOT FOUND THEN
        PERFORM require_command(wanted);
    END IF;
    BEGIN
        kept := coalesce(known.id, keep_statement(command));
        found_ones := match_account(command ->> 'bank_account');
        answer := statement_answer(kept, found_ones);
        PERFORM announce('deposit', command ->> 'bank_account');
        IF coalesce((command ->> 'dry_run')::boolean, false) THEN
            RAISE EXCEPTION 'taken back' USING ERRCODE = 'TCDRY';
        END IF;
    EXCEPTION WHEN SQLSTATE 'TCDRY' THEN
        answer := answer || '{"statement_id": null}';
    END;
    RETURN answer;
END
$$;

-- Somebody says which movement a slip is; account and amount must agree whoever says it.
-- command: {slip_id, line_id, note}
CREATE OR REPLACE FUNCTION commercial.match_slip(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    words text := left(btrim(coalesce(command ->> 'note', '')), 300);
    slip deposit_slip;
    line record;
    problem text;
    known slip_match;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('tehuacan bank files'));
    SELECT s.* INTO slip FROM deposit_slip s WHERE s.id = (command ->> 'slip_id')::bigint;
    SELECT l.id, l.amount, l.repeats_id, b.bank_account INTO line
    FROM bank_statement_line l JOIN bank_statement b ON b.id = l.statement_id
    WHERE l.id = (command ->> 'line_id')::bigint;
    SELECT m.* INTO known FROM slip_match m WHERE m.slip_id = slip.id;
    IF known.line_id = line.id THEN
        RETURN jsonb_build_object('slip_id', slip.id, 'line_id', line.id);
    END IF;
    problem := CASE
        WHEN slip.id IS NULL OR line.id IS NULL THEN 'unknown'
        WHEN slip.deposited_on IS NULL THEN 'state'
        WHEN known.slip_id IS NOT NULL
          OR EXISTS (SELECT FROM slip_match m WHERE m.line_id = line.id) THEN 'matched'
        WHEN line.repeats_id IS NOT NULL THEN 'repeated'
        WHEN slip.bank_account <> line.bank_account THEN 'account'
        WHEN slip.amount <> line.amount THEN 'amount' END;
    IF problem IS NOT NULL THEN
        PERFORM refuse('TC063', 'The slip is not that movement', jsonb_build_object(
            'problem', problem, 'slip', coalesce(slip.amount, 0.00),
            'line', coalesce(line.amount, 0.00)));
    ELSIF words = '' THEN
        PERFORM refuse('TC024', 'A match by hand needs a note', '{"act": "slip.match"}');
    END IF;
    PERFORM keep_match(slip.id, line.id, 'manual', words);
    RETURN jsonb_build_object('slip_id', slip.id, 'line_id', line.id);
END
$$;
