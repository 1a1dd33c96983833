package com.clicknback.platform.events;

import com.clicknback.platform.clock.PassingTime;
import com.clicknback.platform.db.Database;
import java.time.Clock;
import java.time.Duration;
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
    private final PassingTime time;
    private volatile @Nullable Long sinceNs;
    private @Nullable Long reportedNs;

    Fence(String follower, Database database, Clock clock) {
        this.follower = follower;
        this.database = database;
        this.time = PassingTime.of(clock);
    }

    /** True when events were held up in the last round. */
    boolean holds() {
        return sinceNs != null;
    }

    /** The time, in seconds, that events have been held up; zero when they are not. */
    double heldSeconds() {
        Long from = sinceNs;
        return from == null ? 0 : since(from, time.nanos()).toMillis() / 1_000.0;
    }

    void passed() {
        sinceNs = null;
        reportedNs = null;
    }

    void held() {
        long nowNs = time.nanos();
        Long from = sinceNs;
        if (from == null) {
            sinceNs = nowNs;
            return;
        }
        Duration wait = since(from, nowNs);
        Long reported = reportedNs;
        boolean recently = reported != null && since(reported, nowNs).compareTo(REPORTED_AGAIN_AFTER) < 0;
        if (wait.compareTo(REPORTED_AFTER) >= 0 && !recently) {
            reportedNs = nowNs;
            report(wait);
        }
    }

    private static Duration since(long fromNs, long nowNs) {
        return Duration.ofNanos(nowNs - fromNs);
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
