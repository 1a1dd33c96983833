package com.clicknback.statistics;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.json.Wire;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.platform.stream.EventSource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The live statistics of this process, for those who ask and those who watch. */
public final class LiveStatistics {
    private static final int EVENTS_MAX = 10;

    private final Database database;
    private final Metrics metrics;
    private final Clock clock;
    private final BooksPass books;
    private final Watchers watchers;
    private final UUID processId = UUID.randomUUID();
    private final Instant since;
    private final LiveWindow window;
    private volatile Shown shown = new Shown(List.of(), List.of());
    private volatile List<LatestEvent> latestEvents = List.of();

    /**
     * @param watchersMax streams of this process that may be open at once
     * @param watchersOfUserMax those of one user
     */
    public LiveStatistics(
            Database database, Metrics metrics, Clock clock, BooksPass books, int watchersMax, int watchersOfUserMax) {
        this.database = database;
        this.metrics = metrics;
        this.clock = clock;
        this.books = books;
        this.watchers = new Watchers(watchersMax, watchersOfUserMax);
        this.since = clock.instant();
        this.window = new LiveWindow(metrics.reading());
    }

    private record Shown(List<LiveSample> samples, List<PartnerVerdicts> partners) {}

    /** Ends an interval and shows it to those who watch; on the context of one verticle. */
    Future<Void> sample() {
        window.add(clock.instant(), metrics.reading());
        shown = new Shown(window.samples(), window.partners());
        return watchers.any() ? brief().onSuccess(watchers::show).mapEmpty() : Future.succeededFuture();
    }

    /** On any thread; fails while the database does not answer. */
    Future<Live> now() {
        return EventLog.latest(database, EVENTS_MAX).map(events -> {
            latestEvents = events.stream().map(LatestEvent::of).toList();
            return live(true);
        });
    }

    /** Goes on without the database, so that a watcher sees that crediting stands still. */
    private Future<Buffer> brief() {
        return now().otherwise(failure -> live(false)).map(Wire::encode);
    }

    private Live live(boolean databaseAvailable) {
        Shown latest = shown;
        return new Live(
                processId,
                since,
                LiveWindow.INTERVAL_SECONDS,
                latest.samples(),
                latest.partners(),
                latestEvents,
                books.now(),
                databaseAvailable);
    }

    /**
     * A place among those who watch, who see the present at once; fails with RATE_LIMITED when the user has all that one may
     * have, and with OVERLOADED when all are taken.
     */
    EventSource watch(UUID userId) {
        return watchers.watch(userId, this::brief);
    }
}
