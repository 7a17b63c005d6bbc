-- The attention queue (turnos, A1 to A7): ticket → service request → period. Time is only ever added:
-- a state ends where the next row begins. Order of locks: desk, ticket, request, series.

-- The lifecycle as a table of pairs; the screen asks the same pairs in domain/lifecycles.py.
CREATE OR REPLACE FUNCTION commercial.request_step_allowed(from_state text, to_state text)
RETURNS boolean LANGUAGE sql IMMUTABLE
AS $$
    SELECT (from_state, to_state) IN (
        ('waiting', 'called'), ('waiting', 'transferred'), ('waiting', 'abandoned'),
        ('called', 'called'), ('called', 'serving'), ('called', 'no_show'),
        ('called', 'transferred'), ('called', 'abandoned'), ('called', 'waiting'),
        ('serving', 'done'), ('serving', 'on_hold'), ('serving', 'transferred'),
        ('serving', 'abandoned'), ('serving', 'waiting'),
        ('on_hold', 'serving'), ('on_hold', 'abandoned'), ('no_show', 'waiting'))
$$;

-- A period follows the one before: the next number, an allowed step, not earlier.
CREATE OR REPLACE FUNCTION commercial.check_period() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    last service_period;
BEGIN
    SELECT p.* INTO last FROM service_period p WHERE p.request_id = NEW.request_id
    ORDER BY p.number DESC LIMIT 1;
    IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.at < last.at
       OR NOT (CASE WHEN last.id IS NULL THEN NEW.state = 'waiting'
                    ELSE request_step_allowed(last.state, NEW.state) END) THEN
        PERFORM refuse('TC017', 'The turn cannot take this step', jsonb_build_object(
            'document', 'El turno', 'state', last.state, 'wish', NEW.state));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER follows BEFORE INSERT ON commercial.service_period
    FOR EACH ROW EXECUTE FUNCTION commercial.check_period();

-- What stays of a request, a ticket and a shift; and a request is in the state of its last period.
CREATE OR REPLACE FUNCTION commercial.check_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF NEW.state IS DISTINCT FROM (SELECT p.state FROM service_period p
            WHERE p.request_id = NEW.id ORDER BY p.number DESC LIMIT 1) THEN
        PERFORM refuse('TC017', 'A turn changes by its periods', jsonb_build_object(
            'document', 'El turno', 'state', OLD.state, 'wish', NEW.state));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER step BEFORE UPDATE OF state ON commercial.service_request
    FOR EACH ROW EXECUTE FUNCTION commercial.check_request();
CREATE OR REPLACE TRIGGER keep_service_request BEFORE UPDATE ON commercial.service_request
    FOR EACH ROW EXECUTE FUNCTION commercial.allow_only(
        'state', 'desk', 'attended_by', 'account_id');
CREATE OR REPLACE TRIGGER keep_queue_ticket BEFORE UPDATE ON commercial.queue_ticket
    FOR EACH ROW EXECUTE FUNCTION commercial.allow_only('in_hand');
CREATE OR REPLACE TRIGGER keep_desk_shift BEFORE UPDATE ON commercial.desk_shift
    FOR EACH ROW EXECUTE FUNCTION commercial.allow_only('closed_at', 'closed_by', 'close_reason');
CREATE OR REPLACE TRIGGER closed_once BEFORE UPDATE ON commercial.desk_shift
    FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL)
    EXECUTE FUNCTION commercial.forbid_change();
CREATE OR REPLACE TRIGGER keep_queue_series BEFORE UPDATE ON commercial.queue_series
    FOR EACH ROW
    WHEN (NEW.day IS DISTINCT FROM OLD.day OR NEW.prefix IS DISTINCT FROM OLD.prefix
        OR NEW.last_number IS DISTINCT FROM OLD.last_number + 1)
    EXECUTE FUNCTION commercial.next_folio_only();

-- Each state with its end, NULL while it lasts (tiempos). With the reader's own rights.
CREATE OR REPLACE VIEW commercial.service_interval WITH (security_invoker = true) AS
SELECT p.request_id, p.number, p.act, p.state, p.desk, p.staff, p.note, p.at AS began_at,
       lead(p.at) OVER (PARTITION BY p.request_id ORDER BY p.number) AS ended_at
FROM commercial.service_period p;

-- The queue's rules of today (resources/rules/queue.toml), or NULL where none were loaded.
CREATE OR REPLACE FUNCTION commercial.queue_rules() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN (SELECT s.value || jsonb_build_object('rule_set_id', r.id)
            FROM office_setting s JOIN rule_set r ON r.id = s.rule_set_id
            WHERE r.kind = 'queue' AND s.key = 'queue' AND r.valid @> office_today());
END
$$;

