package com.clicknback.platform.events;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;

/** The durable, append-only log of events; each is written in the transaction of the change that it records. */
public final class EventLog {
    private static final String APPEND =
            "INSERT INTO event_log (type, payload, body, occurred_at) VALUES ($1, $2, $3, $4)";

    private final Bus bus;
    private final Clock clock;

    public EventLog(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** Appends one event in the caller's transaction; call {@link #nudge} once that has committed. */
    public <E extends Record> Future<Void> append(SqlConnection tx, EventType<E> type, E payload) {
        boolean packed = type.packing() != null;
        return tx.preparedQuery(APPEND)
                .execute(Arguments.of(
                        type.name(),
                        packed ? null : EventJson.write(payload),
                        packed ? type.pack(payload) : null,
                        clock.instant()))
                .mapEmpty();
    }

    /** The latest events, the youngest first. Followers may have yet to see some of them. */
    public static Future<List<LoggedEvent>> latest(Database database, int eventsMax) {
        return EventLogStore.findLatest(database, eventsMax);
    }

    /**
     * Keeps positions rising after the log was restored on a server whose transaction ids start lower. Runs before any
     * follower or writer starts.
     */
    public static Future<Void> raiseOffset(Database database) {
        return EventLogStore.raiseOffset(database);
    }

    /** Wakes the followers after a commit. */
    public void nudge() {
        bus.publish(new EventsAppended());
    }
}
