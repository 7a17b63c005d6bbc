-- The functions that create roles belong to the keeper of staff; run by the administrator of the
-- server, who is a member of both owners.
ALTER FUNCTION commercial.add_staff(jsonb) OWNER TO tehuacan_staff_keeper;
ALTER FUNCTION commercial.disable_staff(jsonb) OWNER TO tehuacan_staff_keeper;
ALTER FUNCTION commercial.set_staff_password(jsonb) OWNER TO tehuacan_staff_keeper;

-- Loading a registry belongs to the loader, for whom the row triggers of audit and directory rest.
ALTER FUNCTION commercial.stage_registry(uuid) OWNER TO tehuacan_loader;
ALTER FUNCTION commercial.check_registry() OWNER TO tehuacan_loader;
ALTER FUNCTION commercial.load_catalogues() OWNER TO tehuacan_loader;
ALTER FUNCTION commercial.load_accounts(boolean) OWNER TO tehuacan_loader;
ALTER FUNCTION commercial.load_balances() OWNER TO tehuacan_loader;
ALTER FUNCTION commercial.load_directory() OWNER TO tehuacan_loader;
ALTER FUNCTION commercial.loaded_totals() OWNER TO tehuacan_loader;
ALTER FUNCTION commercial.load_registry(jsonb) OWNER TO tehuacan_loader;
