package com.clicknback.statistics;

import com.clicknback.platform.clock.PassingTime;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check of the books in the background: pass after pass over all users, a few of them at a time. It rests after each
 * slice for many times as long as that took, so it takes at most a fiftieth of one connection.
 */
public final class BooksPass {
    private static final Logger LOG = LoggerFactory.getLogger(BooksPass.class);
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final int USERS_MAX = 200;

    /** A slice that takes longer is followed by a smaller one. */
    private static final long SLICE_MS_MAX = 500;

    private static final int REST_FACTOR = 50;

    /** A slice that was too much is followed by one of so many times fewer users. */
    private static final int SHRINK = 8;

    /** Lines that the log gets of one slice. */
    private static final int LINES_MAX = 20;

    private static final double MILLIS = 1_000.0;

    /**
     * The pace of the passes.
     *
     * @param interval from the end of a pass to the start of the next
     * @param restMsMin after each slice, however short
     */
    public record Pace(Duration interval, long restMsMin) {}

    /** The check of some users. */
    public interface Check {
        /** The users that follow in the order of their ids. */
        Future<List<UUID>> usersAfter(UUID userId, int usersMax);

        /** A line of text for each row that differs from the journal; fails when that takes longer than a request may. */
        Future<List<String>> differencesOf(List<UUID> users);
    }

    /** The place of the present pass, and what it has found. */
    private record Pass(UUID after, long users, long unchecked, long differences) {
        static final Pass START = new Pass(BEFORE_ALL, 0, 0, 0);

        Pass with(List<UUID> more, int differing) {
            return new Pass(more.get(more.size() - 1), users + more.size(), unchecked, differences + differing);
        }

        Pass without(UUID user) {
            return new Pass(user, users, unchecked + 1, differences);
        }
    }

    private final Pace pace;
    private final Check check;
    private final Clock clock;
    private final PassingTime time;
    private int usersMax = USERS_MAX;
    private Future<?> working = Future.succeededFuture();
    private boolean closed;
    private volatile Pass present = Pass.START;
    private volatile Pass last = Pass.START;
    private volatile @Nullable Instant checkedAt;
    private volatile long checkedNs;
    private volatile long checkedUsers;

    public BooksPass(Pace pace, Check check, Clock clock) {
        this.pace = pace;
        this.check = check;
        this.clock = clock;
        this.time = PassingTime.of(clock);
        this.checkedNs = time.nanos();
    }

    /** Begins, on the context of the verticle that calls this. */
    void start(Vertx vertx, Metrics metrics) {
        metrics.books(() -> now().differences(), () -> last.unchecked(), () -> checkedUsers, this::ageSeconds);
        later(vertx, pace.restMsMin());
    }

    /** The time since the last pass ended, or since the start. */
    double ageSeconds() {
        return Duration.ofNanos(time.nanos() - checkedNs).toMillis() / MILLIS;
    }

    /** Ends after the slice under way. */
    Future<Void> close() {
        closed = true;
        return working.otherwiseEmpty().mapEmpty();
    }

    /** On any thread. */
    Books now() {
        Pass at = present;
        return new Books(
                checkedAt,
                at.users() == 0 ? last.users() : at.users(),
                last.unchecked(),
                Math.max(at.differences(), last.differences()));
    }

    private void later(Vertx vertx, long ms) {
        if (!closed) {
            vertx.setTimer(ms, due -> working = slice(vertx));
        }
    }

    private Future<?> slice(Vertx vertx) {
        if (closed) {
            return Future.succeededFuture();
        }
        long startNs = System.nanoTime();
        return check.usersAfter(present.after(), usersMax)
                .compose(users -> users.isEmpty() ? Future.succeededFuture(end()) : read(users, startNs))
                .otherwise(false)
                .onSuccess(ended -> later(
                        vertx,
                        ended
                                ? pace.interval().toMillis()
                                : Math.max(pace.restMsMin(), elapsedMs(startNs) * REST_FACTOR)));
    }

    private boolean end() {
        last = present;
        present = Pass.START;
        checkedAt = clock.instant();
        checkedNs = time.nanos();
        return true;
    }

    private Future<Boolean> read(List<UUID> users, long startNs) {
        return check.differencesOf(users)
                .onSuccess(differences -> note(users, differences, elapsedMs(startNs)))
                .onFailure(failure -> shrink(users, failure))
                .map(false);
    }

    private static long elapsedMs(long startNs) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    }

    private void note(List<UUID> users, List<String> differences, long tookMs) {
        present = present.with(users, differences.size());
        checkedUsers += users.size();
        differences.stream().limit(LINES_MAX).forEach(line -> LOG.error("the books differ from the journal: {}", line));
        usersMax = tookMs > SLICE_MS_MAX ? Math.max(1, usersMax / 2) : Math.min(USERS_MAX, usersMax * 2);
    }

    /** Tries fewer users, and leaves out one who is too much alone. */
    private void shrink(List<UUID> users, Throwable failure) {
        LOG.debug("the books of {} users were not checked", users.size(), failure);
        if (users.size() == 1) {
            present = present.without(users.get(0));
        } else {
            usersMax = Math.max(1, users.size() / SHRINK);
        }
    }
}
