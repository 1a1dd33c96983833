-- Trigger functions that the following files attach to their tables.

-- For tables that are append-only: what happened stays on record.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- The tables that grow with every purchase have no foreign keys. A foreign key checks each row by itself and locks the
-- row it finds, such as the row of a busy merchant. The functions below guard the same references at a lower price:
-- * after an insert, a function named <table>_require_references looks up all new rows of the statement by index;
-- * refuse_orphans refuses to delete a row that another row refers to;
-- * keep_references refuses to change what a row refers to, and to truncate a table that others refer to.

CREATE FUNCTION refuse_missing(what text, constraint_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE foreign_key_violation USING MESSAGE = format('%s does not exist', what), CONSTRAINT = constraint_name;
END $$;

-- Arguments: pairs of a table and its column that refers to this one. The lock waits for the writers of that table and
-- holds off new ones, so that no reference can appear after the lookup.
CREATE FUNCTION refuse_orphans() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    referred boolean;
BEGIN
    FOR i IN 0 .. TG_NARGS / 2 - 1 LOOP
        EXECUTE format('LOCK TABLE %I IN SHARE ROW EXCLUSIVE MODE', TG_ARGV[2 * i]);
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1)', TG_ARGV[2 * i], TG_ARGV[2 * i + 1])
            INTO referred USING OLD.id;
        IF referred THEN
            RAISE foreign_key_violation USING
                MESSAGE = format('%s %s is referred to by %s', TG_TABLE_NAME, OLD.id, TG_ARGV[2 * i]),
                CONSTRAINT = TG_ARGV[2 * i] || '_' || TG_ARGV[2 * i + 1] || '_fkey';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION keep_references() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps its references', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
