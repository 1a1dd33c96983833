-- The same function in another language. A function in SQL is planned anew by each statement that calls it, before
-- PostgreSQL 18; this one keeps its plan for the session. VOLATILE is essential as before: its query has a snapshot of its
-- own, taken when the event is written.
CREATE OR REPLACE FUNCTION event_log_transaction() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    position bigint;
BEGIN
    SELECT transactions + greatest(
        pg_current_xact_id()::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)
    INTO position
    FROM event_log_offset;
    RETURN position;
END $$;
