package com.clicknback.payouts;

import com.clicknback.platform.clock.DatabaseClock;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the idempotency keys that need no longer be kept, one purge at a time. */
final class KeyPurge {
    private static final Logger LOG = LoggerFactory.getLogger(KeyPurge.class);

    /** Twice what the contract promises, which absorbs wrong clocks and late clients. */
    private static final Duration KEPT = Duration.ofHours(48);

    private static final int BATCH_MAX = 500;

    private final Database database;
    private final Clock clock;
    private Future<Integer> latest = Future.succeededFuture(0);

    KeyPurge(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Purges, or joins the purge under way; returns the number of keys. A failure is logged as well. */
    Future<Integer> run() {
        if (latest.isComplete() && !DatabaseClock.isInDoubt(clock)) {
            Instant before = clock.instant().minus(KEPT);
            latest = purge(before, 0).onFailure(failure -> LOG.warn("purging idempotency keys failed", failure));
        }
        return latest;
    }

    /** Completes once no purge is under way, even if the last one failed. */
    Future<Integer> idle() {
        return latest.otherwise(0);
    }

    private Future<Integer> purge(Instant before, int soFar) {
        return IdempotencyStore.purge(database, before, BATCH_MAX)
                .compose(
                        keys -> keys == BATCH_MAX ? purge(before, soFar + keys) : Future.succeededFuture(soFar + keys));
    }
}
