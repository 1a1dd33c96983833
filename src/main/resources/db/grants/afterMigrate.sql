-- The service's role reads and writes rows. It owns nothing: it can change no table, and no trigger that keeps the
-- journal, the event log and the audit log append-only. Tables of others in the schema are theirs to grant.
DO $$
DECLARE
    one record;
BEGIN
    -- Processes that start together take turns: of two that grant the same at once, one fails.
    PERFORM pg_advisory_xact_lock(hashtext('clicknback grants'));
    EXECUTE $role$GRANT USAGE ON SCHEMA public TO ${service_role}$role$;
    FOR one IN
        SELECT oid::regclass AS name, relkind FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
            AND pg_has_role(relowner, 'USAGE')
    LOOP
        IF one.relkind = 'S' THEN
            EXECUTE 'GRANT USAGE, SELECT ON SEQUENCE ' || one.name || $role$ TO ${service_role}$role$;
        ELSE
            EXECUTE 'GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE ' || one.name || $role$ TO ${service_role}$role$;
        END IF;
    END LOOP;
    EXECUTE $role$REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history FROM ${service_role}$role$;
END
$$;
