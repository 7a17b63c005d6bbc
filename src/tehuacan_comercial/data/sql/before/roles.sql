-- Group roles, one per job (función), and the two owners nobody signs in as (D2).
-- Cluster-wide, so each is created only when missing.

DO $$
DECLARE
    role_name text;
    wanted text[] := ARRAY[
        'tehuacan_owner',         -- owns tables and posting functions
        'tehuacan_staff_keeper',  -- owns the few functions that create login roles
        'tehuacan_loader',        -- owns the functions that load a whole registry as one act
        'staff',                  -- everybody who works here (personal)
        'counter',                -- ventanilla
        'cashier',                -- caja
        'head_cashier',           -- jefatura de cajas
        'registry',               -- padrón
        'metering',               -- micromedición
        'field_collector',        -- ejecutor
        'manager',                -- gerencia comercial
        'director',               -- dirección general
        'auditor',                -- auditoría: reads all, writes nothing
        'administrator'           -- administración del sistema: staff and settings, no money
    ];
BEGIN
    -- Two databases of a new server may be installed at once. Advisory locks are of one database;
    -- this one is of the server, and taken only when there is something to create.
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
       AND (SELECT count(*) FROM pg_roles WHERE rolname = ANY (wanted)) < cardinality(wanted) THEN
        LOCK TABLE pg_authid IN SHARE ROW EXCLUSIVE MODE;
    END IF;
    FOREACH role_name IN ARRAY wanted LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', role_name);
        END IF;
    END LOOP;
    FOREACH role_name IN ARRAY ARRAY[
        'counter', 'cashier', 'head_cashier', 'registry', 'metering', 'field_collector',
        'manager', 'director', 'auditor', 'administrator'
    ] LOOP
        -- Written only where needed, for the same reason.
        IF NOT (SELECT rolinherit FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('ALTER ROLE %I INHERIT', role_name);
        END IF;
        EXECUTE format('GRANT staff TO %I', role_name);
        EXECUTE format('GRANT %I TO tehuacan_staff_keeper WITH ADMIN OPTION', role_name);
    END LOOP;
    IF NOT (SELECT rolcreaterole FROM pg_roles WHERE rolname = 'tehuacan_staff_keeper') THEN
        ALTER ROLE tehuacan_staff_keeper CREATEROLE;
    END IF;
    IF NOT pg_has_role(current_user, 'tehuacan_owner', 'MEMBER') THEN
        EXECUTE format('GRANT tehuacan_owner, tehuacan_staff_keeper, tehuacan_loader TO %I', current_user);
    END IF;
END
$$;
