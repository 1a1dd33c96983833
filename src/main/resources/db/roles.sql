-- The two roles of a database that this service shares with nobody: an owner, which migrates the schema, and the
-- service's own, which only reads and writes rows. A superuser runs this in that database, as often as it likes, and
-- gives both roles a password: ALTER ROLE … PASSWORD '…'. Each migration grants the service what it needs.
DO $roles$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clicknback_owner') THEN
        CREATE ROLE clicknback_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clicknback') THEN
        CREATE ROLE clicknback LOGIN;
    END IF;
    -- The owner of a database may also change its schema.
    EXECUTE format('ALTER DATABASE %I OWNER TO clicknback_owner', current_database());
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $roles$;

-- The log then names the sessions of other roles that hold events up.
GRANT pg_read_all_stats TO clicknback;
