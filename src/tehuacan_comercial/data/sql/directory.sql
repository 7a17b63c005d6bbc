-- The account directory (directorio de cuentas): what holds today, one row per account, kept by
-- triggers on the dated tables. Search and the banner read only this.

CREATE OR REPLACE VIEW commercial.account_today AS
SELECT a.id AS account_id,
       a.account_number,
       h.customer_id AS holder_id,
       coalesce(c.full_name, 'SIN TITULAR') AS holder_name,
       p.street || ' ' || p.exterior_number
           || coalesce(' int. ' || p.interior_number, '') AS address,
       n.name AS neighbourhood,
       p.postal_code,
       m.serial_number AS meter_serial,
       c.phone,
       coalesce(s.state, 'permanent_off') AS state,
       coalesce(t.use_class, '') AS use_class,
       coalesce(t.zone, '') AS zone,
       coalesce(t.modality, 'fixed') AS modality,
       r.sector,
       tap.route_code,
       tap.sequence
FROM commercial.account a
JOIN commercial.tap tap ON tap.id = a.tap_id
JOIN commercial.premises p ON p.id = tap.premises_id
JOIN commercial.neighbourhood n ON n.id = p.neighbourhood_id
JOIN commercial.route r ON r.code = tap.route_code
LEFT JOIN commercial.account_holding h
    ON h.account_id = a.id AND h.role = 'holder' AND h.valid @> commercial.office_today()
LEFT JOIN commercial.customer c ON c.id = h.customer_id
LEFT JOIN commercial.account_state s
    ON s.account_id = a.id AND s.valid @> commercial.office_today()
LEFT JOIN commercial.account_terms t
    ON t.account_id = a.id AND t.valid @> commercial.office_today()
LEFT JOIN commercial.meter_installation mi
    ON mi.tap_id = tap.id AND mi.valid @> commercial.office_today()
LEFT JOIN commercial.meter m ON m.id = mi.meter_id;

-- Bring the directory of these accounts up to date; NULL means all. Dated rows that begin or end
-- today without anybody touching them are caught by refresh_directory_of_the_day.
CREATE OR REPLACE FUNCTION commercial.refresh_directory(accounts bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, public, pg_temp
AS $$
DECLARE
    changed integer;
BEGIN
    INSERT INTO account_directory AS d (
        account_id, account_number, holder_id, holder_name, address, neighbourhood, postal_code,
        meter_serial, phone, state, use_class, zone, modality, sector, route_code, sequence)
    SELECT v.* FROM account_today v WHERE accounts IS NULL OR v.account_id = ANY (accounts)
    ON CONFLICT (account_id) DO UPDATE SET
        account_number = excluded.account_number, holder_id = excluded.holder_id,
        holder_name = excluded.holder_name, address = excluded.address,
        neighbourhood = excluded.neighbourhood, postal_code = excluded.postal_code,
        meter_serial = excluded.meter_serial, phone = excluded.phone, state = excluded.state,
        use_class = excluded.use_class, zone = excluded.zone, modality = excluded.modality,
        sector = excluded.sector, route_code = excluded.route_code, sequence = excluded.sequence
    WHERE (d.account_number, d.holder_id, d.holder_name, d.address, d.neighbourhood, d.postal_code,
           d.meter_serial, d.phone, d.state, d.use_class, d.zone, d.modality, d.sector,
           d.route_code, d.sequence)
        IS DISTINCT FROM
          (excluded.account_number, excluded.holder_id, excluded.holder_name, excluded.address,
           excluded.neighbourhood, excluded.postal_code, excluded.meter_serial, excluded.phone,
           excluded.state, excluded.use_class, excluded.zone, excluded.modality, excluded.sector,
           excluded.route_code, excluded.sequence);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$;

-- Dated rows that begin or end by themselves: the first session opened in the office each day
-- brings those of the last weeks up to date (an office may be closed for a while).
CREATE OR REPLACE FUNCTION commercial.refresh_directory_of_the_day() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, public, pg_temp
AS $$
DECLARE
    recent daterange := daterange(office_today() - 40, office_today(), '[]');
BEGIN
    RETURN refresh_directory(ARRAY(
        SELECT h.account_id FROM account_holding h
        WHERE lower(h.valid) <@ recent OR upper(h.valid) <@ recent
        UNION
        SELECT s.account_id FROM account_state s
        WHERE lower(s.valid) <@ recent OR upper(s.valid) <@ recent
        UNION
        SELECT t.account_id FROM account_terms t
        WHERE lower(t.valid) <@ recent OR upper(t.valid) <@ recent
        UNION
        SELECT a.id FROM meter_installation i JOIN account a USING (tap_id)
        WHERE lower(i.valid) <@ recent OR upper(i.valid) <@ recent));
END
$$;

-- Which accounts a changed row concerns, by the table it stands in.
CREATE OR REPLACE FUNCTION commercial.touch_directory() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, public, pg_temp
AS $$
DECLARE
    touched jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    key bigint := (touched ->> TG_ARGV[0])::bigint;
    accounts bigint[];
BEGIN
    accounts := CASE TG_TABLE_NAME
        WHEN 'customer' THEN ARRAY(SELECT account_id FROM account_holding WHERE customer_id = key)
        WHEN 'premises' THEN ARRAY(SELECT a.id FROM account a JOIN tap t ON t.id = a.tap_id
                                   WHERE t.premises_id = key)
        WHEN 'tap' THEN ARRAY(SELECT id FROM account WHERE tap_id = key)
        WHEN 'meter_installation' THEN ARRAY(SELECT id FROM account WHERE tap_id = key)
        WHEN 'meter' THEN ARRAY(SELECT a.id FROM meter_installation i JOIN account a
                                USING (tap_id) WHERE i.meter_id = key)
        ELSE ARRAY[key]
    END;
    PERFORM refresh_directory(accounts);
    RETURN NULL;
END
$$;

DO $$
DECLARE
    watched record;
BEGIN
    FOR watched IN SELECT * FROM (VALUES
        ('account', 'id'), ('account_holding', 'account_id'), ('account_state', 'account_id'),
        ('account_terms', 'account_id'), ('customer', 'id'), ('premises', 'id'), ('tap', 'id'),
        ('meter_installation', 'tap_id'), ('meter', 'id')
    ) AS w (name, key) LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS directory ON commercial.%I', watched.name);
        EXECUTE format(
            'CREATE TRIGGER directory AFTER INSERT OR UPDATE OR DELETE ON commercial.%I
             FOR EACH ROW WHEN (current_user <> ''tehuacan_loader'')
             EXECUTE FUNCTION commercial.touch_directory(%L)', watched.name, watched.key);
    END LOOP;
END
$$;

-- The trigram indexes of the search (índices de búsqueda), of the text and of telephones. A bulk load
-- that is most of the registry drops them and builds them at its end, since row by row it takes ten times as long; what else is
-- searched meanwhile waits.
CREATE OR REPLACE FUNCTION commercial.make_search_index() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, public, pg_temp
SET maintenance_work_mem = '256MB'
AS $$
    CREATE INDEX IF NOT EXISTS ix_account_directory_search_text ON account_directory
        USING gin (search_text gin_trgm_ops) WITH (fastupdate = off);
    CREATE INDEX IF NOT EXISTS ix_account_directory_phone_parts ON account_directory
        USING gin ((' ' || commercial.fold(phone)) gin_trgm_ops) WITH (fastupdate = off)
$$;
CREATE OR REPLACE FUNCTION commercial.drop_search_index() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
    DROP INDEX IF EXISTS ix_account_directory_search_text, ix_account_directory_phone_parts
$$;
SELECT commercial.make_search_index();
