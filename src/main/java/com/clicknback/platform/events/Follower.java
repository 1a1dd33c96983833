package com.clicknback.platform.events;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.LoggedEvent.Position;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable follower of the event log. It hands events in commit order to its handler, inside the transaction that
 * moves its cursor, so that their effects happen exactly once. Of several processes, one holds a cursor at a time, and
 * any other can take over. An event that fails is retried with growing pauses and never skipped: its effects would be
 * lost.
 */
public final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /**
     * The name and the pace of a follower.
     *
     * @param name unique name of its cursor; never changes once it is released
     * @param eventsMax events of one transaction
     * @param pollMs the interval between looks at the log without a nudge
     * @param retryMsMax the longest pause after a failure
     * @param restMs the pause after a transaction that was not full, so that more events gather for the next
     */
    public record Settings(String name, int eventsMax, long pollMs, long retryMsMax, long restMs) {
        /** Without a rest: events are handled at once, in more and smaller transactions. */
        public Settings(String name, int eventsMax, long pollMs, long retryMsMax) {
            this(name, eventsMax, pollMs, retryMsMax, 0);
        }
    }

    /** The work of a follower on events. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Applies all events in the given transaction, or fails and is called with them again. Returns an action to run
         * after the commit, such as counting; the end of the process may lose it.
         */
        Future<Runnable> handle(SqlConnection tx, List<LoggedEvent> events);
    }

    private static final Runnable NOTHING = () -> {};

    /** The pause while an event is there but an older transaction has yet to end. */
    private static final long FENCED_MS = 5;

    private static final long RETRY_MS_MIN = 50;

    /** In place of a number of events passed: another process holds the cursor. */
    private static final int CURSOR_HELD = -1;

    /** In place of a number of events passed: nothing was tried yet. */
    private static final int UNTRIED = -2;

    private final Vertx vertx;
    private final Context context;
    private final Database database;
    private final Clock clock;
    private final Settings settings;
    private final Handler handler;
    private final List<Promise<Void>> caughtUpWaiters = new ArrayList<>();

    private boolean working;
    private boolean resting;
    private boolean nudged;
    private boolean closed;
    private long timer = -1;
    private long retryMs = RETRY_MS_MIN;
    private Promise<Void> stopped = Promise.promise();
    private volatile Position position = Position.START;
    private volatile long failures;

    /** Created and started on the context of its verticle. */
    public Follower(Vertx vertx, Database database, Clock clock, Settings settings, Handler handler) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.database = database;
        this.clock = clock;
        this.settings = settings;
        this.handler = handler;
    }

    /** Creates the cursor if it is missing, listens to nudges and begins to work. */
    public Future<Void> start(Bus bus) {
        return EventLogStore.createCursor(database, settings.name(), clock.instant())
                .onSuccess(created -> {
                    bus.listen(EventsAppended.class, appended -> nudge());
                    work(false);
                });
    }

    /** Looks at the log now instead of at the next poll. */
    public void nudge() {
        boolean mayRest = resting && caughtUpWaiters.isEmpty();
        if (working || mayRest) {
            nudged = true;
        } else if (!closed) {
            work(true);
        }
    }

    private void poll() {
        if (!working && !closed) {
            work(false);
        }
    }

    /** Completes when a look at the log that began after this call found nothing left to do; on any thread. */
    public Future<Void> caughtUp() {
        Promise<Void> waiter = Promise.promise();
        context.runOnContext(v -> {
            caughtUpWaiters.add(waiter);
            nudge();
        });
        return waiter.future();
    }

    /** Stops after the transaction under way. */
    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(timer);
        return working ? stopped.future() : Future.succeededFuture();
    }

    /** The last event whose effects are committed by this process. */
    public Position position() {
        return position;
    }

    /** Transactions that failed since the start of the process. */
    public long failures() {
        return failures;
    }

    /** The age of the oldest event not passed yet; zero when there is none. */
    public Future<Duration> lag() {
        return EventLogStore.firstBehind(database, settings.name())
                .map(first -> first.map(occurredAt -> Duration.between(occurredAt, clock.instant()))
                        .filter(age -> !age.isNegative())
                        .orElse(Duration.ZERO));
    }

    /** Runs one round. A poll asks first whether there are events, so that an idle follower uses no transaction ids. */
    private void work(boolean expectEvents) {
        working = true;
        resting = false;
        nudged = false;
        vertx.cancelTimer(timer);
        List<Promise<Void>> waiters = new ArrayList<>(caughtUpWaiters);
        Future<Integer> passed = expectEvents
                ? database.inTransaction(this::step).map(this::committed)
                : Future.succeededFuture(UNTRIED);
        passed.compose(this::next)
                .onComplete(done -> context.runOnContext(v -> settle(done.result(), done.cause(), waiters)));
    }

    /**
     * The outcome of one transaction.
     *
     * @param passed the number of events, or {@link #CURSOR_HELD}
     */
    private record Step(int passed, Position at, Runnable afterCommit) {}

    /** One transaction: lock the cursor, read, handle, move. */
    private Future<Step> step(SqlConnection tx) {
        return EventLogStore.lockCursor(tx, settings.name())
                .compose(cursor -> cursor.isPresent()
                        ? follow(tx, cursor.get())
                        : Future.succeededFuture(new Step(CURSOR_HELD, position, NOTHING)));
    }

    private Future<Step> follow(SqlConnection tx, Position from) {
        return EventLogStore.readBehind(tx, from, settings.eventsMax()).compose(events -> {
            if (events.isEmpty()) {
                return Future.succeededFuture(new Step(0, from, NOTHING));
            }
            Position to = events.get(events.size() - 1).position();
            return handler.handle(tx, events)
                    .compose(afterCommit -> EventLogStore.moveCursor(tx, settings.name(), to, clock.instant())
                            .map(new Step(events.size(), to, afterCommit)));
        });
    }

    private int committed(Step step) {
        position = step.at();
        step.afterCommit().run();
        return step.passed();
    }

    private sealed interface Next {
        /** There are events, and nothing was tried yet. */
        record Found() implements Next {}

        /** There may be more events. */
        record More(int passed) implements Next {}

        /** There are events, but an older transaction has yet to end, or another process holds the cursor. */
        record Blocked(long ms) implements Next {}

        record CaughtUp() implements Next {}
    }

    private Future<Next> next(int passed) {
        if (passed > 0) {
            return Future.succeededFuture(new Next.More(passed));
        }
        return EventLogStore.firstBehind(database, settings.name()).map(first -> {
            if (first.isEmpty()) {
                return new Next.CaughtUp();
            }
            return switch (passed) {
                case UNTRIED -> new Next.Found();
                case CURSOR_HELD -> new Next.Blocked(RETRY_MS_MIN);
                default -> new Next.Blocked(FENCED_MS);
            };
        });
    }

    private void settle(@Nullable Next next, @Nullable Throwable failure, List<Promise<Void>> waiters) {
        working = false;
        if (closed) {
            stopped.complete();
            return;
        }
        if (failure != null) {
            failures++;
            LOG.warn("follower {} failed, next try in {} ms", settings.name(), retryMs, failure);
            timer = vertx.setTimer(retryMs, id -> nudge());
            retryMs = Math.min(retryMs * 2, settings.retryMsMax());
            return;
        }
        retryMs = RETRY_MS_MIN;
        if (next instanceof Next.CaughtUp) {
            caughtUpWaiters.removeAll(waiters);
            waiters.forEach(Promise::complete);
            if (nudged) {
                work(true);
            } else {
                timer = vertx.setTimer(settings.pollMs(), id -> poll());
            }
        } else if (next instanceof Next.Found) {
            work(true);
        } else if (next instanceof Next.Blocked blocked) {
            rest(caughtUpWaiters.isEmpty() ? Math.max(blocked.ms(), settings.restMs()) : blocked.ms());
        } else if (next instanceof Next.More more) {
            rest(caughtUpWaiters.isEmpty() && more.passed() < settings.eventsMax() ? settings.restMs() : 0);
        }
    }

    /** Pauses, so that others proceed or more events gather; a call of {@link #caughtUp} cuts the pause short. */
    private void rest(long ms) {
        if (ms == 0) {
            work(true);
        } else {
            resting = true;
            timer = vertx.setTimer(ms, id -> work(true));
        }
    }
}
