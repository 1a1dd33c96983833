-- The transaction that an event is ordered by: its own, or the youngest that had ended when the event was written. A
-- transaction may be old and have waited for a lock before it wrote; by its own id alone, its event would come before
-- what it waited for. VOLATILE is essential: it looks at a snapshot of its own, taken when the event is written.
CREATE OR REPLACE FUNCTION event_log_transaction() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT transactions + greatest(
        pg_current_xact_id()::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)
    FROM event_log_offset
$$;
