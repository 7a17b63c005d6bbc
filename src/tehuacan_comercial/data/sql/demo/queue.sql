-- DEMOSTRACIÓN. Mornings of the queue (turnos) as they were: tickets, their service, rows of time in order.
-- One statement: what it refers to is checked by the tables themselves.
WITH told AS (SELECT CAST(:told AS jsonb) AS doc),
shift AS (
    INSERT INTO commercial.desk_shift (command_id, desk, desk_name, station, staff, opened_at,
                                       closed_at, closed_by)
    SELECT CAST(md5(concat_ws(' ', 'turno', s.desk, s.opened_at)) AS uuid), s.desk, s.desk_name,
           'DEMOSTRACIÓN', s.staff, s.opened_at, s.closed_at, s.staff
    FROM told, jsonb_to_recordset(told.doc -> 'shifts') AS s (desk text, desk_name text, staff text,
        opened_at timestamptz, closed_at timestamptz)
    ORDER BY s.opened_at, s.desk),
turn AS (
    SELECT t.*, t.procedure AS entry, nextval('commercial.queue_ticket_id_seq') AS ticket_id,
           nextval('commercial.service_request_id_seq') AS request_id,
           CAST(t.periods -> 0 ->> 'at' AS timestamptz) AS taken_at, t.periods -> -1 AS last,
           CAST(md5(concat_ws(' ', t.day, t.label)) AS uuid) AS command_id
    FROM told, jsonb_to_recordset(told.doc -> 'turns') AS t (day date, prefix text, number integer,
        label text, priority text, priority_name text, procedure jsonb, taken_by text,
        periods jsonb)),
series AS (
    INSERT INTO commercial.queue_series (day, prefix, last_number)
    SELECT day, prefix, max(number) FROM turn GROUP BY day, prefix),
ticket AS (
    INSERT INTO commercial.queue_ticket (id, command_id, fingerprint, business_date, prefix, number,
        label, priority, priority_name, channel, station, taken_by, taken_at)
    OVERRIDING SYSTEM VALUE
    SELECT ticket_id, command_id, encode(sha256(convert_to(label, 'UTF8')), 'hex'), day, prefix,
           number, label, priority, priority_name, 'reception', 'DEMOSTRACIÓN', taken_by, taken_at
    FROM turn),
request AS (
    INSERT INTO commercial.service_request (id, ticket_id, line, procedure, procedure_name,
        wait_minutes, service_minutes, rule_set_id, seniority_at, state, desk, attended_by,
        created_by, created_at)
    OVERRIDING SYSTEM VALUE
    SELECT request_id, ticket_id, 1, entry ->> 'code', entry ->> 'name',
           CAST(entry ->> 'wait_minutes' AS integer), CAST(entry ->> 'service_minutes' AS integer),
           CAST(commercial.queue_rules() ->> 'rule_set_id' AS bigint), taken_at, last ->> 'state',
           last ->> 'desk', CASE WHEN last ->> 'desk' IS NOT NULL THEN last ->> 'staff' END,
           taken_by, taken_at
    FROM turn)
INSERT INTO commercial.service_period (request_id, number, act, state, desk, staff, at, passed_over,
                                       station)
SELECT t.request_id, p.place, p.entry ->> 'act', p.entry ->> 'state', p.entry ->> 'desk',
       p.entry ->> 'staff', CAST(p.entry ->> 'at' AS timestamptz),
       CAST(p.entry ->> 'passed_over' AS integer), 'DEMOSTRACIÓN'
FROM turn t, jsonb_array_elements(t.periods) WITH ORDINALITY AS p (entry, place)
ORDER BY t.request_id, p.place
