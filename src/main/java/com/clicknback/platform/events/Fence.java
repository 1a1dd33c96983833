package com.clicknback.platform.events;

import com.clicknback.platform.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wait of a follower for older transactions that have yet to end. Reports by name whatever it waits for, once the
 * wait is long.
 */
final class Fence {
    private static final Logger LOG = LoggerFactory.getLogger(Fence.class);
    private static final Duration REPORTED_AFTER = Duration.ofSeconds(10);
    private static final Duration REPORTED_AGAIN_AFTER = Duration.ofMinutes(1);

    private final String follower;
    private final Database database;
    private final Clock clock;
    private volatile @Nullable Instant since;
    private @Nullable Instant reportedAt;

    Fence(String follower, Database database, Clock clock) {
        this.follower = follower;
        this.database = database;
        this.clock = clock;
    }

    /** True when events were held up in the last round. */
    boolean holds() {
        return since != null;
    }

    /** The time, in seconds, that events have been held up; zero when they are not. */
    double heldSeconds() {
        Instant from = since;
        return from == null ? 0 : Duration.between(from, clock.instant()).toMillis() / 1_000.0;
    }

    void passed() {
        since = null;
        reportedAt = null;
    }

    void held() {
        Instant now = clock.instant();
        Instant from = since;
        if (from == null) {
            since = now;
            return;
        }
        Duration wait = Duration.between(from, now);
        Instant reported = reportedAt;
        boolean recently = reported != null && Duration.between(reported, now).compareTo(REPORTED_AGAIN_AFTER) < 0;
        if (wait.compareTo(REPORTED_AFTER) >= 0 && !recently) {
            reportedAt = now;
            report(wait);
        }
    }

    private void report(Duration wait) {
        EventLogStore.findBlockers(database)
                .onSuccess(blockers -> LOG.warn(
                        "follower {} has waited for {} s for older transactions to end: {}",
                        follower,
                        wait.toSeconds(),
                        blockers.isEmpty() ? "none left" : String.join("; ", blockers)))
                .onFailure(failure -> LOG.warn(
                        "follower {} has waited for {} s for older transactions to end", follower, wait.toSeconds()));
    }
}
