-- Loading a whole registry (padrón) as one act: rows are copied into a staging table that nobody
-- can read, and load_registry turns them into facts, verifies the control totals and writes one
-- audit act. It runs as tehuacan_loader, so that the row triggers of audit and directory rest.

-- Staging (renglones por cargar): only inserted into, by those who load; emptied by load_registry.
DROP TABLE IF EXISTS intake.registry_row;
CREATE UNLOGGED TABLE intake.registry_row (
    loaded_by text NOT NULL DEFAULT session_user,
    load_id uuid NOT NULL,
    line integer NOT NULL,
    account_number text NOT NULL,
    holder_name text NOT NULL,
    holder_kind text NOT NULL,
    rfc text,
    curp text,
    phone text,
    email text,
    street text NOT NULL,
    exterior_number text,
    interior_number text,
    neighbourhood text NOT NULL,
    postal_code text,
    cadastral_key text,
    sector text,
    route text,
    block text,
    sequence integer,
    use_class text NOT NULL,
    zone text NOT NULL,
    modality text NOT NULL,
    water boolean NOT NULL,
    sewerage boolean NOT NULL,
    sanitation boolean NOT NULL,
    meter_serial text,
    meter_brand text,
    meter_digits smallint,
    meter_installed_on date,
    last_reading integer,
    last_reading_on date,
    contract_on date,
    state text NOT NULL,
    opening_balance numeric(12, 2) NOT NULL,
    opening_balance_since date,
    credit_balance numeric(12, 2) NOT NULL
);
COMMENT ON TABLE intake.registry_row IS 'renglones del padrón por cargar';
COMMENT ON COLUMN intake.registry_row.loaded_by IS 'quién carga';
COMMENT ON COLUMN intake.registry_row.load_id IS 'carga';
COMMENT ON COLUMN intake.registry_row.line IS 'renglón del archivo';
COMMENT ON COLUMN intake.registry_row.account_number IS 'número de cuenta';
COMMENT ON COLUMN intake.registry_row.holder_name IS 'nombre del titular';
COMMENT ON COLUMN intake.registry_row.holder_kind IS 'persona física o moral';
COMMENT ON COLUMN intake.registry_row.rfc IS 'RFC';
COMMENT ON COLUMN intake.registry_row.curp IS 'CURP';
COMMENT ON COLUMN intake.registry_row.phone IS 'teléfono';
COMMENT ON COLUMN intake.registry_row.email IS 'correo';
COMMENT ON COLUMN intake.registry_row.street IS 'calle';
COMMENT ON COLUMN intake.registry_row.exterior_number IS 'número exterior';
COMMENT ON COLUMN intake.registry_row.interior_number IS 'número interior';
COMMENT ON COLUMN intake.registry_row.neighbourhood IS 'colonia';
COMMENT ON COLUMN intake.registry_row.postal_code IS 'código postal';
COMMENT ON COLUMN intake.registry_row.cadastral_key IS 'clave catastral';
COMMENT ON COLUMN intake.registry_row.sector IS 'sector';
COMMENT ON COLUMN intake.registry_row.route IS 'ruta';
COMMENT ON COLUMN intake.registry_row.block IS 'manzana';
COMMENT ON COLUMN intake.registry_row.sequence IS 'secuencia en la ruta';
COMMENT ON COLUMN intake.registry_row.use_class IS 'uso';
COMMENT ON COLUMN intake.registry_row.zone IS 'zona';
COMMENT ON COLUMN intake.registry_row.modality IS 'cuota fija o servicio medido';
COMMENT ON COLUMN intake.registry_row.water IS 'agua potable';
COMMENT ON COLUMN intake.registry_row.sewerage IS 'alcantarillado';
COMMENT ON COLUMN intake.registry_row.sanitation IS 'saneamiento';
COMMENT ON COLUMN intake.registry_row.meter_serial IS 'medidor';
COMMENT ON COLUMN intake.registry_row.meter_brand IS 'marca del medidor';
COMMENT ON COLUMN intake.registry_row.meter_digits IS 'dígitos de la carátula';
COMMENT ON COLUMN intake.registry_row.meter_installed_on IS 'instalación del medidor';
COMMENT ON COLUMN intake.registry_row.last_reading IS 'última lectura, m³';
COMMENT ON COLUMN intake.registry_row.last_reading_on IS 'fecha de la última lectura';
COMMENT ON COLUMN intake.registry_row.contract_on IS 'fecha de contratación';
COMMENT ON COLUMN intake.registry_row.state IS 'estado';
COMMENT ON COLUMN intake.registry_row.opening_balance IS 'saldo inicial, pesos';
COMMENT ON COLUMN intake.registry_row.opening_balance_since IS 'saldo inicial desde';
COMMENT ON COLUMN intake.registry_row.credit_balance IS 'saldo a favor, pesos';

