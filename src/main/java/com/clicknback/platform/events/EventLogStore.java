package com.clicknback.platform.events;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.LoggedEvent.Position;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
      SELECT transaction_id, serial, type, payload, occurred_at FROM event_log
      WHERE (transaction_id, serial) > ($1, $2) AND transaction_id < (SELECT event_log_fence())
      ORDER BY transaction_id, serial LIMIT $3
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

    private static final String RAISE_OFFSET = """
      UPDATE event_log_offset o
      SET transactions = o.transactions + newest.transaction_id - event_log_transaction() + 1
      FROM (SELECT max(transaction_id) AS transaction_id FROM event_log) newest
      WHERE newest.transaction_id >= event_log_transaction()
      """;

    private EventLogStore() {}

    static Future<Void> createCursor(Database database, String follower, Instant now) {
        return database.query(CREATE_CURSOR, Tuple.of(follower, utc(now))).mapEmpty();
    }

    /** The cursor, locked to the end of the transaction; empty when another process is at work behind it. */
    static Future<Optional<Position>> lockCursor(SqlClient tx, String follower) {
        return tx.preparedQuery(LOCK_CURSOR)
                .execute(Tuple.of(follower))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(position(rows.iterator().next())));
    }

    static Future<List<LoggedEvent>> readBehind(SqlClient tx, Position position, int eventsMax) {
        return tx.preparedQuery(READ_BEHIND)
                .execute(Tuple.of(position.transactionId(), position.serial(), eventsMax))
                .map(EventLogStore::events);
    }

    static Future<Void> moveCursor(SqlClient tx, String follower, Position to, Instant now) {
        return tx.preparedQuery(MOVE_CURSOR)
                .execute(Tuple.of(follower, to.transactionId(), to.serial(), utc(now)))
                .mapEmpty();
    }

    /** When the oldest event happened that the follower has not passed; empty when it has passed all. */
    static Future<Optional<Instant>> firstBehind(Database database, String follower) {
        return database.query(FIRST_BEHIND, Tuple.of(follower))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator()
                                .next()
                                .getOffsetDateTime("occurred_at")
                                .toInstant()));
    }

    static Future<Void> raiseOffset(Database database) {
        return database.query(RAISE_OFFSET, Tuple.tuple()).mapEmpty();
    }

    private static List<LoggedEvent> events(RowSet<Row> rows) {
        List<LoggedEvent> events = new ArrayList<>(rows.size());
        for (Row row : rows) {
            events.add(new LoggedEvent(
                    position(row),
                    row.getString("type"),
                    row.getString("payload"),
                    row.getOffsetDateTime("occurred_at").toInstant()));
        }
        return events;
    }

    private static Position position(Row row) {
        return new Position(row.getLong("transaction_id"), row.getLong("serial"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
