-- Row security (qué renglones ve cada quien): a cashier sees only their own sessions and counts;
-- supervision sees all. The owner of the tables, for whom posting functions run, is not limited.

CREATE OR REPLACE FUNCTION commercial.supervises_cash() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$ SELECT holds_job('head_cashier', 'manager', 'director', 'auditor') $$;
CREATE OR REPLACE FUNCTION commercial.owns_session(wanted bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$ SELECT EXISTS (SELECT FROM cash_session WHERE id = wanted AND cashier = session_user) $$;
GRANT EXECUTE ON FUNCTION commercial.supervises_cash(), commercial.owns_session(bigint) TO staff;

-- The administrator sees who changed people, stations and rules; what was changed of customers and
-- accounts, and the totals of loads and runs, are no business of theirs (N6).
ALTER TABLE commercial.audit_entry ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_matters ON commercial.audit_entry;
CREATE POLICY own_matters ON commercial.audit_entry FOR SELECT TO staff
    USING ((SELECT commercial.holds_job('manager', 'director', 'auditor'))
        OR table_name IN ('staff_member', 'station', 'till', 'route', 'use_class', 'zone',
                          'concept', 'rule_set', 'billing_period'));

ALTER TABLE commercial.cash_session ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_or_supervised ON commercial.cash_session;
CREATE POLICY own_or_supervised ON commercial.cash_session FOR SELECT TO staff
    USING (cashier = session_user OR (SELECT commercial.supervises_cash()));

DO $$
DECLARE
    limited text;
BEGIN
    FOREACH limited IN ARRAY ARRAY['cash_closing', 'held_sale', 'withdrawal',
        'session_takeover', 'session_verification', 'interim_report', 'session_reopening',
        'shortage_settlement'] LOOP
        EXECUTE format('ALTER TABLE commercial.%I ENABLE ROW LEVEL SECURITY', limited);
        EXECUTE format('DROP POLICY IF EXISTS own_or_supervised ON commercial.%I', limited);
        EXECUTE format('CREATE POLICY own_or_supervised ON commercial.%I FOR SELECT TO staff
            USING ((SELECT commercial.supervises_cash()) OR commercial.owns_session(session_id))',
            limited);
    END LOOP;
END
$$;
-- A shortage put back in cash is also of the drawer that received it.
DROP POLICY IF EXISTS own_or_supervised ON commercial.shortage_settlement;
CREATE POLICY own_or_supervised ON commercial.shortage_settlement FOR SELECT TO staff
    USING ((SELECT commercial.supervises_cash()) OR commercial.owns_session(session_id)
        OR commercial.owns_session(into_session_id));
-- A handover is of both its sessions.
ALTER TABLE commercial.handover ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_or_supervised ON commercial.handover;
CREATE POLICY own_or_supervised ON commercial.handover FOR SELECT TO staff
    USING ((SELECT commercial.supervises_cash()) OR commercial.owns_session(from_session_id)
        OR commercial.owns_session(to_session_id));
ALTER TABLE commercial.handover_item ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_or_supervised ON commercial.handover_item;
CREATE POLICY own_or_supervised ON commercial.handover_item FOR SELECT TO staff
    USING (EXISTS (SELECT FROM commercial.handover h WHERE h.id = handover_id));
-- The frozen content of a sheet: whoever issued it, and supervision.
ALTER TABLE commercial.issued_content ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_or_supervised ON commercial.issued_content;
CREATE POLICY own_or_supervised ON commercial.issued_content FOR SELECT TO staff
    USING ((SELECT commercial.supervises_cash()) OR EXISTS (
        SELECT FROM commercial.issued_document d
        WHERE d.id = document_id AND d.issued_by = session_user));
-- A surprise count carries what was expected: its cashier still has a blind count to make (H4).
ALTER TABLE commercial.cash_count ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_or_supervised ON commercial.cash_count;
CREATE POLICY own_or_supervised ON commercial.cash_count FOR SELECT TO staff
    USING ((SELECT commercial.supervises_cash())
        OR (kind = 'closing' AND commercial.owns_session(session_id)));
-- For the same reason a cashier reads, of interim reports, only the blind ones.
DROP POLICY IF EXISTS own_or_supervised ON commercial.interim_report;
CREATE POLICY own_or_supervised ON commercial.interim_report FOR SELECT TO staff
    USING ((SELECT commercial.supervises_cash())
        OR (taken_by = session_user AND commercial.owns_session(session_id)));
ALTER TABLE commercial.session_verification_line ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_or_supervised ON commercial.session_verification_line;
CREATE POLICY own_or_supervised ON commercial.session_verification_line FOR SELECT TO staff
    USING (EXISTS (SELECT FROM commercial.session_verification v WHERE v.id = verification_id));
ALTER TABLE commercial.cash_closing_line ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_or_supervised ON commercial.cash_closing_line;
CREATE POLICY own_or_supervised ON commercial.cash_closing_line FOR SELECT TO staff
    USING (EXISTS (SELECT FROM commercial.cash_closing c WHERE c.id = closing_id));

-- A request: who made it, who may decide its kind, and supervision (N2).
ALTER TABLE commercial.authorisation ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_or_decided ON commercial.authorisation;
CREATE POLICY own_or_decided ON commercial.authorisation FOR SELECT TO staff
    USING (requested_by = session_user OR (SELECT commercial.supervises_cash())
        OR kind = ANY ((SELECT commercial.decided_kinds())::text[]));
GRANT EXECUTE ON FUNCTION commercial.decided_kinds() TO staff;