-- What the old system says is owed, as one open item per account (saldo inicial).
INSERT INTO commercial.concept (code, name, kind, settlement_order, revenue_account)
VALUES ('SALDO-INICIAL', 'Saldo inicial', 'other', 15, 'OPENING')
ON CONFLICT (code) DO NOTHING;

-- The rows of a load with the keys they will have, in the order of the file.
CREATE OR REPLACE FUNCTION commercial.stage_registry(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    today date := office_today();
BEGIN
    CREATE TEMPORARY TABLE loading ON COMMIT DROP AS
    SELECT r.*,
           coalesce(r.contract_on, least(r.opening_balance_since, r.meter_installed_on,
                                         r.last_reading_on, today)) AS opened_on,
           CASE WHEN r.route IS NULL THEN 'SIN-RUTA' ELSE concat_ws('-', r.sector, r.route) END
               AS route_code,
           nextval('commercial.customer_id_seq') AS own_customer_id,
           NULL::bigint AS customer_id,
           NULL::bigint AS neighbourhood_id,
           nextval('commercial.premises_id_seq') AS premises_id,
           nextval('commercial.tap_id_seq') AS tap_id,
           nextval('commercial.account_id_seq') AS account_id,
           CASE WHEN r.meter_serial IS NOT NULL
               THEN nextval('commercial.meter_id_seq') END AS meter_id,
           CASE WHEN r.opening_balance > 0 OR r.credit_balance > 0
               THEN nextval('commercial.journal_id_seq') END AS journal_id
    FROM intake.registry_row r
    WHERE r.load_id = wanted AND r.loaded_by = session_user
    ORDER BY r.line;
    DELETE FROM intake.registry_row r WHERE r.load_id = wanted AND r.loaded_by = session_user;
    ANALYZE pg_temp.loading;
END
$$;

-- Refuse what cannot be loaded, by name, before anything is written.
CREATE OR REPLACE FUNCTION commercial.check_registry() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    wrong record;
BEGIN
    SELECT x.field, x.problem INTO wrong FROM (
        SELECT 'account_number' AS field, l.account_number AS problem, l.line
        FROM pg_temp.loading l JOIN account a USING (account_number)
        UNION ALL
        SELECT 'meter_serial', l.meter_serial, l.line
        FROM pg_temp.loading l JOIN meter m ON m.serial_number = l.meter_serial
        UNION ALL
        SELECT 'use_class', l.use_class, l.line FROM pg_temp.loading l
        WHERE NOT EXISTS (SELECT FROM use_class u WHERE u.code = l.use_class)
        UNION ALL  -- what holds today is read from these dates
        SELECT 'contract_on', greatest(l.opened_on, l.meter_installed_on)::text, l.line
        FROM pg_temp.loading l WHERE greatest(l.opened_on, l.meter_installed_on) > office_today()
        UNION ALL
        SELECT 'zone', l.zone, l.line FROM pg_temp.loading l
        WHERE NOT EXISTS (SELECT FROM zone z WHERE z.code = l.zone)
        UNION ALL
        (SELECT 'account_number', l.account_number, max(l.line) FROM pg_temp.loading l
         GROUP BY 2 HAVING count(*) > 1)
        UNION ALL
        (SELECT 'meter_serial', l.meter_serial, max(l.line) FROM pg_temp.loading l
         WHERE l.meter_serial IS NOT NULL GROUP BY 2 HAVING count(*) > 1)
    ) x ORDER BY x.line LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('TC023', 'The registry cannot be loaded',
            jsonb_build_object('field', wrong.field, 'problem', wrong.problem));
    END IF;
END
$$;

-- Neighbourhoods and routes that are new (colonias y rutas), and whose customer each account is:
-- the same identity number with the same name is one person.
CREATE OR REPLACE FUNCTION commercial.load_catalogues() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    INSERT INTO neighbourhood (name, kind, postal_code)
    SELECT l.neighbourhood, 'Colonia', coalesce(l.postal_code, '') FROM pg_temp.loading l
    WHERE NOT EXISTS (SELECT FROM neighbourhood n WHERE n.name = l.neighbourhood
                      AND n.postal_code = coalesce(l.postal_code, n.postal_code))
    GROUP BY l.neighbourhood, l.postal_code ORDER BY min(l.line)
    ON CONFLICT DO NOTHING;
    INSERT INTO route (code, name, sector)
    SELECT l.route_code, 'Ruta ' || l.route_code, min(coalesce(l.sector, ''))
    FROM pg_temp.loading l GROUP BY l.route_code ORDER BY l.route_code
    ON CONFLICT (code) DO NOTHING;
    UPDATE pg_temp.loading l SET
        customer_id = k.customer_id,
        neighbourhood_id = (
            SELECT n.id FROM neighbourhood n WHERE n.name = l.neighbourhood
            AND n.postal_code = coalesce(l.postal_code, n.postal_code) ORDER BY n.id LIMIT 1)
    FROM (SELECT line, first_value(own_customer_id) OVER (
              PARTITION BY holder_name, coalesce(curp, nullif(nullif(rfc, 'XAXX010101000'),
                  'XEXX010101000'), line::text) ORDER BY line) AS customer_id
          FROM pg_temp.loading) k
    WHERE k.line = l.line;
END
$$;

-- Persons, places, accounts and meters (padrón).
CREATE OR REPLACE FUNCTION commercial.load_accounts(demonstration boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    INSERT INTO customer (id, kind, full_name, rfc, curp, phone, email) OVERRIDING SYSTEM VALUE
    SELECT own_customer_id, holder_kind, holder_name, rfc, curp, phone, email
    FROM pg_temp.loading WHERE customer_id = own_customer_id ORDER BY line;
    INSERT INTO premises (id, neighbourhood_id, street, exterior_number, interior_number,
                          postal_code, cadastral_key) OVERRIDING SYSTEM VALUE
    SELECT l.premises_id, l.neighbourhood_id, l.street, coalesce(l.exterior_number, 'S/N'),
           l.interior_number, coalesce(l.postal_code, n.postal_code), l.cadastral_key
    FROM pg_temp.loading l JOIN neighbourhood n ON n.id = l.neighbourhood_id ORDER BY l.line;
    INSERT INTO tap (id, premises_id, route_code, block, sequence) OVERRIDING SYSTEM VALUE
    SELECT tap_id, premises_id, route_code, block, coalesce(sequence, line)
    FROM pg_temp.loading ORDER BY line;
    INSERT INTO account (id, account_number, tap_id, opened_on, is_demonstration)
    OVERRIDING SYSTEM VALUE
    SELECT account_id, account_number, tap_id, opened_on, demonstration
    FROM pg_temp.loading ORDER BY line;
    INSERT INTO account_holding (account_id, customer_id, valid)
    SELECT account_id, customer_id, daterange(opened_on, NULL) FROM pg_temp.loading ORDER BY line;
    INSERT INTO account_state (account_id, state, reason, valid)
    SELECT account_id, state, 'Carga del padrón', daterange(opened_on, NULL)
    FROM pg_temp.loading ORDER BY line;
    INSERT INTO account_terms (account_id, use_class, zone, modality, water, sewerage, sanitation,
                               valid)
    SELECT account_id, use_class, zone, modality, water, sewerage, sanitation,
           daterange(opened_on, NULL) FROM pg_temp.loading ORDER BY line;
    INSERT INTO meter (id, serial_number, brand, digits) OVERRIDING SYSTEM VALUE
    SELECT meter_id, meter_serial, meter_brand, coalesce(meter_digits, 5)
    FROM pg_temp.loading WHERE meter_id IS NOT NULL ORDER BY line;
    -- The last reading of the old system is where this system begins to count.
    INSERT INTO meter_installation (meter_id, tap_id, initial_value, valid)
    SELECT meter_id, tap_id, coalesce(last_reading, 0),
           daterange(coalesce(meter_installed_on, opened_on), NULL)
    FROM pg_temp.loading WHERE meter_id IS NOT NULL ORDER BY line;
END
$$;

-- What each account owes or has in its favour, with one balanced journal for each (saldos).
CREATE OR REPLACE FUNCTION commercial.load_balances() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    INSERT INTO journal (id, kind, business_date, memo) OVERRIDING SYSTEM VALUE
    SELECT journal_id, 'opening', office_today(), 'Saldo inicial ' || account_number
    FROM pg_temp.loading WHERE journal_id IS NOT NULL ORDER BY line;
    INSERT INTO journal_line (journal_id, line, ledger_account, amount)
    SELECT l.journal_id, v.line, v.ledger_account, v.amount
    FROM pg_temp.loading l CROSS JOIN LATERAL (VALUES
        (1, 'RECEIVABLE', l.opening_balance), (2, 'CUSTOMER_CREDIT', -l.credit_balance),
        (3, 'OPENING', l.credit_balance - l.opening_balance)) AS v (line, ledger_account, amount)
    WHERE l.journal_id IS NOT NULL AND v.amount <> 0;
    INSERT INTO charge (account_id, concept, source, issued_on, due_on, amount, tax_rate, tax,
                        basis, journal_id)
    SELECT account_id, 'SALDO-INICIAL', 'opening', coalesce(opening_balance_since, office_today()),
           coalesce(opening_balance_since, office_today()), opening_balance, 0, 0,
           jsonb_build_object('source', 'registry', 'line', line), journal_id
    FROM pg_temp.loading WHERE opening_balance > 0 ORDER BY line;
    INSERT INTO credit_movement (account_id, journal_id, amount)
    SELECT account_id, journal_id, credit_balance
    FROM pg_temp.loading WHERE credit_balance > 0 ORDER BY line;
END
$$;

-- The directory of the new accounts, written straight from the staged rows: what holds today is
-- what was just loaded. Joining the fresh, unmeasured tables would be a hundred times slower; a
-- test compares the result with refresh_directory's.
CREATE OR REPLACE FUNCTION commercial.load_directory() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    most boolean := (SELECT count(*) FROM pg_temp.loading)
                    > (SELECT count(*) FROM account_directory);
BEGIN
    IF most THEN
        PERFORM drop_search_index();
    END IF;
    INSERT INTO account_directory (
        account_id, account_number, holder_id, holder_name, address, neighbourhood, postal_code,
        meter_serial, phone, state, use_class, zone, modality, sector, route_code, sequence)
    SELECT l.account_id, l.account_number, l.customer_id, l.holder_name,
           l.street || ' ' || coalesce(l.exterior_number, 'S/N')
               || coalesce(' int. ' || l.interior_number, ''),
           n.name, coalesce(l.postal_code, n.postal_code), l.meter_serial, c.phone, l.state,
           l.use_class, l.zone, l.modality, r.sector, l.route_code, coalesce(l.sequence, l.line)
    FROM pg_temp.loading l
    JOIN neighbourhood n ON n.id = l.neighbourhood_id
    JOIN route r ON r.code = l.route_code
    JOIN pg_temp.loading c ON c.own_customer_id = l.customer_id
    ORDER BY l.line;
    IF most THEN
        PERFORM make_search_index();
    END IF;
END
$$;

-- What was written, counted from the facts and not from the staging table.
CREATE OR REPLACE FUNCTION commercial.loaded_totals() RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
BEGIN
    RETURN jsonb_build_object(
        'rows', (SELECT count(*) FROM account_directory d
                 JOIN pg_temp.loading l ON l.account_id = d.account_id),
        'opening_balance', (SELECT coalesce(sum(c.total), 0.00) FROM charge c
                            JOIN pg_temp.loading l ON l.journal_id = c.journal_id),
        'credit_balance', (SELECT coalesce(sum(m.amount), 0.00) FROM credit_movement m
                           JOIN pg_temp.loading l ON l.journal_id = m.journal_id));
END
$$;

-- command: {load_id, source, sha256, rows, opening_balance, credit_balance, demonstration}
-- The whole load of the rows that this person staged under load_id; all or nothing.
CREATE OR REPLACE FUNCTION commercial.load_registry(command jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = commercial, pg_temp
AS $$
DECLARE
    written jsonb;
    total text;
BEGIN
    IF NOT (holds_job('registry', 'manager')
            OR (SELECT rolsuper FROM pg_roles WHERE rolname = session_user)) THEN
        PERFORM refuse('TC001', 'Only the registry loads accounts', '{"act": "accounts.import"}');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('tehuacan load_registry'));
    PERFORM stage_registry((command ->> 'load_id')::uuid);
    PERFORM check_registry();
    PERFORM load_catalogues();
    PERFORM load_accounts(coalesce((command ->> 'demonstration')::boolean, false));
    PERFORM load_balances();
    PERFORM load_directory();
    written := loaded_totals();
    FOREACH total IN ARRAY ARRAY['rows', 'opening_balance', 'credit_balance'] LOOP
        IF (written ->> total)::numeric IS DISTINCT FROM (command ->> total)::numeric THEN
            PERFORM refuse('TC008', 'The control totals differ', jsonb_build_object(
                'what', total, 'expected', command ->> total, 'given', written ->> total));
        END IF;
    END LOOP;
    DROP TABLE pg_temp.loading;
    PERFORM record_act('account', coalesce(command ->> 'source', ''), command || written);
    PERFORM announce('registry', command ->> 'load_id');
    RETURN written;
END
$$;
