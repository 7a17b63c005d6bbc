-- Payments that banks and shops took (canales de pago, Q1, Q2): a file is posted whole or not at all
-- into a session of its own that opens and closes with it. What names no account is kept as
-- unidentified money; what came before is flagged. Nothing is dropped.

-- command: {code, name, active}: a channel and the till its payments are posted at.
CREATE OR REPLACE FUNCTION commercial.save_channel(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted text := command ->> 'code';
BEGIN
    IF EXISTS (SELECT FROM till t WHERE t.code = wanted AND t.kind <> 'channel') THEN
        PERFORM refuse('TC023', 'A till has that code', jsonb_build_object(
            'field', 'code', 'problem', wanted));
    END IF;
    PERFORM save_till(jsonb_build_object('code', wanted, 'name', command ->> 'name',
        'cash_limit', '1.00',
        'tenders', jsonb_build_array('transfer'), 'active', coalesce(command -> 'active', 'true')));
    UPDATE till t SET kind = 'channel', cash_limit = NULL WHERE t.code = wanted;
    INSERT INTO channel AS c (code, name, till_code, active)
    VALUES (wanted, command ->> 'name', wanted, coalesce((command ->> 'active')::boolean, true))
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, active = excluded.active;
    RETURN jsonb_build_object('code', wanted);
END
$$;

-- What an amount settles of an account, the oldest first, as post_payment takes it; pesos.
CREATE OR REPLACE FUNCTION commercial.oldest_first(account bigint, pesos numeric) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('charge_id', x.id,
        'amount', least(x.owed, pesos - x.before)::text) ORDER BY x.before), '[]')
    FROM (SELECT c.id, c.total - c.settled AS owed,
                 sum(c.total - c.settled) OVER w - (c.total - c.settled) AS before
          FROM charge c JOIN concept k ON k.code = c.concept
          WHERE c.account_id = account AND c.settled < c.total
          WINDOW w AS (ORDER BY coalesce(c.due_on, c.issued_on), k.settlement_order, c.id)) x
    WHERE x.before < pesos
$$;

-- A session for a file, of the till of its channel: no drawer, no float, nobody's place at a desk.
CREATE OR REPLACE FUNCTION commercial.open_channel_session(wanted text, made_by uuid)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    opened bigint;
BEGIN
    PERFORM FROM till t WHERE t.code = wanted FOR UPDATE;
    IF NOT EXISTS (SELECT FROM cash_session s WHERE s.business_date = office_today()) THEN
        PERFORM refresh_directory_of_the_day();
    END IF;
    INSERT INTO cash_session (command_id, fingerprint, folio, till_code, station, business_date,
        opening_expected, opening_counted, opening_count, previous_session_id, automatic)
    SELECT made_by, '', wanted || '-' || to_char(office_today(), 'YYMMDD') || '-'
           || (count(*) FILTER (WHERE s.business_date = office_today()) + 1),
           wanted, declared_station(), office_today(), 0, 0, '{}', max(s.id), true
    FROM cash_session s WHERE s.till_code = wanted
    RETURNING id INTO opened;
    RETURN opened;
END
$$;

-- One row: paid to its account, or kept as unidentified. Answers what became of it.
CREATE OR REPLACE FUNCTION commercial.post_channel_row(
    file commercial.channel_file, channel_name text, session bigint, item jsonb, account bigint,
    print text, occurrence integer)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    pesos numeric := item ->> 'amount';
    parts jsonb;
    settled numeric;
    paid bigint;
    books bigint;
    kept bigint;
BEGIN
    IF account IS NOT NULL THEN
        PERFORM FROM account a WHERE a.id = account FOR NO KEY UPDATE;
        PERFORM accrue_surcharges(jsonb_build_object('account_id', account));
        parts := oldest_first(account, pesos);
        SELECT coalesce(sum((p ->> 'amount')::numeric), 0.00) INTO settled
        FROM jsonb_array_elements(parts) p;
        paid := post_payment(jsonb_build_object(
            'command_id', md5(concat_ws('|', 'channel', file.channel, print, occurrence))::uuid,
            'session_id', session, 'account_id', account, 'allocations', parts,
            'advance', (pesos - settled)::text, 'rounding', '0.00',
            'note', 'Pagado el ' || to_char((item ->> 'paid_on')::date, 'DD/MM/YYYY') || ' en '
                || channel_name,
            'tenders', jsonb_build_array(jsonb_build_object('kind', 'transfer',
                'received', pesos::text, 'bank', channel_name,
                'reference', coalesce(nullif(btrim(item ->> 'folio'), ''),
                    left(file.sha256, 8) || '-' || (item ->> 'line')))))) ->> 'payment_id';
    END IF;
    INSERT INTO channel_row (file_id, line, paid_on, amount, reference, channel_folio, print,
                             occurrence, state, payment_id)
    VALUES (file.id, (item ->> 'line')::integer, (item ->> 'paid_on')::date, pesos,
            coalesce(item ->> 'reference', ''), btrim(coalesce(item ->> 'folio', '')), print,
            occurrence, CASE WHEN paid IS NULL THEN 'unidentified' ELSE 'posted' END, paid)
    RETURNING id INTO kept;
    IF paid IS NULL THEN
        INSERT INTO journal (kind, business_date, memo)
        VALUES ('unidentified', office_today(), 'Pago por identificar, ' || channel_name)
        RETURNING id INTO books;
        INSERT INTO journal_line (journal_id, line, ledger_account, amount)
        VALUES (books, 1, 'TRANSFER', pesos), (books, 2, 'UNIDENTIFIED', -pesos);
        INSERT INTO unidentified_payment (row_id, session_id, amount, problem, journal_id)
        VALUES (kept, session, pesos, CASE item ->> 'problem' WHEN 'check_digit' THEN 'check_digit'
                ELSE 'account' END, books);
    END IF;
    RETURN CASE WHEN paid IS NULL THEN 'unidentified' ELSE 'posted' END;
