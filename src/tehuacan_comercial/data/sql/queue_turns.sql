-- What becomes of a turn: paused, passed on, absent, back, gone, attended.

-- command: {command_id, request_id, note}: the person fetches something and comes back here.
CREATE OR REPLACE FUNCTION commercial.hold_turn(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    PERFORM require_note(command, 'queue.attend');
    RETURN move_turn(command, 'hold', 'serving', 'on_hold');
END
$$;

-- command: {command_id, request_id}: back from a pause, to any desk that is free: whoever paused may
-- be gone by then.
CREATE OR REPLACE FUNCTION commercial.resume_turn(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    done bigint := turn_of_command(command, 'resume');
    at_desk text;
    turn service_request;
BEGIN
    IF done IS NOT NULL THEN
        RETURN turn_answer(done);
    END IF;
    at_desk := own_desk();
    PERFORM refuse_in_hand(at_desk);
    turn := lock_turn((command ->> 'request_id')::bigint, true);
    IF turn.state <> 'on_hold' THEN
        PERFORM refuse_turn(turn);
    END IF;
    RETURN enter_state(turn, 'resume', 'serving', command, at_desk, '');
END
$$;

-- command: {command_id, request_id, account_id, note}: attended.
CREATE OR REPLACE FUNCTION commercial.finish_turn(command jsonb) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$ SELECT move_turn(command, 'finish', 'serving', 'done') $$;

-- command: {command_id, request_id, procedure, desk, account_id, note}: to another procedure or desk,
-- with seniority, account and a note. Answers the turn that waits.
CREATE OR REPLACE FUNCTION commercial.transfer_turn(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    done bigint := turn_of_command(command, 'transfer');
    why text := require_note(command, 'queue.attend');
    entry jsonb;
    turn service_request;
    ticket queue_ticket;
BEGIN
    IF done IS NOT NULL THEN
        RETURN turn_answer((SELECT s.id FROM service_request s WHERE s.previous_id = done));
    END IF;
    entry := queue_entry('procedures', command ->> 'procedure');
    turn := lock_turn((command ->> 'request_id')::bigint, true);
    SELECT t.* INTO ticket FROM queue_ticket t WHERE t.id = turn.ticket_id;
    PERFORM enter_state(turn, 'transfer', 'transferred', command, turn.desk, why);
    RETURN add_request(ticket, entry, turn.seniority_at, command, 'transfer', turn.id);
END
$$;

-- command: {command_id, request_id, procedure, desk, account_id, note}: the person in one's hands
-- needs something more; it waits from now on, until the present service ends.
CREATE OR REPLACE FUNCTION commercial.add_service(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    done bigint := turn_of_command(command, 'add');
    entry jsonb;
    turn service_request;
    ticket queue_ticket;
BEGIN
    IF done IS NOT NULL THEN
        RETURN turn_answer(done);
    END IF;
    entry := queue_entry('procedures', command ->> 'procedure');
    turn := lock_turn((command ->> 'request_id')::bigint, true);
    IF turn.state NOT IN ('called', 'serving', 'on_hold') THEN
        PERFORM refuse_turn(turn);
    END IF;
    SELECT t.* INTO ticket FROM queue_ticket t WHERE t.id = turn.ticket_id;
    RETURN add_request(ticket, entry, clock_timestamp(), command, 'add', NULL);
END
$$;

-- command: {command_id, request_id}: called as often and as long as the rules say, and not here.
CREATE OR REPLACE FUNCTION commercial.mark_no_show(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    done bigint := turn_of_command(command, 'no_show');
    rules jsonb := queue_rules();
    told jsonb;
    turn service_request;
    first timestamptz;
BEGIN
    IF done IS NOT NULL THEN
        RETURN turn_answer(done);
    END IF;
    turn := lock_turn((command ->> 'request_id')::bigint, true);
    told := turn_answer(turn.id);
    first := (SELECT max(p.at) FROM service_period p
              WHERE p.request_id = turn.id AND p.act IN ('call_next', 'call_chosen'));
    IF turn.state = 'called' AND ((told ->> 'calls')::integer < (rules ->> 'no_show_calls')::integer
            OR clock_timestamp() < first
                + (rules ->> 'no_show_seconds')::integer * interval '1 second') THEN
        PERFORM refuse('TC115', 'Not called often or long enough', jsonb_build_object(
            'label', told ->> 'label', 'calls', told -> 'calls',
            'needed', rules -> 'no_show_calls', 'seconds', rules -> 'no_show_seconds'));
    END IF;
    RETURN enter_state(turn, 'no_show', 'no_show', command, turn.desk, '');
END
$$;

-- command: {command_id, request_id}: the absent person came after all, in time.
CREATE OR REPLACE FUNCTION commercial.revive_turn(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    done bigint := turn_of_command(command, 'revive');
    minutes integer := (queue_rules() ->> 'revive_minutes')::integer;
    turn service_request;
    ticket queue_ticket;
BEGIN
    IF done IS NOT NULL THEN
        RETURN turn_answer(done);
    END IF;
    turn := lock_turn((command ->> 'request_id')::bigint, false);
    SELECT t.* INTO ticket FROM queue_ticket t WHERE t.id = turn.ticket_id;
    IF turn.state <> 'no_show' THEN
        PERFORM refuse_turn(turn);
    ELSIF ticket.business_date <> office_today() OR clock_timestamp() > minutes * interval '1 minute'
            + (SELECT max(p.at) FROM service_period p WHERE p.request_id = turn.id) THEN
        PERFORM refuse('TC114', 'Too late to come back', jsonb_build_object(
            'label', ticket.label, 'minutes', minutes));
    END IF;
    RETURN enter_state(turn, 'revive', 'waiting', command, NULL, '');
END
$$;

-- command: {command_id, request_id, note}: the person left before the end.
CREATE OR REPLACE FUNCTION commercial.abandon_turn(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    done bigint := turn_of_command(command, 'abandon');
    turn service_request;
BEGIN
    IF done IS NOT NULL THEN
        RETURN turn_answer(done);
    END IF;
    turn := lock_turn((command ->> 'request_id')::bigint, true);
    RETURN enter_state(turn, 'abandon', 'abandoned', command, turn.desk, command ->> 'note');
END
$$;
