-- Staff are PostgreSQL roles (D2): these functions create, change and disable them.
-- They are owned by tehuacan_staff_keeper, the one role that may create roles.
-- Passwords arrive as SCRAM verifiers computed by the client; the plain text never does.

CREATE OR REPLACE FUNCTION commercial.check_verifier(verifier text) RETURNS void
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
    IF verifier IS NULL OR verifier !~ '^SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
        PERFORM commercial.refuse('TC023', 'The password must come as a SCRAM verifier',
            '{"field": "verifier", "problem": "format"}');
    END IF;
END
$$;

-- A role that exists already may only be that of a person who works here (in another database of
-- this server): it signs in, is in a job's group, and in nothing else. Never a group itself.
CREATE OR REPLACE FUNCTION commercial.adoptable(wanted oid) RETURNS boolean
LANGUAGE sql STABLE
AS $$
    SELECT r.rolcanlogin AND NOT (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb
                                  OR r.rolreplication OR r.rolbypassrls)
        AND EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
        AND NOT EXISTS (
            SELECT FROM pg_auth_members m WHERE m.member = r.oid AND NOT EXISTS (
                SELECT FROM pg_auth_members g
                WHERE g.member = m.roleid AND g.roleid = 'staff'::regrole))
    FROM pg_roles r WHERE r.oid = wanted
$$;

-- Take every job but one from a role that existed before: roles belong to the whole server, and a
-- person has one job. Gives those that were taken away, for whoever adds them to say.
CREATE OR REPLACE FUNCTION commercial.leave_only_job(person text, kept text) RETURNS text[]
LANGUAGE plpgsql SET search_path = commercial, pg_temp
AS $$
DECLARE
    other text;
    taken text[] := '{}';
BEGIN
    FOR other IN
        SELECT DISTINCT g.rolname FROM pg_auth_members m
        JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles p ON p.oid = m.member
        WHERE p.rolname = person AND g.rolname <> kept ORDER BY 1
    LOOP
        EXECUTE format('REVOKE %I FROM %I', other, person);
        taken := taken || other;
    END LOOP;
    IF EXISTS (SELECT FROM pg_auth_members m
               JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles p ON p.oid = m.member
               WHERE p.rolname = person AND g.rolname <> kept) THEN  -- somebody else gave it
        PERFORM refuse('TC022', 'The role belongs to somebody else', jsonb_build_object(
            'username', person, 'problem', 'foreign role'));
    END IF;
    RETURN taken;
END
$$;

