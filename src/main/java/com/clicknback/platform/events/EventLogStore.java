package com.clicknback.platform.events;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.events.LoggedEvent.Position;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The SQL of the event log and its cursors. */
final class EventLogStore {
    private static final String CREATE_CURSOR = """
      INSERT INTO event_cursors (follower, transaction_id, serial, moved_at) VALUES ($1, 0, 0, $2)
      ON CONFLICT (follower) DO NOTHING
      """;

    private static final String LOCK_CURSOR = """
      SELECT transaction_id, serial FROM event_cursors WHERE follower = $1 FOR UPDATE SKIP LOCKED
      """;

    private static final String READ_BEHIND = """
      SELECT transaction_id, serial, type, payload, body, occurred_at FROM event_log
      WHERE (transaction_id, serial) > ($1, $2) AND transaction_id < (SELECT event_log_fence())
      ORDER BY transaction_id, serial LIMIT $3
      """;

    private static final String READ_BEHIND_FENCED = """
      SELECT transaction_id, serial, type, payload, body, occurred_at FROM event_log
      WHERE (transaction_id, serial) > ($1, $2) AND transaction_id < (SELECT event_log_fence_of_database())
      ORDER BY transaction_id, serial LIMIT $3
      """;

    /** The oldest writing transactions of this database, prepared ones included. */
    private static final String FIND_BLOCKERS = """
      SELECT blocker FROM (
          SELECT format('process %s of user %s (%s), %s for %s s', pid, usename, application_name, state,
                        extract(epoch FROM now() - xact_start)::bigint) AS blocker, xact_start AS since
          FROM pg_stat_activity
          WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
          UNION ALL
          SELECT format('prepared transaction %s of user %s, %s s old', gid, owner,
                        extract(epoch FROM now() - prepared)::bigint), prepared
          FROM pg_prepared_xacts WHERE database = current_database()) blockers
      ORDER BY since LIMIT 3
      """;

    private static final String MOVE_CURSOR = """
      UPDATE event_cursors SET transaction_id = $2, serial = $3, moved_at = $4 WHERE follower = $1
      """;

    /** The first event that the follower has not passed, whether it may be read yet or not. */
    private static final String FIRST_BEHIND = """
      SELECT e.occurred_at
      FROM event_cursors c
      CROSS JOIN LATERAL (
          SELECT occurred_at FROM event_log
          WHERE (transaction_id, serial) > (c.transaction_id, c.serial)
          ORDER BY transaction_id, serial LIMIT 1) e
      WHERE c.follower = $1
      """;

    private static final String FIND_LATEST = """
      SELECT transaction_id, serial, type, payload, body, occurred_at FROM event_log
      ORDER BY transaction_id DESC, serial DESC LIMIT $1
      """;

    private static final String RAISE_OFFSET = """
      UPDATE event_log_offset o
      SET transactions = o.transactions + newest.transaction_id - event_log_transaction() + 1
      FROM (SELECT max(transaction_id) AS transaction_id FROM event_log) newest
      WHERE newest.transaction_id >= event_log_transaction()
      """;

    private EventLogStore() {}

    static Future<Void> createCursor(Database database, String follower, Instant now) {
        return database.query(CREATE_CURSOR, Arguments.of(follower, now)).mapEmpty();
    }

    /** Locks the cursor until the transaction ends; empty while another process holds it. */
    static Future<Optional<Position>> lockCursor(SqlClient tx, String follower) {
        return tx.preparedQuery(LOCK_CURSOR)
                .mapping(EventLogStore::position)
                .execute(Tuple.of(follower))
                .map(Rows::first);
    }

    static Future<List<LoggedEvent>> readBehind(SqlClient tx, Position position, int eventsMax, boolean fenced) {
        return tx.preparedQuery(fenced ? READ_BEHIND_FENCED : READ_BEHIND)
                .mapping(EventLogStore::event)
                .execute(Tuple.of(position.transactionId(), position.serial(), eventsMax))
                .map(Rows::list);
    }

    static Future<Void> moveCursor(SqlClient tx, String follower, Position to, Instant now) {
        return tx.preparedQuery(MOVE_CURSOR)
                .execute(Arguments.of(follower, to.transactionId(), to.serial(), now))
                .mapEmpty();
    }

    /** The time of the oldest event that the follower has not passed; empty when it has passed all. */
    static Future<Optional<Instant>> firstBehind(Database database, String follower) {
        return database.query(FIRST_BEHIND, Tuple.of(follower), row -> Rows.instant(row, "occurred_at"))
                .map(Rows::first);
    }

    /** Describes the transactions that readers of the log wait for, the oldest first. */
    static Future<List<String>> findBlockers(Database database) {
        return database.query(FIND_BLOCKERS, Arguments.of(), row -> row.getString("blocker"))
                .map(Rows::list);
    }

    static Future<List<LoggedEvent>> findLatest(Database database, int eventsMax) {
        return database.query(FIND_LATEST, Tuple.of(eventsMax), EventLogStore::event)
                .map(Rows::list);
    }

    static Future<Void> raiseOffset(Database database) {
        return database.query(RAISE_OFFSET, Tuple.tuple()).mapEmpty();
    }

    private static LoggedEvent event(Row row) {
        return new LoggedEvent(
                position(row),
                row.getString("type"),
                row.getString("payload"),
                row.getBuffer("body"),
                Rows.instant(row, "occurred_at"));
    }

    private static Position position(Row row) {
        return new Position(row.getLong("transaction_id"), row.getLong("serial"));
    }
}
