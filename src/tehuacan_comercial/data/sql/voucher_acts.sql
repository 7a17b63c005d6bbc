-- Issuing, verifying, returning and exporting a voucher (I1, I2, I3, I5). Each act is whole or not
-- at all, answers the same to the same UUID, and says by name why it refuses.

-- Refuse to issue what the map does not name: every concept or account of the day at once.
CREATE OR REPLACE FUNCTION commercial.check_mapped(wanted text, day date, map jsonb) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    missing text := (
        SELECT string_agg(DISTINCT coalesce(
            k.name || ' (' || k.code || ')', a.name || ' (' || a.code || ')', e.ledger), ', ')
        FROM voucher_entries(wanted, day, map) e
        LEFT JOIN concept k ON k.code = e.concept
        LEFT JOIN ledger_account a ON a.code = e.ledger
        WHERE e.account IS NULL);
BEGIN
    IF missing IS NOT NULL THEN
        PERFORM refuse('TC080', 'The map does not name every concept',
            jsonb_build_object('day', day, 'names', missing));
    END IF;
END
$$;

-- A day can be put in a voucher once it began and none of its sessions is open.
CREATE OR REPLACE FUNCTION commercial.check_day_over(day date) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    waiting text := (SELECT string_agg(s.folio, ', ' ORDER BY s.folio) FROM cash_session s
                     WHERE s.business_date = day AND s.state NOT IN ('closed', 'verified'));
BEGIN
    IF day IS NULL OR day > office_today() THEN
        PERFORM refuse('TC081', 'The day has not come', jsonb_build_object(
            'day', coalesce(day::text, ''), 'problem', 'future'));
    ELSIF waiting IS NOT NULL THEN
        PERFORM refuse('TC081', 'A session of the day is open', jsonb_build_object(
            'day', day, 'problem', 'sessions', 'sessions', waiting));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION commercial.voucher_answer(made commercial.voucher) RETURNS jsonb
LANGUAGE sql STABLE
AS $$
    SELECT jsonb_build_object('voucher_id', made.id, 'folio', made.folio, 'kind', made.kind,
        'business_date', made.business_date, 'version', made.version, 'state', made.state,
        'debit', made.debit, 'credit', made.credit)
$$;

-- Nobody's voucher stands for the day; gives the returned one that the new version follows.
CREATE OR REPLACE FUNCTION commercial.voucher_to_follow(wanted text, day date)
RETURNS commercial.voucher
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    last voucher;
BEGIN
    SELECT v.* INTO last FROM voucher v WHERE v.kind = wanted AND v.business_date = day
    ORDER BY v.version DESC LIMIT 1;
    IF last.state <> 'returned' THEN
        PERFORM refuse('TC085', 'The day has its voucher', jsonb_build_object('folio', last.folio,
            'state', last.state, 'by', (SELECT m.full_name FROM staff_member m
                WHERE m.username = coalesce(last.decided_by, last.issued_by))));
    END IF;
    RETURN last;
END
$$;

