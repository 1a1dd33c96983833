package com.clicknback.payouts;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.Sweep;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** Deletes the idempotency keys that need no longer be kept, one purge at a time. */
final class KeyPurge {
    /** Twice what the contract promises, which absorbs wrong clocks and late clients. */
    private static final Duration KEPT = Duration.ofHours(48);

    private static final int BATCH_MAX = 500;

    private final Sweep sweep;

    KeyPurge(Database database, Clock clock) {
        this.sweep = new Sweep(
                "purge of idempotency keys",
                BATCH_MAX,
                Integer.MAX_VALUE,
                clock,
                () -> IdempotencyStore.purge(database, clock.instant().minus(KEPT), BATCH_MAX));
    }

    /** Purges, or joins the purge under way; returns the number of keys. A failure is logged as well. */
    Future<Integer> run() {
        return sweep.run();
    }

    Future<Integer> close() {
        return sweep.close();
    }
}
