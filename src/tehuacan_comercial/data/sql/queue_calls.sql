-- Taking a ticket, and calling people to a desk.

-- command: {command_id, procedure, priority, account_id, note, channel}: somebody arrives.
CREATE OR REPLACE FUNCTION commercial.take_ticket(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    print text := fingerprint_of(command);
    class text := coalesce(command ->> 'priority', '');
    entry jsonb;
    class_name text := '';
    given integer;
    made queue_ticket;
BEGIN
    PERFORM hold_command(wanted);
    SELECT t.* INTO made FROM queue_ticket t WHERE t.command_id = wanted;
    IF FOUND THEN
        IF made.fingerprint <> print OR made.taken_by <> session_user THEN
            PERFORM refuse('TC004', 'The command came again with other content',
                jsonb_build_object('command_id', wanted));
        END IF;
        RETURN turn_answer((SELECT s.id FROM service_request s
                            WHERE s.ticket_id = made.id AND s.line = 1));
    END IF;
    entry := queue_entry('procedures', command ->> 'procedure');
    IF class <> '' THEN
        class_name := queue_entry('priorities', class) ->> 'name';
    END IF;
    INSERT INTO queue_series AS n (day, prefix, last_number)
    VALUES (office_today(), entry ->> 'prefix', 1)
    ON CONFLICT (day, prefix) DO UPDATE SET last_number = n.last_number + 1
    RETURNING n.last_number INTO given;
    INSERT INTO queue_ticket (command_id, fingerprint, business_date, prefix, number, label,
                              priority, priority_name, channel, station)
    VALUES (wanted, print, office_today(), entry ->> 'prefix', given,
            (entry ->> 'prefix') || '-' || lpad(given::text, greatest(3, length(given::text)), '0'),
            class, class_name, coalesce(command ->> 'channel', 'reception'), declared_station())
    RETURNING * INTO made;
    RETURN add_request(made, entry, made.taken_at, command, 'take', NULL);
END
$$;

-- One more procedure of a visit, waiting from now on with the seniority given.
CREATE OR REPLACE FUNCTION commercial.add_request(
    ticket commercial.queue_ticket, entry jsonb, since timestamptz, command jsonb, act text,
    came_from bigint)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    made service_request;
    to_desk text := coalesce(command ->> 'desk', '');
BEGIN
    IF to_desk <> '' THEN
        PERFORM queue_entry('desks', to_desk);
    END IF;
    INSERT INTO service_request (ticket_id, line, procedure, procedure_name, wait_minutes,
                                 service_minutes, rule_set_id, seniority_at, wanted_desk, note,
                                 previous_id, account_id, state)
    VALUES (ticket.id,
            (SELECT count(*) + 1 FROM service_request s WHERE s.ticket_id = ticket.id),
            entry ->> 'code', entry ->> 'name', (entry ->> 'wait_minutes')::integer,
            (entry ->> 'service_minutes')::integer, (queue_rules() ->> 'rule_set_id')::bigint,
            since, to_desk, left(btrim(coalesce(command ->> 'note', '')), 300), came_from,
            coalesce((command ->> 'account_id')::bigint,
                     (SELECT s.account_id FROM service_request s WHERE s.id = came_from)),
            'waiting')
    RETURNING * INTO made;
    -- A transfer's own row of time carries the command; its successor only follows.
    RETURN enter_state(made, act, 'waiting', CASE WHEN act <> 'transfer' THEN command END, NULL,
                       command ->> 'note');
END
$$;

-- Whom a desk may call now: of today, in nobody's hands, for a procedure it serves, and not passed
-- to another desk that somebody attends.
CREATE OR REPLACE FUNCTION commercial.desk_line(at_desk text)
RETURNS TABLE (request_id bigint, preferential boolean, seniority timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT s.id, t.priority <> '', s.seniority_at
    FROM service_request s JOIN queue_ticket t ON t.id = s.ticket_id
    WHERE s.state = 'waiting' AND NOT t.in_hand AND t.business_date = office_today()
      AND s.procedure <> ALL (ARRAY(
          SELECT e ->> 'code' FROM jsonb_array_elements(queue_rules() -> 'procedures') e
          WHERE e -> 'desks' <> '[]' AND NOT e -> 'desks' ? at_desk))
      AND (s.wanted_desk IN ('', at_desk) OR NOT EXISTS (
          SELECT FROM desk_shift d WHERE d.desk = s.wanted_desk AND d.closed_at IS NULL))
$$;

-- Preferential people that a desk called in a row today while others waited.
CREATE OR REPLACE FUNCTION commercial.desk_run(at_desk text) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce((
        SELECT CASE WHEN (p.at AT TIME ZONE 'America/Mexico_City')::date = office_today()
                    THEN p.passed_over ELSE 0 END
        FROM service_period p WHERE p.desk = at_desk AND p.act = 'call_next'
        ORDER BY p.id DESC LIMIT 1), 0)
$$;

-- command: {command_id}: the next person for one's desk, or {} when nobody waits for it. The order is
-- that of domain/queue_fairness.py. Two desks never get the same person: whoever is being taken is
-- passed by, and what was read before the lock is asked again after it.
CREATE OR REPLACE FUNCTION commercial.call_next(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    called bigint := turn_of_command(command, 'call_next');
    at_desk text;
    run integer;
    most integer := (queue_rules() ->> 'most_preferential')::integer;
    turn service_request;
    first boolean;
    others boolean;
BEGIN
    IF called IS NOT NULL THEN
        RETURN turn_answer(called);
    END IF;
    at_desk := own_desk();
    PERFORM refuse_in_hand(at_desk);
    run := desk_run(at_desk);
    SELECT s.* INTO turn FROM service_request s JOIN queue_ticket t ON t.id = s.ticket_id
    WHERE s.state = 'waiting' AND NOT t.in_hand
      AND s.id IN (SELECT l.request_id FROM desk_line(at_desk) l)
    ORDER BY (t.priority <> '') = (run < most) DESC, s.seniority_at, s.id
    LIMIT 1 FOR UPDATE OF t, s SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN '{}';
    END IF;
    SELECT bool_or(l.preferential) FILTER (WHERE l.request_id = turn.id),
           bool_or(NOT l.preferential) INTO first, others FROM desk_line(at_desk) l;
    RETURN enter_state(turn, 'call_next', 'called', command, at_desk, '',
                       CASE WHEN first AND others THEN run + 1 ELSE 0 END);
END
$$;

-- command: {command_id, request_id, note}: somebody out of turn, for a reason that stays written.
CREATE OR REPLACE FUNCTION commercial.call_chosen(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    called bigint := turn_of_command(command, 'call_chosen');
    why text := require_note(command, 'queue.attend');
    at_desk text;
    turn service_request;
BEGIN
    IF called IS NOT NULL THEN
        RETURN turn_answer(called);
    END IF;
    at_desk := own_desk();
    PERFORM refuse_in_hand(at_desk);
    turn := lock_turn((command ->> 'request_id')::bigint, false);
    IF turn.state <> 'waiting' OR EXISTS (
            SELECT FROM queue_ticket t WHERE t.id = turn.ticket_id
            AND (t.in_hand OR t.business_date <> office_today())) THEN
        PERFORM refuse_turn(turn);
    END IF;
    RETURN enter_state(turn, 'call_chosen', 'called', command, at_desk, why);
END
$$;

-- A step of a turn in one's own hands that needs no more than its state.
CREATE OR REPLACE FUNCTION commercial.move_turn(
    command jsonb, act text, from_state text, to_state text)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    done bigint := turn_of_command(command, act);
    turn service_request;
BEGIN
    IF done IS NOT NULL THEN
        RETURN turn_answer(done);
    END IF;
    turn := lock_turn((command ->> 'request_id')::bigint, true);
    IF turn.state <> from_state THEN
        PERFORM refuse_turn(turn);
    END IF;
    RETURN enter_state(turn, act, to_state, command, turn.desk, command ->> 'note');
END
$$;

-- command: {command_id, request_id}: called once more to the same desk.
CREATE OR REPLACE FUNCTION commercial.recall_turn(command jsonb) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$ SELECT move_turn(command, 'recall', 'called', 'called') $$;

-- command: {command_id, request_id}: the person is at the desk.
CREATE OR REPLACE FUNCTION commercial.begin_turn(command jsonb) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$ SELECT move_turn(command, 'begin', 'called', 'serving') $$;
