-- A copy by logical replication has the rows, and sequences as they were in an empty schema: new rows would get ids that
-- are taken. Nowhere else is a sequence behind its table, so that nothing changes beside a running service.
DO $$
DECLARE
    one record;
    highest bigint;
BEGIN
    FOR one IN
        SELECT numbered.oid::regclass AS name, attribute.attname AS id, sequence.oid::regclass AS sequence,
            pg_has_role(sequence.relowner, 'USAGE') AS owned
        FROM pg_class sequence
        JOIN pg_depend belongs ON belongs.classid = 'pg_class'::regclass AND belongs.objid = sequence.oid
            AND belongs.refclassid = 'pg_class'::regclass AND belongs.deptype = 'i'
        JOIN pg_class numbered ON numbered.oid = belongs.refobjid
        JOIN pg_attribute attribute ON attribute.attrelid = numbered.oid AND attribute.attnum = belongs.refobjsubid
            AND attribute.attidentity = 'a'
        -- What is unique by its number alone. Events are unique with their transaction.
        JOIN pg_index key ON key.indrelid = numbered.oid AND key.indisprimary AND key.indnatts = 1
            AND key.indkey[0] = attribute.attnum
        -- Tables of others in the schema, and those that this role may not read, are none of ours.
        WHERE sequence.relkind = 'S' AND sequence.relnamespace = 'public'::regnamespace
            AND numbered.relowner = (SELECT relowner FROM pg_class WHERE oid = 'public.flyway_schema_history'::regclass)
            AND has_table_privilege(numbered.oid, 'SELECT') AND has_table_privilege(sequence.oid, 'SELECT')
    LOOP
        EXECUTE format('SELECT max(%I) FROM %s', one.id, one.name) INTO highest;
        CONTINUE WHEN highest IS NULL OR highest <= coalesce(pg_sequence_last_value(one.sequence), 0);
        IF NOT one.owned THEN
            RAISE EXCEPTION 'the sequence % is behind its table: run `migrate` as the owner of the schema', one.sequence;
        END IF;
        -- Another process may have raised it, and used it since.
        PERFORM pg_advisory_xact_lock(hashtext('clicknback sequences'));
        IF highest > coalesce(pg_sequence_last_value(one.sequence), 0) THEN
            PERFORM setval(one.sequence, highest);
        END IF;
    END LOOP;
END
$$;
