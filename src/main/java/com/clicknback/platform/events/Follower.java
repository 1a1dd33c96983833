package com.clicknback.platform.events;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.LoggedEvent.Position;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A durable follower of the event log. It hands events in order to its handler, inside the transaction that
 * moves its cursor, so that their effects happen exactly once. Of several processes, one holds a cursor at a time, and
 * any other can take over. An event that fails is retried with growing pauses and never skipped: its effects would be
 * lost.
 */
public final class Follower {
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

    /** The pause while another process holds the cursor. */
    private static final long HELD_MS = 50;

    /** In place of a number of events passed: another process holds the cursor. */
    private static final int CURSOR_HELD = -1;

    /** In place of a number of events passed: nothing was tried yet. */
    private static final int UNTRIED = -2;

    private final Database database;
    private final Clock clock;
    private final Settings settings;
    private final Handler handler;
    private final Rounds rounds;
    private final Fence fence;
    private volatile Position position = Position.START;

    /** Created and started on the context of its verticle. */
    public Follower(Vertx vertx, Database database, Clock clock, Settings settings, Handler handler) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
        this.handler = handler;
        this.fence = new Fence(settings.name(), database, clock);
        this.rounds = new Rounds(
                vertx,
                new Rounds.Settings(
                        "follower " + settings.name(), settings.pollMs(), settings.retryMsMax(), settings.restMs()),
                this::round);
    }

    /** Creates the cursor if it is missing, listens to nudges and begins to work. */
    public Future<Void> start(Bus bus) {
        return EventLogStore.createCursor(database, settings.name(), clock.instant())
                .onSuccess(created -> rounds.start(bus));
    }

    /** Looks at the log now instead of at the next poll. */
    public void nudge() {
        rounds.nudge();
    }

    /** Completes when a look at the log that began after this call found nothing left to do; on any thread. */
    public Future<Void> caughtUp() {
        return rounds.caughtUp();
    }

    /** Stops after the transaction in flight. */
    public Future<Void> close() {
        return rounds.close();
    }

    /** The last event whose effects are committed by this process. */
    public Position position() {
        return position;
    }

    /** Transactions that failed since the start of the process. */
    public long failures() {
        return rounds.failures();
    }

    /** The time, in seconds, for which older transactions have held up events; called from any thread. */
    public double heldSeconds() {
        return fence.heldSeconds();
    }

    /** The age of the oldest event not passed yet; zero when there is none. */
    public Future<Duration> lag() {
        return EventLogStore.firstBehind(database, settings.name())
                .map(first -> first.map(occurredAt -> Duration.between(occurredAt, clock.instant()))
                        .filter(age -> !age.isNegative())
                        .orElse(Duration.ZERO));
    }

    /** Runs one round. A poll asks first whether there are events, so that an idle follower uses no transaction ids. */
    private Future<Rounds.Outcome> round(boolean expectEvents) {
        Future<Integer> passed = expectEvents
                ? database.inTransaction(this::step).map(this::committed)
                : Future.succeededFuture(UNTRIED);
        return passed.compose(this::outcome);
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
        return EventLogStore.readBehind(tx, from, settings.eventsMax(), fence.holds())
                .compose(events -> {
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

    private Future<Rounds.Outcome> outcome(int passed) {
        if (passed > 0) {
            fence.passed();
            return Future.succeededFuture(
                    passed < settings.eventsMax() ? new Rounds.Outcome.Partial() : new Rounds.Outcome.Full());
        }
        return EventLogStore.firstBehind(database, settings.name()).map(first -> {
            if (first.isEmpty()) {
                fence.passed();
                return new Rounds.Outcome.CaughtUp();
            }
            return switch (passed) {
                case UNTRIED -> new Rounds.Outcome.Full();
                case CURSOR_HELD -> new Rounds.Outcome.Blocked(HELD_MS);
                default -> {
                    fence.held();
                    yield new Rounds.Outcome.Blocked(FENCED_MS);
                }
            };
        });
    }
}
