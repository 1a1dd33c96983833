package com.clicknback.releases;

import com.clicknback.holds.Holds;
import com.clicknback.holds.ReleaseGates;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.platform.ops.ReleaseMetrics;
import com.clicknback.purchases.Decisions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;

/** Runs the releases at their interval, and measures what is held. */
public final class ReleasesVerticle extends VerticleBase {
    private static final int COUNTED_MAX = 1_000_000;

    private final Bus bus;
    private final Database database;
    private final Releases releases;
    private final ReleaseMetrics metrics;
    private final Clock clock;
    private final Duration interval;
    private volatile long held;
    private volatile Duration overdue = Duration.ZERO;

    /**
     * @param interval between two runs: the latest that cashback becomes available after the end of its hold
     */
    public ReleasesVerticle(
            Bus bus,
            Database database,
            Decisions decisions,
            EventLog events,
            Metrics metrics,
            Clock clock,
            Duration interval) {
        this.bus = bus;
        this.database = database;
        this.metrics = metrics.releases();
        this.releases = new Releases(database, decisions, new ReleaseGates(clock), events, this.metrics, clock);
        this.clock = clock;
        this.interval = interval;
    }

    @Override
    public Future<?> start() {
        metrics.register(() -> held, () -> overdue.toMillis() / 1_000.0);
        bus.answer(Releases.Run.class, request -> releases.run().map(Done.DONE));
        vertx.setPeriodic(interval.toMillis(), id -> releases.run().onComplete(done -> refreshGauges()));
        return Future.succeededFuture();
    }

    private void refreshGauges() {
        Holds.count(database, COUNTED_MAX).onSuccess(count -> held = count);
        Holds.oldest(database)
                .onSuccess(oldest -> overdue = oldest.map(at -> Duration.between(at, clock.instant()))
                        .filter(age -> !age.isNegative())
                        .orElse(Duration.ZERO));
    }

    @Override
    public Future<?> stop() {
        return releases.close();
    }
}
