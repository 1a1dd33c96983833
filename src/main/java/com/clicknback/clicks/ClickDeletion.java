package com.clicknback.clicks;

import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.Sweep;
import com.clicknback.platform.ops.ClickMetrics;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** Deletes clicks some time after they were made, in slices. */
final class ClickDeletion {
    private static final int SLICE_MAX = 2_000;

    /** With a run every ten seconds: 6,000 clicks a second, more than come. */
    private static final int SLICES_MAX = 30;

    private final Database database;
    private final Clock clock;
    private final Duration kept;
    private final ClickMetrics metrics;
    private final Sweep sweep;

    ClickDeletion(Database database, Clock clock, Duration kept, ClickMetrics metrics) {
        this.database = database;
        this.clock = clock;
        this.kept = kept;
        this.metrics = metrics;
        this.sweep = new Sweep("deletion of old clicks", SLICE_MAX, SLICES_MAX, clock, this::slice);
    }

    /** Deletes what is due, or joins the run under way; brings the number of clicks. */
    Future<Integer> run() {
        return sweep.run();
    }

    /** Lets the run under way end with its present slice; completes then. */
    Future<Integer> close() {
        return sweep.close();
    }

    private Future<Integer> slice() {
        return ClickStore.delete(
                        database, TimeOrderedIds.firstOf(clock.instant().minus(kept)), SLICE_MAX)
                .onSuccess(metrics::deleted);
    }
}