-- command: {username, full_name, position, job, verifier, demonstration}. Answers "revoked": the jobs
-- that the person's role had in another database of this server and has no more.
CREATE OR REPLACE FUNCTION commercial.add_staff(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    person text := command ->> 'username';
    job text := command ->> 'job';
    existing pg_roles;
    revoked text[] := '{}';
BEGIN
    PERFORM check_verifier(command ->> 'verifier');
    IF person IS NULL OR person !~ '^[a-z][a-z0-9_.]{2,30}$' OR person LIKE 'pg\_%'
       OR person LIKE 'tehuacan\_%' THEN
        PERFORM refuse('TC022', 'Not a user name', jsonb_build_object(
            'username', coalesce(person, ''), 'problem', 'name'));
    ELSIF EXISTS (SELECT FROM staff_member WHERE username = person) THEN
        PERFORM refuse('TC022', 'The person exists already', jsonb_build_object(
            'username', person, 'problem', 'exists'));
    END IF;
    INSERT INTO staff_member (username, full_name, position, job, is_demonstration)
    VALUES (person, btrim(command ->> 'full_name'), btrim(coalesce(command ->> 'position', '')), job,
            coalesce((command ->> 'demonstration')::boolean, false));
    SELECT * INTO existing FROM pg_roles WHERE rolname = person;
    IF NOT FOUND THEN
        EXECUTE format('CREATE ROLE %I LOGIN', person);
    ELSIF NOT adoptable(existing.oid) THEN
        PERFORM refuse('TC022', 'The role belongs to somebody else', jsonb_build_object(
            'username', person, 'problem', 'foreign role'));
    ELSE
        revoked := leave_only_job(person, job);
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', person, command ->> 'verifier');
    EXECUTE format('GRANT %I TO %I', job, person);
    PERFORM announce('staff', person);
    RETURN jsonb_build_object('username', person, 'job', job, 'revoked', to_jsonb(revoked));
END
$$;

-- command: {username}: no more sign-ins; a connection under way can read and do nothing more.
CREATE OR REPLACE FUNCTION commercial.disable_staff(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    person text := command ->> 'username';
    their_job text;
BEGIN
    UPDATE staff_member SET active = false WHERE username = person AND active
    RETURNING job INTO their_job;
    IF NOT FOUND THEN
        PERFORM refuse('TC022', 'There is no such active person', jsonb_build_object(
            'username', coalesce(person, ''), 'problem', 'unknown'));
    ELSIF person = session_user THEN
        PERFORM refuse('TC022', 'Nobody disables themselves', jsonb_build_object(
            'username', person, 'problem', 'self'));
    END IF;
    EXECUTE format('REVOKE %I FROM %I', their_job, person);
    EXECUTE format('ALTER ROLE %I NOLOGIN', person);
    PERFORM announce('staff', person);
    RETURN jsonb_build_object('username', person, 'job', their_job);
END
$$;

-- command: {username, verifier}: by the administration, or by oneself.
CREATE OR REPLACE FUNCTION commercial.set_staff_password(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    person text := command ->> 'username';
BEGIN
    PERFORM check_verifier(command ->> 'verifier');
    IF NOT EXISTS (SELECT FROM staff_member WHERE username = person AND active) THEN
        PERFORM refuse('TC022', 'There is no such active person', jsonb_build_object(
            'username', coalesce(person, ''), 'problem', 'unknown'));
    ELSIF person <> session_user AND NOT may_administer() THEN
        PERFORM refuse('TC001', 'Only the administration sets another person''s password',
            '{"act": "staff.password"}');
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L', person, command ->> 'verifier');
    PERFORM record_act('staff_member', person, jsonb_build_object('password', 'changed'));
    RETURN jsonb_build_object('username', person);
END
$$;

-- command: {station, program_version, failed: [{username, at}]}: who signed in where, and the
-- failed tries that the station kept while nobody was signed in (N7).
CREATE OR REPLACE FUNCTION commercial.sign_in(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    person staff_member;
BEGIN
    SELECT m.* INTO person FROM staff_member m WHERE m.username = session_user AND m.active;
    IF NOT FOUND THEN
        PERFORM refuse('TC022', 'Not a member of staff', jsonb_build_object(
            'username', session_user, 'problem', 'unknown'));
    END IF;
    INSERT INTO sign_in (username, outcome, at, station, address, program_version)
    SELECT left(f.username, 63), 'failed', f.at, declared_station(), host(inet_client_addr()),
           coalesce(command ->> 'program_version', '')
    FROM jsonb_to_recordset(coalesce(command -> 'failed', '[]'))
        AS f (username text, at timestamptz)
    WHERE f.username IS NOT NULL AND f.at IS NOT NULL;
    INSERT INTO sign_in (username, outcome, at, station, address, program_version)
    VALUES (session_user, 'accepted', clock_timestamp(), declared_station(),
            host(inet_client_addr()), coalesce(command ->> 'program_version', ''));
    RETURN jsonb_build_object(
        'username', person.username, 'full_name', person.full_name, 'position', person.position,
        'job', person.job, 'demonstration', person.is_demonstration,
        'now', clock_timestamp(), 'today', office_today(),
        'durability', (SELECT jsonb_object_agg(name, setting) FROM pg_settings
                       WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')),
        'office', (SELECT jsonb_object_agg(s.key, s.value)
                   FROM office_setting s JOIN rule_set r ON r.id = s.rule_set_id
                   WHERE r.kind = 'office' AND r.valid @> office_today()));
END
$$;

-- Whoever administers staff and settings: the administrator, or the server's own superuser.
CREATE OR REPLACE FUNCTION commercial.may_administer() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT holds_job('administrator')
        OR (SELECT rolsuper FROM pg_roles WHERE rolname = session_user)
$$;
