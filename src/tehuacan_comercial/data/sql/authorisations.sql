-- Decisions that need somebody else (autorizaciones, C6, N2): asked for with a reason and the facts
-- as they stand, decided by a named person who is not the requester, within the limits of the job.
--
-- A new kind is one row here, "<kind>_facts(subject, options)" and "<kind>_effect(authorisation)" in
-- its own file, one line in each of the two dispatchers, and limits and reasons in the rules.

INSERT INTO commercial.authorisation_kind AS k (code, name, hours, reasons, requesters) VALUES
    ('void_receipt', 'Cancelación de recibo', 12, 'void_receipt',
     '{cashier,head_cashier,manager,director}'),
    ('closing_tolerance', 'Cierre con diferencia', 12, 'closing_tolerance',
     '{cashier,head_cashier,manager}'),
    ('reopen_session', 'Reapertura de sesión', 12, 'reopen_session',
     '{cashier,head_cashier,manager}'),
    ('transfer_payment', 'Traspaso de pago a otra cuenta', 48, 'transfer_payment',
     '{counter,cashier,head_cashier,registry,manager,director}'),
    ('waive_shortage', 'Condonación de un faltante de caja', 72, 'waive_shortage',
     '{head_cashier,manager,director}')
ON CONFLICT (code) DO UPDATE SET name = excluded.name, hours = excluded.hours,
    reasons = excluded.reasons, requesters = excluded.requesters;

