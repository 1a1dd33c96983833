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

-- What another role has made here, such as a superuser that used to run the service, becomes the owner's. Extensions
-- keep theirs. A sequence of a column, the type of a row and an array follow what they belong to.
DO $owned$
DECLARE
    taken record;
BEGIN
    FOR taken IN
        WITH made AS (
            SELECT 'pg_class'::regclass AS kind, oid, relowner AS owner,
                    CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                        ELSE 'TABLE' END AS word,
                    oid::regclass::text AS name
            FROM pg_class
            WHERE relkind IN ('r', 'p', 'S', 'v', 'm') AND relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'pg_proc'::regclass, oid, proowner, 'ROUTINE', oid::regprocedure::text
            FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'pg_type'::regclass, oid, typowner, 'TYPE', oid::regtype::text
            FROM pg_type
            WHERE typtype IN ('d', 'e') AND typnamespace = 'public'::regnamespace)
        SELECT word, name
        FROM made
        WHERE owner <> 'clicknback_owner'::regrole
            AND NOT EXISTS (
                SELECT FROM pg_depend
                WHERE classid = made.kind AND objid = made.oid AND deptype IN ('e', 'a', 'i'))
    LOOP
        EXECUTE format('ALTER %s %s OWNER TO clicknback_owner', taken.word, taken.name);
    END LOOP;
END $owned$;

-- The log then names the sessions of other roles that hold events up.
GRANT pg_read_all_stats TO clicknback;
