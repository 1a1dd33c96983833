-- A logical restore carries the log to a server whose transaction ids start lower. The offset, raised at start-up
-- when that is so, keeps positions rising across such a move.
CREATE TABLE event_log_offset (
    only_row      boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    transactions  bigint NOT NULL CHECK (transactions >= 0)
);
INSERT INTO event_log_offset (transactions) VALUES (0);

CREATE FUNCTION event_log_transaction() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT transactions + pg_current_xact_id()::text::bigint FROM event_log_offset
$$;

-- Below this transaction everything has ended: nothing can still commit behind a reader that stops here. STABLE is
-- essential: it ties the fence to the snapshot of the reading query. A younger fence would let the reader pass an
-- event that committed just after its snapshot.
CREATE FUNCTION event_log_fence() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT transactions + pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM event_log_offset
$$;

CREATE TABLE event_log (
    transaction_id bigint NOT NULL DEFAULT event_log_transaction(),
    serial         bigint GENERATED ALWAYS AS IDENTITY,
    type           text NOT NULL,
    payload        text NOT NULL,
    occurred_at    timestamptz NOT NULL,
    PRIMARY KEY (transaction_id, serial)
);
CREATE TRIGGER event_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE event_cursors (
    follower       text PRIMARY KEY,
    transaction_id bigint NOT NULL,
    serial         bigint NOT NULL,
    moved_at       timestamptz NOT NULL
) WITH (fillfactor = 50);