END
$$;

-- What became of a file; ``odd`` are the rows that paid no account: unknown, mistyped or repeated.
CREATE OR REPLACE FUNCTION commercial.channel_answer(file bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object('file_id', f.id, 'session_id', f.session_id, 'rows', f.rows,
        'amount', f.amount, 'states', (
            SELECT coalesce(jsonb_object_agg(x.state, jsonb_build_object('rows', x.rows,
                'amount', x.amount)), '{}')
            FROM (SELECT r.state, count(*) AS rows, sum(r.amount) AS amount FROM channel_row r
                  WHERE r.file_id = f.id GROUP BY r.state) x),
        'odd', (SELECT coalesce(jsonb_agg(jsonb_build_object('line', r.line, 'amount', r.amount,
                    'reference', r.reference, 'fate', coalesce(u.problem, 'repeated'),
                    'file', coalesce(o.file_name, '')) ORDER BY r.line), '[]')
                FROM channel_row r
                LEFT JOIN unidentified_payment u ON u.row_id = r.id
                LEFT JOIN channel_row e ON e.id = r.repeats_id
                LEFT JOIN channel_file o ON o.id = e.file_id
                WHERE r.file_id = f.id AND r.state <> 'posted'))
    FROM channel_file f WHERE f.id = file
$$;

-- What each row of a file is to become, in the file's order: the account it pays, if any, and the row
-- of an earlier file that it repeats. Reads only: a dry run tells this, and posting does it.
CREATE OR REPLACE FUNCTION commercial.channel_plan(shop text, items jsonb)
RETURNS TABLE (item jsonb, account bigint, print text, occurrence integer, earlier bigint,
               place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT x.value, x.account, x.print, x.occurrence, (
               SELECT min(e.id) FROM channel_row e
               JOIN channel_file o ON o.id = e.file_id AND o.channel = shop
               WHERE e.print = x.print AND e.occurrence = x.occurrence), x.ordinality
    FROM (SELECT r.value, r.print, a.id AS account,
                 row_number() OVER (PARTITION BY r.print ORDER BY r.ordinality)::integer
                     AS occurrence, r.ordinality
          FROM (SELECT v.value, v.ordinality, row_print((v.value ->> 'paid_on')::date,
                    (v.value ->> 'amount')::numeric, v.value ->> 'reference',
                    v.value ->> 'folio') AS print
                FROM jsonb_array_elements(items) WITH ORDINALITY v) r
          LEFT JOIN account a ON r.value ->> 'account' <> ''
              AND translate(a.account_number, '-', '') = r.value ->> 'account') x
    ORDER BY x.ordinality
$$;

-- The channel of a file that may come in: known, new, its totals those of its rows, today's day open.
CREATE OR REPLACE FUNCTION commercial.check_channel_file(command jsonb)
RETURNS commercial.channel
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    items jsonb := coalesce(command -> 'rows', '[]');
    shop channel;
BEGIN
    SELECT c.* INTO shop FROM channel c WHERE c.code = command ->> 'channel' AND c.active;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such channel', jsonb_build_object(
            'document', coalesce(command ->> 'channel', '')));
    END IF;
    PERFORM refuse('TC062', 'The file came in before', jsonb_build_object(
        'file', f.file_name, 'by', m.full_name, 'day', f.imported_at::date))
    FROM channel_file f JOIN staff_member m ON m.username = f.imported_by
    WHERE f.channel = shop.code AND f.sha256 = command ->> 'sha256';
    PERFORM check_control('rows', jsonb_array_length(items), command #>> '{control,rows}');
    PERFORM check_control('amount', (
        SELECT coalesce(sum(to_pesos(r.amount, 'rows.amount')), 0.00)
        FROM jsonb_to_recordset(items) AS r (amount text)), command #>> '{control,amount}');
    IF EXISTS (SELECT FROM jsonb_to_recordset(items) AS r (amount numeric) WHERE r.amount <= 0) THEN
        PERFORM refuse('TC023', 'A payment is not positive',
            '{"field": "rows.amount", "problem": "not positive"}');
    END IF;
    PERFORM refuse_locked(office_today(), 'collection');
    RETURN shop;
END
$$;

CREATE OR REPLACE FUNCTION commercial.post_channel_file(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    items jsonb := coalesce(command -> 'rows', '[]');
    shop channel := check_channel_file(command);
    made channel_file;
    opened bigint;
    planned record;
BEGIN
    opened := open_channel_session(shop.till_code, wanted);
    INSERT INTO channel_file (command_id, fingerprint, channel, file_name, sha256, layout, rows,
                              amount, session_id)
    VALUES (wanted, fingerprint_of(command), shop.code, command ->> 'file_name',
            command ->> 'sha256', command ->> 'layout', jsonb_array_length(items),
            (command #>> '{control,amount}')::numeric, opened)
    RETURNING * INTO made;
    FOR planned IN SELECT * FROM channel_plan(shop.code, items) p ORDER BY p.place LOOP
        IF planned.earlier IS NULL THEN
            PERFORM post_channel_row(made, shop.name, opened, planned.item, planned.account,
                                     planned.print, planned.occurrence);
        ELSE
            INSERT INTO channel_row (file_id, line, paid_on, amount, reference, channel_folio, print,
                                     occurrence, state, repeats_id)
            VALUES (made.id, (planned.item ->> 'line')::integer,
                    (planned.item ->> 'paid_on')::date, (planned.item ->> 'amount')::numeric,
                    coalesce(planned.item ->> 'reference', ''),
                    btrim(coalesce(planned.item ->> 'folio', '')), planned.print,
                    planned.occurrence, 'repeated', planned.earlier);
        END IF;
    END LOOP;
    PERFORM close_session(jsonb_build_object('command_id', md5(wanted || ' corte')::uuid,
        'session_id', opened, 'note', left('Archivo ' || made.file_name, 500),
        'declared', jsonb_build_object('transfer', (
            SELECT coalesce(sum(p.applied), 0.00)::text FROM payment p
            WHERE p.session_id = opened))));
    PERFORM announce('deposit', shop.code);
    RETURN channel_answer(made.id);
END
$$;

-- What a file would become, as channel_answer says it of one that was posted. Neither writes nor
-- locks, so that nobody at a till waits while a large file is looked at.
CREATE OR REPLACE FUNCTION commercial.try_channel_file(command jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    shop channel := check_channel_file(command);
    items jsonb := coalesce(command -> 'rows', '[]');
BEGIN
    RETURN (
        WITH fates AS MATERIALIZED (
            SELECT p.place, (p.item ->> 'line')::integer AS line,
                   (p.item ->> 'amount')::numeric AS amount,
                   coalesce(p.item ->> 'reference', '') AS reference, coalesce(o.file_name, '') AS file,
                   CASE WHEN p.earlier IS NOT NULL THEN 'repeated'
                        WHEN p.account IS NULL THEN 'unidentified' ELSE 'posted' END AS state,
                   CASE WHEN p.earlier IS NOT NULL THEN 'repeated'
                        WHEN p.item ->> 'problem' = 'check_digit' THEN 'check_digit'
                        ELSE 'account' END AS fate
            FROM channel_plan(shop.code, items) p
            LEFT JOIN channel_row e ON e.id = p.earlier
            LEFT JOIN channel_file o ON o.id = e.file_id)
        SELECT jsonb_build_object('file_id', NULL, 'session_id', NULL,
            'rows', jsonb_array_length(items), 'amount', (command #>> '{control,amount}')::numeric,
            'states', (SELECT coalesce(jsonb_object_agg(x.state, jsonb_build_object(
                           'rows', x.rows, 'amount', x.amount)), '{}')
                       FROM (SELECT f.state, count(*) AS rows, sum(f.amount) AS amount FROM fates f
                             GROUP BY f.state) x),
            'odd', (SELECT coalesce(jsonb_agg(jsonb_build_object('line', f.line,
                        'amount', f.amount, 'reference', f.reference, 'fate', f.fate,
                        'file', f.file) ORDER BY f.line), '[]')
                    FROM fates f WHERE f.state <> 'posted')));
END
$$;

-- command: {command_id, channel, file_name, sha256, layout, dry_run, control: {rows, amount},
-- rows: [{line, paid_on, amount, reference, folio, account, problem}]}. One file at a time; a dry
-- run only tells.
CREATE OR REPLACE FUNCTION commercial.import_channel(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    trying boolean := coalesce((command ->> 'dry_run')::boolean, false);
    known channel_file;
BEGIN
    PERFORM require_command((command ->> 'command_id')::uuid);
    IF NOT trying THEN
        PERFORM pg_advisory_xact_lock(hashtext('tehuacan bank files'));
    END IF;
    SELECT f.* INTO known FROM channel_file f
    WHERE f.command_id = (command ->> 'command_id')::uuid;
    IF FOUND THEN
        IF known.fingerprint <> fingerprint_of(command) OR known.imported_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', command ->> 'command_id'));
        END IF;
        RETURN channel_answer(known.id);
    END IF;
    RETURN CASE WHEN trying THEN try_channel_file(command) ELSE post_channel_file(command) END;
END
$$;

-- Say whose an unidentified payment is: it settles the oldest of the account, the rest is credit.
-- command: {command_id, unidentified_id, account_id, note}
CREATE OR REPLACE FUNCTION commercial.assign_unidentified(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    chosen bigint := (command ->> 'account_id')::bigint;
    words text := left(btrim(coalesce(command ->> 'note', '')), 300);
    kept unidentified_payment;
    books bigint;
    parts record;
    used numeric;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    PERFORM require_command(wanted);
    PERFORM FROM account a WHERE a.id = chosen FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC005', 'There is no such account',
            jsonb_build_object('account', coalesce(command ->> 'account_id', '')));
    END IF;
    SELECT u.* INTO kept FROM unidentified_payment u
    WHERE u.id = (command ->> 'unidentified_id')::bigint FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such payment', jsonb_build_object(
            'document', coalesce(command ->> 'unidentified_id', '')));
    ELSIF kept.account_id IS NOT NULL AND (kept.assignment_id, kept.account_id, kept.assigned_by)
          IS DISTINCT FROM (wanted, chosen, session_user::text) THEN
        PERFORM refuse('TC064', 'Somebody assigned the payment already', jsonb_build_object(
            'account', (SELECT a.account_number FROM account a WHERE a.id = kept.account_id),
            'by', (SELECT m.full_name FROM staff_member m WHERE m.username = kept.assigned_by)));
    ELSIF kept.account_id IS NULL AND words = '' THEN
        PERFORM refuse('TC024', 'An assignment needs a note', '{"act": "unidentified.assign"}');
    ELSIF kept.account_id IS NULL THEN
        INSERT INTO journal (kind, business_date, memo)
        VALUES ('identified', office_today(), 'Pago identificado') RETURNING id INTO books;
        PERFORM accrue_surcharges(jsonb_build_object('account_id', chosen));
        parts := take_parts(oldest_first(chosen, kept.amount));
        used := parts.total;
        PERFORM settle_parts(chosen, books, parts.charges, parts.pesos);
        INSERT INTO journal_line (journal_id, line, ledger_account, amount)
        SELECT books, row_number() OVER (), l.ledger_account, l.amount FROM (VALUES
            ('UNIDENTIFIED', kept.amount), ('RECEIVABLE', -used),
            ('CUSTOMER_CREDIT', used - kept.amount)) AS l (ledger_account, amount)
        WHERE l.amount <> 0;
        INSERT INTO credit_movement (account_id, journal_id, amount)
        SELECT chosen, books, kept.amount - used WHERE kept.amount > used;
        UPDATE unidentified_payment u
        SET account_id = chosen, settled = used, assignment_id = wanted, note = words,
            assigned_journal_id = books, assigned_by = session_user,
            assigned_at = clock_timestamp(), assigned_on = office_today()
        WHERE u.id = kept.id RETURNING * INTO kept;
        PERFORM announce('account', chosen::text);
        PERFORM announce('deposit', kept.id::text);
    END IF;
    RETURN jsonb_build_object('unidentified_id', kept.id, 'account_id', kept.account_id,
        'settled', kept.settled, 'credit', kept.amount - kept.settled);
END
$$;

-- What became of unidentified money is written once.
CREATE OR REPLACE FUNCTION commercial.keep_unidentified() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    once text[] := ARRAY['account_id', 'settled', 'assignment_id', 'assigned_journal_id',
                         'assigned_by', 'assigned_at', 'assigned_on', 'note'];
BEGIN
    IF OLD.account_id IS NOT NULL OR to_jsonb(OLD) - once <> to_jsonb(NEW) - once THEN
        PERFORM commercial.refuse('TC018', 'An assigned payment stays as it is',
            jsonb_build_object('table', TG_TABLE_NAME));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER keep_unidentified BEFORE UPDATE ON commercial.unidentified_payment
    FOR EACH ROW EXECUTE FUNCTION commercial.keep_unidentified();
