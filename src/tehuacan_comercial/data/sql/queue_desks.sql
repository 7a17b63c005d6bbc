-- Who attends at which desk (personal en ventanilla): one person, one desk, until they leave it or
-- supervision frees it.

-- One's own open shift, locked: a desk does one thing at a time.
CREATE OR REPLACE FUNCTION commercial.own_desk() RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    shift desk_shift;
BEGIN
    SELECT d.* INTO shift FROM desk_shift d
    WHERE d.staff = session_user AND d.closed_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC112', 'This person attends at no desk');
    END IF;
    RETURN shift.desk;
END
$$;

-- A desk that has somebody in its hands calls nobody else and is not left.
CREATE OR REPLACE FUNCTION commercial.refuse_in_hand(wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    held record;
BEGIN
    SELECT t.label, s.state INTO held
    FROM service_request s JOIN queue_ticket t ON t.id = s.ticket_id
    WHERE s.desk = wanted AND s.state IN ('called', 'serving');
    IF FOUND THEN
        PERFORM refuse('TC113', 'The desk has somebody in its hands', jsonb_build_object(
            'label', held.label, 'state', held.state));
    END IF;
END
$$;

-- What yesterday left open ends when the first desk of today is taken: nobody waits any more.
CREATE OR REPLACE FUNCTION commercial.end_past_days() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    turn service_request;
BEGIN
    FOR turn IN
        SELECT s.* FROM service_request s JOIN queue_ticket t ON t.id = s.ticket_id
        WHERE s.state IN ('waiting', 'called', 'serving', 'on_hold')
          AND t.business_date < office_today()
        ORDER BY s.id FOR UPDATE OF t, s SKIP LOCKED
    LOOP
        PERFORM enter_state(turn, 'day_end', 'abandoned', NULL, turn.desk, 'Fin del día');
    END LOOP;
    UPDATE desk_shift d SET closed_at = clock_timestamp(), closed_by = session_user,
        close_reason = 'Fin del día'
    WHERE d.closed_at IS NULL
      AND (d.opened_at AT TIME ZONE 'America/Mexico_City')::date < office_today();
END
$$;

CREATE OR REPLACE FUNCTION commercial.shift_answer(shift commercial.desk_shift) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object('shift_id', shift.id, 'desk', shift.desk,
        'desk_name', shift.desk_name, 'staff', shift.staff, 'opened_at', shift.opened_at)
$$;

-- command: {command_id, desk}: attend there from now on; the desk one had is left.
CREATE OR REPLACE FUNCTION commercial.take_desk(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted text := command ->> 'desk';
    made desk_shift;
BEGIN
    PERFORM require_command((command ->> 'command_id')::uuid);
    PERFORM queue_entry('desks', wanted);
    PERFORM pg_advisory_xact_lock(hashtext('tehuacan desks'));
    PERFORM end_past_days();
    SELECT d.* INTO made FROM desk_shift d WHERE d.closed_at IS NULL
        AND (d.staff = session_user OR d.desk = wanted)
        ORDER BY (d.desk = wanted) DESC LIMIT 1 FOR UPDATE;
    IF made.desk = wanted AND made.staff = session_user THEN
        RETURN shift_answer(made);
    ELSIF made.desk = wanted THEN
        PERFORM refuse('TC111', 'Somebody else attends there', jsonb_build_object(
            'desk', made.desk_name, 'by', name_of(made.staff)));
    ELSIF FOUND THEN
        PERFORM refuse_in_hand(made.desk);
        UPDATE desk_shift d SET closed_at = clock_timestamp(), closed_by = session_user
        WHERE d.id = made.id;
    END IF;
    IF EXISTS (SELECT FROM desk_shift d WHERE d.command_id = (command ->> 'command_id')::uuid) THEN
        PERFORM refuse('TC004', 'The shift of this command has ended',
            jsonb_build_object('command_id', command ->> 'command_id'));
    END IF;
    INSERT INTO desk_shift (command_id, desk, desk_name, station)
    VALUES ((command ->> 'command_id')::uuid, wanted, desk_name(wanted), declared_station())
    RETURNING * INTO made;
    PERFORM announce('queue', wanted);
    RETURN shift_answer(made);
END
$$;

-- command: {}: one attends nowhere any more. Again: no change.
CREATE OR REPLACE FUNCTION commercial.leave_desk(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    left_desk text;
BEGIN
    SELECT d.desk INTO left_desk FROM desk_shift d
    WHERE d.staff = session_user AND d.closed_at IS NULL FOR UPDATE;
    IF left_desk IS NOT NULL THEN
        PERFORM refuse_in_hand(left_desk);
        UPDATE desk_shift d SET closed_at = clock_timestamp(), closed_by = session_user,
            close_reason = left(btrim(coalesce(command ->> 'note', '')), 300)
        WHERE d.staff = session_user AND d.closed_at IS NULL;
        PERFORM announce('queue', left_desk);
    END IF;
    RETURN jsonb_build_object('desk', coalesce(left_desk, ''));
END
$$;

-- command: {desk, note}: supervision frees the desk of somebody who is gone; whoever was called or
-- attended there waits again with their seniority. Again: no change.
CREATE OR REPLACE FUNCTION commercial.free_desk(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    freed text := command ->> 'desk';
    why text := require_note(command, 'queue.supervise');
    turn service_request;
    back text[] := '{}';
BEGIN
    PERFORM FROM desk_shift d WHERE d.desk = freed AND d.closed_at IS NULL FOR UPDATE;
    FOR turn IN
        SELECT s.* FROM service_request s JOIN queue_ticket t ON t.id = s.ticket_id
        WHERE s.desk = freed AND s.state IN ('called', 'serving') FOR UPDATE OF t, s
    LOOP
        PERFORM enter_state(turn, 'free_desk', 'waiting', NULL, NULL, why);
        back := back || (SELECT t.label FROM queue_ticket t WHERE t.id = turn.ticket_id);
    END LOOP;
    UPDATE desk_shift d SET closed_at = clock_timestamp(), closed_by = session_user,
        close_reason = left(btrim(why), 300)
    WHERE d.desk = freed AND d.closed_at IS NULL;
    PERFORM announce('queue', freed);
    RETURN jsonb_build_object('desk', freed, 'waiting_again', back);
END
$$;
