-- The schema, and the two extensions every supported server has (both are "trusted").

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE SCHEMA IF NOT EXISTS commercial AUTHORIZATION tehuacan_owner;
-- Staging of bulk loads (cargas): rows wait here, outside the facts, until a function takes them.
CREATE SCHEMA IF NOT EXISTS intake AUTHORIZATION tehuacan_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO staff, tehuacan_owner, tehuacan_staff_keeper, tehuacan_loader;
GRANT USAGE ON SCHEMA commercial TO staff, tehuacan_staff_keeper, tehuacan_loader;
GRANT USAGE ON SCHEMA intake TO registry, manager, tehuacan_loader;

-- Nothing is for everybody (PUBLIC). What a function may be called by, grants.sql says; revoking
-- within a schema alone would leave the server's own default, so this is for the whole database.
ALTER DEFAULT PRIVILEGES FOR ROLE tehuacan_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO staff', current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO tehuacan_loader', current_database());
END
$$;