-- command: {command_id, kind, day, note}
CREATE OR REPLACE FUNCTION commercial.issue_voucher(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    wanted_kind text := command ->> 'kind';
    day date := (command ->> 'day')::date;
    print text := fingerprint_of(command);
    chart record;
    made voucher;
    previous voucher;
    lines jsonb;
    total numeric;
    issuing_series text;
    document record;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    IF wanted IS NULL OR wanted_kind NOT IN ('collection', 'discount') OR wanted_kind IS NULL THEN
        PERFORM refuse('TC023', 'There is no such kind of voucher',
            '{"field": "kind", "problem": "unknown"}');
    END IF;
    PERFORM hold_day(coalesce(day, office_today()), true);
    SELECT v.* INTO made FROM voucher v WHERE v.command_id = wanted;
    IF FOUND THEN
        IF made.fingerprint <> print OR made.issued_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN voucher_answer(made);
    END IF;
    PERFORM check_day_over(day);
    previous := voucher_to_follow(wanted_kind, day);
    SELECT m.* INTO chart FROM accounting_map_on(day) m;
    IF chart.id IS NULL THEN
        PERFORM refuse('TC081', 'No map of accounts is in force', jsonb_build_object(
            'day', day, 'problem', 'map'));
    END IF;
    PERFORM check_mapped(wanted_kind, day, chart.map);
    lines := voucher_lines(wanted_kind, day, chart.map);
    SELECT coalesce(sum(l.debit), 0.00) INTO total
    FROM jsonb_to_recordset(lines) AS l (section text, debit numeric) WHERE l.section = 'books';
    issuing_series := CASE wanted_kind WHEN 'collection' THEN 'PR' ELSE 'PD' END;
    document := chain_document(issuing_series, jsonb_build_object(
        'kind', wanted_kind, 'business_date', day, 'version', coalesce(previous.version, 0) + 1,
        'replaces', previous.folio, 'returned_because', previous.decision_note,
        'map', chart.version, 'booking', chart.map -> 'booking', 'lines', lines, 'total', total,
        'note', left(btrim(coalesce(command ->> 'note', '')), 500), 'issued_by', session_user,
        'issued_by_name', m.full_name, 'issued_by_position', m.position,
        'sessions', (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.folio), '[]')
                     FROM day_sessions(day) s WHERE wanted_kind = 'collection'),
        'folios', (SELECT coalesce(jsonb_agg(to_jsonb(f) ORDER BY f.series), '[]')
                   FROM day_folios(day) f WHERE wanted_kind = 'collection'),
        'concepts', (SELECT jsonb_object_agg(k.code, k.name) FROM concept k),
        'office', (SELECT r.id FROM rule_set r WHERE r.kind = 'office' AND r.valid @> day),
        'demonstration', (SELECT r.is_demonstration FROM rule_set r WHERE r.id = chart.id)))
    FROM staff_member m WHERE m.username = session_user;
    INSERT INTO voucher (command_id, fingerprint, kind, business_date, version, previous_id, series,
        number, folio, content, previous_hash, hash, debit, credit, map_id, note)
    VALUES (wanted, print, wanted_kind, day, coalesce(previous.version, 0) + 1, previous.id,
        issuing_series, document.number, document.folio, document.sealed, document.previous,
        document.hash, total, (
            SELECT coalesce(sum(l.credit), 0.00) FROM jsonb_to_recordset(lines)
                AS l (section text, credit numeric) WHERE l.section = 'books'),
        chart.id, document.sealed ->> 'note')
    RETURNING * INTO made;
    INSERT INTO voucher_line (voucher_id, line, section, origin, ledger, concept, account, name,
                              debit, credit)
    SELECT made.id, x.line, l.section, l.origin, l.ledger, l.concept, l.account,
           coalesce(l.name, ''), l.debit, l.credit
    FROM jsonb_array_elements(lines) WITH ORDINALITY AS x (item, line)
    CROSS JOIN LATERAL jsonb_to_record(x.item) AS l (section text, origin text, ledger text,
        concept text, account text, name text, debit numeric, credit numeric);
    UPDATE rule_set r SET used = true WHERE r.id = chart.id AND NOT r.used;
    PERFORM announce('voucher', day::text);
    RETURN voucher_answer(made);
EXCEPTION WHEN check_violation THEN  -- the table's own "debit = credit"
    PERFORM refuse('TC086', 'The voucher does not balance', jsonb_build_object(
        'folio', '', 'debit', total, 'credit', (
            SELECT sum(l.credit) FROM jsonb_to_recordset(lines)
                AS l (section text, credit numeric) WHERE l.section = 'books')));
    RETURN NULL;
END
$$;

-- A voucher may be verified when the books still say what it says, and the day's totals agree.
CREATE OR REPLACE FUNCTION commercial.check_verifiable(checked commercial.voucher, seen jsonb)
RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    chart jsonb := (SELECT s.value FROM office_setting s
                    WHERE s.rule_set_id = checked.map_id AND s.key = 'accounting_map');
    red text := (SELECT string_agg(t.name, ', ') FROM jsonb_to_recordset(seen -> 'totals')
                     AS t (name text, ok boolean) WHERE NOT t.ok);
BEGIN
    PERFORM check_day_over(checked.business_date);
    IF voucher_lines(checked.kind, checked.business_date, chart) <> checked.content -> 'lines' THEN
        PERFORM refuse('TC082', 'The books say something else by now', jsonb_build_object(
            'folio', checked.folio, 'problem', 'books'));
    ELSIF checked.kind = 'collection' AND red IS NOT NULL THEN
        PERFORM refuse('TC082', 'The totals of the day do not agree', jsonb_build_object(
            'folio', checked.folio, 'problem', 'totals', 'totals', red));
    END IF;
END
$$;

