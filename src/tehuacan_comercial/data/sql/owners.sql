-- The functions that create roles belong to the keeper of staff; run by the administrator of the
-- server, who is a member of both owners.
ALTER FUNCTION commercial.add_staff(jsonb) OWNER TO tehuacan_staff_keeper;
ALTER FUNCTION commercial.disable_staff(jsonb) OWNER TO tehuacan_staff_keeper;
ALTER FUNCTION commercial.set_staff_password(jsonb) OWNER TO tehuacan_staff_keeper;
