-- Field-level audit (bitácora, N3): every change of a person, account, rule or grant.

CREATE OR REPLACE FUNCTION commercial.write_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
BEGIN
    IF old_row IS NOT DISTINCT FROM new_row THEN
        RETURN NULL;
    END IF;
    INSERT INTO audit_entry (station, address, table_name, row_key, action, before, after)
    VALUES (declared_station(), host(inet_client_addr()), TG_TABLE_NAME,
            coalesce(new_row, old_row) ->> TG_ARGV[0], TG_OP, old_row, new_row);
    RETURN NULL;
END
$$;

-- Bulk loads (import, demonstration) are one act with their totals, not a line per row: their
-- functions run as tehuacan_loader and write the act itself with record_act. Nobody can become
-- that role, so nobody can turn the audit off.
DO $$
DECLARE
    watched record;
BEGIN
    FOR watched IN SELECT * FROM (VALUES
        ('staff_member', 'username'), ('station', 'code'), ('till', 'code'),
        ('bank_account', 'code'), ('channel', 'code'),
        ('customer', 'id'), ('premises', 'id'), ('tap', 'id'), ('account', 'id'),
        ('account_holding', 'id'), ('account_state', 'id'), ('account_terms', 'id'),
        ('meter', 'id'), ('meter_installation', 'id'), ('route', 'code'), ('use_class', 'code'),
        ('zone', 'code'), ('concept', 'code'), ('rule_set', 'id'), ('billing_period', 'code')
    ) AS w (name, key) LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS audit ON commercial.%I', watched.name);
        EXECUTE format(
            'CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON commercial.%I
             FOR EACH ROW WHEN (current_user <> ''tehuacan_loader'')
             EXECUTE FUNCTION commercial.write_audit(%L)', watched.name, watched.key);
    END LOOP;
END
$$;

-- An act that is not a row change: a grant, a load, a billing run.
CREATE OR REPLACE FUNCTION commercial.record_act(subject text, key text, facts jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    INSERT INTO audit_entry (station, address, table_name, row_key, action, after)
    VALUES (declared_station(), host(inet_client_addr()), subject, key, 'ACT', facts)
$$;