-- command: {command_id, voucher_id, verdict: verify | return, note}. Never by who issued it.
CREATE OR REPLACE FUNCTION commercial.decide_voucher(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    verdict text := command ->> 'verdict';
    words text := left(btrim(coalesce(command ->> 'note', '')), 500);
    day date := (SELECT v.business_date FROM voucher v
                 WHERE v.id = (command ->> 'voucher_id')::bigint);
    checked voucher;
    seen jsonb;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    IF day IS NULL THEN
        PERFORM refuse('TC025', 'There is no such voucher', jsonb_build_object(
            'document', coalesce(command ->> 'voucher_id', '')));
    ELSIF wanted IS NULL OR verdict IS NULL OR verdict NOT IN ('verify', 'return') THEN
        PERFORM refuse('TC023', 'There is no such verdict',
            '{"field": "verdict", "problem": "unknown"}');
    END IF;
    PERFORM hold_day(day, true);
    SELECT v.* INTO checked FROM voucher v
    WHERE v.id = (command ->> 'voucher_id')::bigint FOR UPDATE;
    IF checked.decision_id = wanted THEN
        IF checked.decision_print <> print OR checked.decided_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN voucher_answer(checked);
    ELSIF checked.state <> 'draft' THEN
        PERFORM refuse('TC085', 'The voucher was decided', jsonb_build_object(
            'folio', checked.folio, 'state', checked.state, 'by', (
                SELECT m.full_name FROM staff_member m WHERE m.username = checked.decided_by)));
    ELSIF checked.issued_by = session_user THEN
        PERFORM refuse('TC083', 'Who issues a voucher does not verify it', jsonb_build_object(
            'folio', checked.folio));
    ELSIF verdict = 'return' AND words = '' THEN
        PERFORM refuse('TC024', 'To return a voucher notes are needed',
            '{"act": "vouchers.return"}');
    END IF;
    seen := verification_sheet(day);
    IF verdict = 'verify' THEN
        PERFORM check_verifiable(checked, seen);
    END IF;
    UPDATE voucher v SET state = CASE verdict WHEN 'verify' THEN 'verified' ELSE 'returned' END,
        decision_id = wanted, decision_print = print, decided_by = session_user,
        decided_at = clock_timestamp(), decision_note = words,
        sheet = seen || jsonb_build_object('decided_by_name', m.full_name,
                                           'decided_by_position', m.position)
    FROM staff_member m
    WHERE v.id = checked.id AND m.username = session_user RETURNING v.* INTO checked;
    PERFORM record_act('voucher', checked.folio, jsonb_build_object('state', checked.state,
        'note', words));
    PERFORM announce('voucher', day::text);
    RETURN voucher_answer(checked);
END
$$;

-- command: {command_id, voucher_id, format, layout, sha256}: the file was made; a verified voucher
-- becomes exported with its first one.
CREATE OR REPLACE FUNCTION commercial.record_voucher_export(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    exported voucher;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT v.* INTO exported FROM voucher v
    WHERE v.id = (command ->> 'voucher_id')::bigint FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such voucher', jsonb_build_object(
            'document', coalesce(command ->> 'voucher_id', '')));
    ELSIF exported.state NOT IN ('verified', 'exported') THEN
        PERFORM refuse('TC017', 'Only a verified voucher is exported', jsonb_build_object(
            'document', exported.folio, 'state', exported.state, 'wish', 'exported'));
    ELSIF coalesce(command ->> 'sha256', '') !~ '^[0-9a-f]{64}$' OR command ->> 'command_id' IS NULL
       OR coalesce(command ->> 'format', '') NOT IN ('xlsx', 'csv') THEN
        PERFORM refuse('TC023', 'Not a SHA-256', '{"field": "sha256", "problem": "format"}');
    END IF;
    INSERT INTO voucher_export (command_id, voucher_id, format, layout, sha256)
    VALUES ((command ->> 'command_id')::uuid, exported.id, command ->> 'format',
            left(coalesce(command ->> 'layout', ''), 80), command ->> 'sha256')
    ON CONFLICT (command_id) DO NOTHING;
    IF exported.state = 'verified' THEN
        UPDATE voucher v SET state = 'exported' WHERE v.id = exported.id RETURNING v.* INTO exported;
        PERFORM announce('voucher', exported.business_date::text);
    END IF;
    RETURN voucher_answer(exported);
END
$$;
