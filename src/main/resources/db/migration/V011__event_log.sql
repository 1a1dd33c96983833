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

-- The same, without the transactions in other databases of the server, which cannot write here. A transaction that is
-- in progress in the snapshot and shown in no other database counts as one of this database. It costs a look at all
-- sessions, so it is asked only when the fence above holds up a reader.
CREATE FUNCTION event_log_fence_of_database() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT transactions + coalesce(
        (SELECT min(running.id::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) AS running (id)
         WHERE NOT EXISTS (
                   SELECT FROM pg_stat_activity a JOIN pg_database d ON d.oid = a.datid
                   WHERE a.backend_xid = running.id::xid AND d.datname <> current_database())
           AND NOT EXISTS (
                   SELECT FROM pg_prepared_xacts p
                   WHERE p.transaction = running.id::xid AND p.database <> current_database())),
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
    FROM event_log_offset
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