-- The facts of a wish, as jsonb with at least title, amount, account_id and session_id. Refuses when
-- there is nothing to ask.
CREATE OR REPLACE FUNCTION commercial.authorisation_facts(
    kind text, subject bigint, options jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    CASE kind
        WHEN 'void_receipt' THEN RETURN void_receipt_facts(subject, options);
        WHEN 'closing_tolerance' THEN RETURN closing_tolerance_facts(subject, options);
        WHEN 'reopen_session' THEN RETURN reopen_session_facts(subject, options);
        WHEN 'transfer_payment' THEN RETURN transfer_payment_facts(subject, options);
        WHEN 'waive_shortage' THEN RETURN waive_shortage_facts(subject, options);
        ELSE PERFORM refuse('TC023', 'There is no such kind of authorisation',
                 jsonb_build_object('field', 'kind', 'problem', coalesce(kind, '')));
    END CASE;
    RETURN NULL;
END
$$;

-- What an approval does, within the decision's own transaction; gives what it produced.
CREATE OR REPLACE FUNCTION commercial.authorisation_effect(asked commercial.authorisation)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    CASE asked.kind
        WHEN 'void_receipt' THEN RETURN void_receipt_effect(asked);
        WHEN 'closing_tolerance' THEN RETURN closing_tolerance_effect(asked);
        WHEN 'reopen_session' THEN RETURN reopen_session_effect(asked);
        WHEN 'transfer_payment' THEN RETURN transfer_payment_effect(asked);
        WHEN 'waive_shortage' THEN RETURN waive_shortage_effect(asked);
    END CASE;
END
$$;

-- The version of limits and reasons in force today, or NULL.
CREATE OR REPLACE FUNCTION commercial.authority_rules() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$ SELECT r.id FROM rule_set r WHERE r.kind = 'authority' AND r.valid @> office_today() $$;

-- The kinds that the signed-in person decides today, in their own job or for somebody absent.
CREATE OR REPLACE FUNCTION commercial.decided_kinds() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce(array_agg(DISTINCT l.kind), '{}')
    FROM authority_limit l
    WHERE l.rule_set_id = authority_rules() AND (
        l.job = (SELECT m.job FROM staff_member m WHERE m.username = session_user AND m.active)
        OR EXISTS (
            SELECT FROM delegation d JOIN staff_member p ON p.username = d.principal
            WHERE d.deputy = session_user AND d.ended_at IS NULL AND d.valid @> office_today()
              AND l.kind = ANY (d.kinds) AND p.job = l.job AND p.active))
$$;

-- A request as every act on it answers.
CREATE OR REPLACE FUNCTION commercial.authorisation_answer(asked commercial.authorisation)
RETURNS jsonb LANGUAGE sql STABLE
AS $$
    SELECT jsonb_build_object(
        'authorisation_id', asked.id, 'kind', asked.kind, 'subject_id', asked.subject_id,
        'state', asked.state, 'account_id', asked.account_id, 'session_id', asked.session_id,
        'amount', asked.amount, 'expires_at', asked.expires_at, 'decided_by', asked.decided_by,
        'outcome', asked.outcome)
$$;

-- The reason must be of the kind's list in force, explained where the list says so; gives its name.
CREATE OR REPLACE FUNCTION commercial.check_reason(wanted_list text, wanted text, words text)
RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    chosen authorisation_reason;
BEGIN
    SELECT r.* INTO chosen FROM authorisation_reason r
    WHERE r.rule_set_id = authority_rules() AND r.list = wanted_list AND r.code = wanted;
    IF NOT FOUND OR (chosen.needs_note AND btrim(coalesce(words, '')) = '') THEN
        PERFORM refuse('TC024', 'A reason of the list is needed, explained where it asks for it',
            '{"act": "authorisations.request"}');
    END IF;
    RETURN chosen.name;
END
$$;

-- A request that nobody decided in time, by the server's clock.
CREATE OR REPLACE FUNCTION commercial.expire_authorisations(wanted_kind text, subject bigint)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    UPDATE authorisation a SET state = 'expired', decided_at = a.expires_at
    WHERE a.kind = wanted_kind AND a.subject_id = subject AND a.state = 'requested'
      AND a.expires_at <= clock_timestamp()
$$;

-- What a request would freeze, shown before it is made. command: {kind, subject_id, options}
CREATE OR REPLACE FUNCTION commercial.preview_authorisation(command jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    PERFORM may_request(command ->> 'kind');
    RETURN authorisation_facts(command ->> 'kind', (command ->> 'subject_id')::bigint,
                               coalesce(command -> 'options', '{}'));
END
$$;

-- The kind, if the signed-in person's job may ask for it.
CREATE OR REPLACE FUNCTION commercial.may_request(wanted text)
RETURNS commercial.authorisation_kind
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    kind authorisation_kind;
BEGIN
    SELECT k.* INTO kind FROM authorisation_kind k WHERE k.code = wanted;
    IF NOT FOUND THEN
        PERFORM refuse('TC023', 'There is no such kind of authorisation',
            jsonb_build_object('field', 'kind', 'problem', coalesce(wanted, '')));
    ELSIF NOT holds_job(VARIADIC kind.requesters) THEN
        PERFORM refuse('TC001', 'This job does not ask for that', jsonb_build_object(
            'act', 'authorisations.request'));
    END IF;
    RETURN kind;
END
$$;

-- command: {command_id, kind, subject_id, reason_code, reason, evidence, options}
CREATE OR REPLACE FUNCTION commercial.request_authorisation(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    kind authorisation_kind := may_request(command ->> 'kind');
    subject bigint := (command ->> 'subject_id')::bigint;
    asked authorisation;
    facts jsonb;
    told text;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    IF wanted IS NULL THEN
        PERFORM refuse('TC023', 'The command has no identifier',
            '{"field": "command_id", "problem": "missing"}');
    END IF;
    -- Two clicks, two stations: one request at a time for the same thing, and none is lost.
    PERFORM pg_advisory_xact_lock(hashtextextended(kind.code || ' ' || subject, 0));
    SELECT a.* INTO asked FROM authorisation a WHERE a.command_id = wanted;
    IF FOUND THEN
        IF asked.fingerprint <> print OR asked.requested_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN authorisation_answer(asked);
    END IF;
    told := check_reason(kind.reasons, command ->> 'reason_code', command ->> 'reason');
    PERFORM expire_authorisations(kind.code, subject);
    SELECT a.* INTO asked FROM authorisation a
    WHERE a.kind = kind.code AND a.subject_id = subject AND a.state = 'requested';
    IF FOUND THEN
        PERFORM refuse('TC028', 'The same waits for a decision already', jsonb_build_object(
            'authorisation_id', asked.id, 'by', (
                SELECT m.full_name FROM staff_member m WHERE m.username = asked.requested_by)));
    END IF;
    facts := authorisation_facts(kind.code, subject, coalesce(command -> 'options', '{}'));
    INSERT INTO authorisation (command_id, fingerprint, kind, subject_id, account_id, session_id,
        amount, reason_code, reason, evidence, options, facts, station, expires_at)
    VALUES (wanted, print, kind.code, subject, (facts ->> 'account_id')::bigint,
        (facts ->> 'session_id')::bigint, (facts ->> 'amount')::numeric,
        command ->> 'reason_code', left(btrim(coalesce(command ->> 'reason', '')), 500),
        coalesce(command -> 'evidence', '{}'), coalesce(command -> 'options', '{}'),
        facts || jsonb_build_object('reason_name', told), declared_station(),
        clock_timestamp() + make_interval(hours => kind.hours))
    RETURNING * INTO asked;
    PERFORM announce('authorisation', asked.id::text);
    RETURN authorisation_answer(asked);
END
$$;

-- In whose authority the signed-in person decides: their own, or that of somebody absent whose
-- deputy they are today. Never in that of who asked. Gives the job whose limits hold.
CREATE OR REPLACE FUNCTION commercial.deciding_job(
    asked commercial.authorisation, absent text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF session_user = asked.requested_by OR absent = asked.requested_by THEN
        PERFORM refuse('TC029', 'Nobody decides their own request', jsonb_build_object(
            'by', (SELECT m.full_name FROM staff_member m WHERE m.username = asked.requested_by)));
    ELSIF absent IS NOT NULL AND NOT EXISTS (
        SELECT FROM delegation d
        WHERE d.principal = absent AND d.deputy = session_user AND d.ended_at IS NULL
          AND d.valid @> office_today() AND asked.kind = ANY (d.kinds)) THEN
        PERFORM refuse('TC032', 'No delegation lets this person act for the other',
            jsonb_build_object('principal', absent));
    END IF;
    RETURN (SELECT m.job FROM staff_member m
            WHERE m.username = coalesce(absent, session_user) AND m.active);
END
$$;

-- The limits of the job in force today must cover the amount; gives their version.
CREATE OR REPLACE FUNCTION commercial.check_authority(
    wanted_kind text, wanted_job text, pesos numeric) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    rules bigint := authority_rules();
BEGIN
    IF NOT EXISTS (
        SELECT FROM authority_limit l
        WHERE l.rule_set_id = rules AND l.kind = wanted_kind AND l.job = wanted_job
          AND l.from_amount <= pesos AND pesos <= coalesce(l.up_to, pesos)) THEN
        PERFORM refuse('TC031', 'The amount is not within what this job decides',
            jsonb_build_object('kind', wanted_kind, 'amount', pesos, 'jobs', (
                SELECT string_agg(l.job, ',' ORDER BY l.up_to NULLS LAST, l.job)
                FROM authority_limit l
                WHERE l.rule_set_id = rules AND l.kind = wanted_kind
                  AND l.from_amount <= pesos AND pesos <= coalesce(l.up_to, pesos))));
    END IF;
    RETURN rules;
END
$$;

-- The request, locked; refuses one that is no longer to be decided.
CREATE OR REPLACE FUNCTION commercial.lock_request(wanted bigint)
RETURNS commercial.authorisation
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    asked authorisation;
BEGIN
    SELECT a.* INTO asked FROM authorisation a WHERE a.id = wanted FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such request',
            jsonb_build_object('document', coalesce(wanted::text, '')));
    END IF;
    RETURN asked;
END
$$;

CREATE OR REPLACE FUNCTION commercial.check_undecided(asked commercial.authorisation) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF asked.state <> 'requested' THEN
        PERFORM refuse('TC027', 'The request was decided already', jsonb_build_object(
            'state', asked.state, 'at', asked.decided_at, 'by', (
                SELECT m.full_name FROM staff_member m
                WHERE m.username = coalesce(asked.decided_by, asked.requested_by))));
    ELSIF asked.expires_at <= clock_timestamp() THEN
        PERFORM refuse('TC030', 'The request expired', jsonb_build_object(
            'expired_at', asked.expires_at));
    END IF;
END
$$;

-- command: {command_id, authorisation_id, verdict: approve | deny, note, on_behalf_of}
CREATE OR REPLACE FUNCTION commercial.decide_authorisation(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    verdict text := command ->> 'verdict';
    words text := left(btrim(coalesce(command ->> 'note', '')), 500);
    absent text := nullif(command ->> 'on_behalf_of', session_user);
    asked authorisation;
    rules bigint;
    produced jsonb;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    asked := lock_request((command ->> 'authorisation_id')::bigint);
    IF asked.decision_command_id = wanted THEN
        IF asked.decision_fingerprint <> print OR asked.decided_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN authorisation_answer(asked);
    END IF;
    PERFORM check_undecided(asked);
    rules := check_authority(asked.kind, deciding_job(asked, absent), asked.amount);
    IF wanted IS NULL OR verdict IS NULL OR verdict NOT IN ('approve', 'deny') THEN
        PERFORM refuse('TC023', 'The decision is neither approve nor deny',
            jsonb_build_object('field', 'verdict', 'problem', coalesce(verdict, '')));
    ELSIF verdict = 'deny' AND words = '' THEN
        PERFORM refuse('TC024', 'To deny, a reason is needed', '{"act": "authorisations.deny"}');
    ELSIF EXISTS (SELECT FROM authorisation a WHERE a.decision_command_id = wanted) THEN
        PERFORM refuse('TC004', 'The command decided another request',
            jsonb_build_object('command_id', wanted));
    ELSIF verdict = 'approve' THEN
        produced := authorisation_effect(asked);
    END IF;
    UPDATE authorisation a SET
        state = CASE verdict WHEN 'approve' THEN 'approved' ELSE 'denied' END,
        decision_command_id = wanted, decision_fingerprint = print, decided_by = session_user,
        decided_at = clock_timestamp(), decision_station = declared_station(),
        decision_note = words, on_behalf_of = absent, rule_set_id = rules, outcome = produced
    WHERE a.id = asked.id RETURNING a.* INTO asked;
    UPDATE rule_set r SET used = true WHERE r.id = rules AND NOT r.used;
    PERFORM announce('authorisation', asked.id::text);
    RETURN authorisation_answer(asked);
END
$$;

-- Take one's own request back. command: {authorisation_id}; again changes nothing.
CREATE OR REPLACE FUNCTION commercial.withdraw_authorisation(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    asked authorisation := lock_request((command ->> 'authorisation_id')::bigint);
BEGIN
    IF asked.requested_by <> session_user THEN
        PERFORM refuse('TC001', 'Only who asked takes a request back',
            '{"act": "authorisations.withdraw"}');
    ELSIF asked.state = 'withdrawn' THEN
        RETURN authorisation_answer(asked);
    END IF;
    PERFORM check_undecided(asked);
    UPDATE authorisation a SET state = 'withdrawn', decided_at = clock_timestamp()
    WHERE a.id = asked.id RETURNING a.* INTO asked;
    PERFORM announce('authorisation', asked.id::text);
    RETURN authorisation_answer(asked);
END
$$;

-- Somebody decides for an absent person, from day to day (suplencia): recorded by that person or by
-- the direction, for somebody who decides in their own job too.
-- command: {command_id, principal, deputy, kinds, from, to, reason}
CREATE OR REPLACE FUNCTION commercial.record_delegation(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    absent text := command ->> 'principal';
    stand_in text := command ->> 'deputy';
    chosen text[] := ARRAY(SELECT jsonb_array_elements_text(coalesce(command -> 'kinds', '[]')));
    from_day date := (command ->> 'from')::date;
    to_day date := (command ->> 'to')::date;
    made delegation;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    SELECT d.* INTO made FROM delegation d WHERE d.command_id = wanted;
    IF FOUND THEN
        IF made.fingerprint <> print OR made.recorded_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN jsonb_build_object('delegation_id', made.id);
    ELSIF session_user <> absent AND NOT holds_job('director') THEN
        PERFORM refuse('TC001', 'Only the absent person or the direction names a deputy',
            '{"act": "authorisations.delegate"}');
    ELSIF stand_in = session_user OR stand_in = absent THEN
        PERFORM refuse('TC029', 'Nobody names themselves a deputy', jsonb_build_object('by', ''));
    ELSIF (SELECT count(*) FROM staff_member m WHERE m.active AND m.username IN (absent, stand_in)
           AND m.job IN ('head_cashier', 'manager', 'director')) <> 2 THEN
        PERFORM refuse('TC022', 'Both must be people who decide', jsonb_build_object(
            'username', coalesce(stand_in, ''), 'problem', 'job'));
    ELSIF cardinality(chosen) = 0 OR EXISTS (
        SELECT FROM unnest(chosen) AS c (code)
        WHERE c.code NOT IN (SELECT k.code FROM authorisation_kind k)) THEN
        PERFORM refuse('TC023', 'There is no such kind of authorisation',
            jsonb_build_object('field', 'kinds', 'problem', coalesce(chosen[1], '')));
    ELSIF to_day IS NULL OR from_day IS NULL OR to_day < from_day OR to_day < office_today()
          OR to_day > from_day + 366 THEN
        PERFORM refuse('TC023', 'The days of the delegation are not right',
            '{"field": "to", "problem": "days"}');
    ELSIF btrim(coalesce(command ->> 'reason', '')) = '' THEN
        PERFORM refuse('TC024', 'A delegation needs a reason',
            '{"act": "authorisations.delegate"}');
    END IF;
    INSERT INTO delegation (command_id, fingerprint, principal, deputy, kinds, valid, reason)
    VALUES (wanted, print, absent, stand_in, chosen, daterange(from_day, to_day, '[]'),
            left(btrim(command ->> 'reason'), 300))
    RETURNING * INTO made;
    PERFORM announce('authorisation', 'delegation');
    RETURN jsonb_build_object('delegation_id', made.id);
END
$$;

-- command: {delegation_id}: from now on; by the absent person or the direction. Again: no change.
CREATE OR REPLACE FUNCTION commercial.end_delegation(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    made delegation;
BEGIN
    SELECT d.* INTO made FROM delegation d
    WHERE d.id = (command ->> 'delegation_id')::bigint FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such delegation', jsonb_build_object(
            'document', coalesce(command ->> 'delegation_id', '')));
    ELSIF session_user <> made.principal AND NOT holds_job('director') THEN
        PERFORM refuse('TC001', 'Only the absent person or the direction ends a delegation',
            '{"act": "authorisations.delegate"}');
    ELSIF made.ended_at IS NULL THEN
        UPDATE delegation SET ended_at = clock_timestamp(), ended_by = session_user
        WHERE id = made.id;
        PERFORM announce('authorisation', 'delegation');
    END IF;
    RETURN jsonb_build_object('delegation_id', made.id);
END
$$;

-- The lifecycle as a table of pairs (domain/authorisations.py says the same; a test compares): what
-- was asked never changes, and a request is decided, withdrawn or expires once.
CREATE OR REPLACE FUNCTION commercial.authorisation_step_allowed(from_state text, to_state text)
RETURNS boolean LANGUAGE sql IMMUTABLE
AS $$
    SELECT from_state = 'requested' AND to_state IN ('approved', 'denied', 'expired', 'withdrawn')
$$;
CREATE OR REPLACE FUNCTION commercial.keep_authorisation() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    answer text[] := '{state,decision_command_id,decision_fingerprint,decided_by,decided_at,'
        'decision_station,decision_note,on_behalf_of,rule_set_id,outcome}';
BEGIN
    IF NOT commercial.authorisation_step_allowed(OLD.state, NEW.state)
       OR to_jsonb(OLD) - answer <> to_jsonb(NEW) - answer THEN
        PERFORM commercial.refuse('TC018', 'A request is answered once and never changed',
            jsonb_build_object('table', 'authorisation'));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER keep_authorisation BEFORE UPDATE ON commercial.authorisation
    FOR EACH ROW EXECUTE FUNCTION commercial.keep_authorisation();

-- A delegation may only be ended, once.
CREATE OR REPLACE FUNCTION commercial.end_delegation_once() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL
       OR to_jsonb(OLD) - '{ended_at,ended_by}'::text[]
          <> to_jsonb(NEW) - '{ended_at,ended_by}'::text[] THEN
        PERFORM commercial.refuse('TC018', 'A delegation is only ended, once',
            jsonb_build_object('table', 'delegation'));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER keep_delegation BEFORE UPDATE ON commercial.delegation
    FOR EACH ROW EXECUTE FUNCTION commercial.end_delegation_once();