-- The entry of a list of the rules by its code; refuses one that is not there.
CREATE OR REPLACE FUNCTION commercial.queue_entry(list text, wanted text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    found jsonb := (SELECT e FROM jsonb_array_elements(queue_rules() -> list) e
                    WHERE e ->> 'code' = wanted);
BEGIN
    IF found IS NULL THEN
        PERFORM refuse('TC023', 'The queue has no such entry', jsonb_build_object(
            'field', list, 'problem', coalesce(wanted, 'missing')));
    END IF;
    RETURN found;
END
$$;

-- A desk as people call it; its code where the rules of today do not name it.
CREATE OR REPLACE FUNCTION commercial.desk_name(wanted text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT coalesce((SELECT e ->> 'name' FROM jsonb_array_elements(queue_rules() -> 'desks') e
                     WHERE e ->> 'code' = wanted), wanted, '')
$$;

-- A turn as every act on it answers.
CREATE OR REPLACE FUNCTION commercial.turn_answer(wanted bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    SELECT jsonb_build_object(
        'request_id', s.id, 'ticket_id', t.id, 'label', t.label, 'procedure', s.procedure,
        'procedure_name', s.procedure_name, 'wait_minutes', s.wait_minutes,
        'service_minutes', s.service_minutes, 'priority', t.priority,
        'priority_name', t.priority_name, 'state', s.state, 'seniority', s.seniority_at,
        'since', (SELECT p.at FROM service_period p WHERE p.request_id = s.id
                  ORDER BY p.number DESC LIMIT 1),
        'calls', (SELECT count(*) FROM service_period p
                  WHERE p.request_id = s.id AND p.state = 'called' AND p.number > (
                      SELECT max(w.number) FROM service_period w
                      WHERE w.request_id = s.id AND w.state = 'waiting')),
        'desk', coalesce(s.desk, ''), 'attended_by', coalesce(s.attended_by, ''),
        'wanted_desk', s.wanted_desk, 'account_id', s.account_id, 'note', s.note)
    FROM service_request s JOIN queue_ticket t ON t.id = s.ticket_id WHERE s.id = wanted
$$;

-- One command at a time: the same one twice at once waits here, and then finds what it did.
CREATE OR REPLACE FUNCTION commercial.hold_command(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    PERFORM require_command(wanted);
    PERFORM pg_advisory_xact_lock(hashtextextended(wanted::text, 4));
END
$$;

-- The request that this command made or moved, if it came before; refuses it with other content.
CREATE OR REPLACE FUNCTION commercial.turn_of_command(command jsonb, act text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wanted uuid := command ->> 'command_id';
    done service_period;
BEGIN
    PERFORM hold_command(wanted);
    SELECT p.* INTO done FROM service_period p WHERE p.command_id = wanted;
    IF FOUND AND (done.staff <> session_user
                  OR done.fingerprint <> fingerprint_of(command || jsonb_build_object('act', act)))
    THEN
        PERFORM refuse('TC004', 'The command came again with other content',
            jsonb_build_object('command_id', wanted));
    END IF;
    RETURN done.request_id;
END
$$;

-- A turn and its ticket, locked; one that belongs to another desk's hands is refused when "own".
CREATE OR REPLACE FUNCTION commercial.lock_turn(wanted bigint, own boolean)
RETURNS commercial.service_request
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    ticket queue_ticket;
    turn service_request;
BEGIN
    SELECT t.* INTO ticket FROM queue_ticket t
    WHERE t.id = (SELECT s.ticket_id FROM service_request s WHERE s.id = wanted) FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse('TC025', 'There is no such turn',
            jsonb_build_object('document', coalesce(wanted::text, '')));
    END IF;
    SELECT s.* INTO turn FROM service_request s WHERE s.id = wanted FOR UPDATE;
    IF own AND turn.state IN ('called', 'serving') AND turn.attended_by <> session_user THEN
        PERFORM refuse('TC116', 'Another desk called this person', jsonb_build_object(
            'label', ticket.label, 'desk', desk_name(turn.desk),
            'by', name_of(turn.attended_by)));
    END IF;
    RETURN turn;
END
$$;

-- Somebody was faster, or this step does not follow.
CREATE OR REPLACE FUNCTION commercial.refuse_turn(turn commercial.service_request) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    PERFORM refuse('TC110', 'The turn is in another state', jsonb_build_object(
        'label', (SELECT t.label FROM queue_ticket t WHERE t.id = turn.ticket_id),
        'state', turn.state, 'desk', desk_name(turn.desk), 'by', name_of(turn.attended_by)));
END
$$;

-- A turn enters a state: one more row of time, written once under the command's UUID. The rest
-- follows from it. Without a command (day's end, freed desk) it is the act of another command.
CREATE OR REPLACE FUNCTION commercial.enter_state(
    turn commercial.service_request, act text, wish text, command jsonb, at_desk text, why text,
    run integer DEFAULT 0)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    last service_period;
BEGIN
    SELECT p.* INTO last FROM service_period p WHERE p.request_id = turn.id
    ORDER BY p.number DESC LIMIT 1;
    IF last.id IS NOT NULL AND NOT request_step_allowed(last.state, wish) THEN
        PERFORM refuse_turn(turn);
    END IF;
    INSERT INTO service_period (request_id, number, act, state, desk, note, passed_over,
                                command_id, fingerprint, station, at)
    VALUES (turn.id, coalesce(last.number, 0) + 1, act, wish, at_desk,
            left(btrim(coalesce(why, '')), 300), run, (command ->> 'command_id')::uuid,
            fingerprint_of(command || jsonb_build_object('act', act)), declared_station(),
            greatest(clock_timestamp(), last.at));
    IF last.id IS NOT NULL THEN
        UPDATE service_request s SET state = wish, desk = at_desk,
            attended_by = CASE WHEN wish IN ('called', 'serving') THEN session_user
                               ELSE s.attended_by END,
            account_id = coalesce((command ->> 'account_id')::bigint, s.account_id)
        WHERE s.id = turn.id;
        UPDATE queue_ticket t SET in_hand = wish IN ('called', 'serving', 'on_hold')
        WHERE t.id = turn.ticket_id
          AND t.in_hand IS DISTINCT FROM (wish IN ('called', 'serving', 'on_hold'));
    END IF;
    PERFORM announce('queue', turn.ticket_id::text);
    RETURN turn_answer(turn.id);
END
$$;

-- A written reason, where the act needs one.
CREATE OR REPLACE FUNCTION commercial.require_note(command jsonb, act text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    IF btrim(coalesce(command ->> 'note', '')) = '' THEN
        PERFORM refuse('TC024', 'This act needs its reason', jsonb_build_object('act', act));
    END IF;
    RETURN command ->> 'note';
END
$$;
