-- Small functions that every other file uses.

-- Refuse by name: the SQLSTATE names the class, DETAIL carries its facts (domain/refusals).
CREATE OR REPLACE FUNCTION commercial.refuse(code text, message text, facts jsonb DEFAULT '{}')
RETURNS void LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '%', message USING ERRCODE = code, DETAIL = facts::text;
END
$$;

-- Does the signed-in person hold one of these jobs? (función)
CREATE OR REPLACE FUNCTION commercial.holds_job(VARIADIC jobs text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM staff_member
        WHERE username = session_user AND active AND job = ANY (jobs))
$$;

-- The office's today (fecha de hoy) by the server's clock (D7).
CREATE OR REPLACE FUNCTION commercial.office_today() RETURNS date
LANGUAGE sql STABLE
AS $$ SELECT (now() AT TIME ZONE 'America/Mexico_City')::date $$;

-- The station (estación) as the program declares it; a claim, kept beside the network address.
CREATE OR REPLACE FUNCTION commercial.declared_station() RETURNS text
LANGUAGE sql STABLE
AS $$ SELECT coalesce(nullif(current_setting('tehuacan.station', true), ''), 'psql') $$;

-- One office setting in force on a day (ajuste de la oficina), or NULL. In plpgsql, as everything
-- that a charge calls: its plan is kept, where SQL functions were planned anew at every call.
CREATE OR REPLACE FUNCTION commercial.office_setting_on(setting text, day date) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (
        SELECT s.value
        FROM office_setting s JOIN rule_set r ON r.id = s.rule_set_id
        WHERE r.kind IN ('office', 'calendar', 'denominations', 'anomalies')
          AND r.valid @> day AND s.key = setting);
END
$$;

-- A change for the other stations: a row for their poll, which is the truth (D10), and a
-- notification for what they should see at once. A payment writes only the row: a NOTIFY makes
-- PostgreSQL commit one transaction at a time, and eight tills would wait in one line.
CREATE OR REPLACE FUNCTION commercial.announce(about text, what text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    INSERT INTO change_notice (topic, subject) VALUES (about, what);
    SELECT pg_notify('tehuacan', json_build_object('topic', about, 'subject', what)::text);
$$;

-- A whole number of cents, as text in, numeric out; refuses anything else (importe).
CREATE OR REPLACE FUNCTION commercial.to_pesos(value text, field text) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
    IF value IS NULL OR value !~ '^-?\d{1,10}(\.\d{1,2})?$' THEN
        PERFORM commercial.refuse('TC023', 'Amount is not pesos and centavos',
            jsonb_build_object('field', field, 'problem', coalesce(value, 'null')));
    END IF;
    RETURN value::numeric(12, 2);
END
$$;

-- The fingerprint of a command (huella de la orden): jsonb has one text for one value.
CREATE OR REPLACE FUNCTION commercial.fingerprint_of(command jsonb) RETURNS text
LANGUAGE sql STABLE  -- as convert_to is; declared stricter, it would not be inlined
AS $$ SELECT encode(sha256(convert_to(command::text, 'UTF8')), 'hex') $$;

-- Folio as printed: series and at least six digits.
CREATE OR REPLACE FUNCTION commercial.folio_text(series text, number bigint) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$ SELECT series || '-' || lpad(number::text, greatest(6, length(number::text)), '0') $$;

-- The fingerprint of a row of a bank's file (huella del renglón): day, pesos, two texts.
CREATE OR REPLACE FUNCTION commercial.row_print(day date, pesos numeric, one text, two text)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(to_char(day, 'YYYY-MM-DD'),
        pesos::numeric(14, 2), btrim(coalesce(one, '')), btrim(coalesce(two, '')))::text, 'UTF8')),
        'hex')
$$;

-- A control total of a file against what came of it (total de control).
CREATE OR REPLACE FUNCTION commercial.check_control(what text, found_one numeric, told text)
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    IF told IS NULL OR told !~ '^\d{1,12}(\.\d{1,2})?$' OR told::numeric <> found_one THEN
        PERFORM commercial.refuse('TC065', 'The control total is another', jsonb_build_object(
            'what', what, 'expected', coalesce(told, ''), 'found', found_one::text));
    END IF;
END
$$;

-- The name of a member of staff, empty for nobody.
CREATE OR REPLACE FUNCTION commercial.name_of(person text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$ SELECT coalesce((SELECT m.full_name FROM staff_member m WHERE m.username = person), '') $$;
