package com.clicknback.statistics;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.events.Follower;
import com.clicknback.platform.events.Followers;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes the samples of the live statistics, keeps the daily ones, and checks the books in the background. */
public final class StatisticsVerticle extends VerticleBase {
    /** The name of the follower that keeps the daily statistics. */
    public static final String FOLLOWER = "daily-statistics";

    /** Rests for a second: nobody waits for a day's sums, and fewer transactions change the same rows. */
    private static final Follower.Settings SETTINGS = new Follower.Settings(FOLLOWER, 16, 1_000, 5_000, 1_000);

    private final Bus bus;
    private final Database database;
    private final Followers followers;
    private final LiveStatistics live;
    private final BooksPass books;
    private final Metrics metrics;
    private Future<Void> shown = Future.succeededFuture();
    private @Nullable Follower follower;

    public StatisticsVerticle(
            Bus bus, Database database, Followers followers, LiveStatistics live, BooksPass books, Metrics metrics) {
        this.bus = bus;
        this.database = database;
        this.followers = followers;
        this.live = live;
        this.books = books;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        bus.<Page<DayView>, Statistics.Daily>answer(
                Statistics.Daily.class, message -> DailyStore.list(database, message));
        vertx.setPeriodic(TimeUnit.SECONDS.toMillis(LiveWindow.INTERVAL_SECONDS), tick -> shown = live.sample());
        books.start(vertx, metrics);
        follower = followers.follow(vertx, SETTINGS, DailyProjection::follow);
        return follower.start(bus);
    }

    @Override
    public Future<?> stop() {
        Future<?> closed = follower == null ? Future.succeededFuture() : follower.close();
        return closed.eventually(() -> shown.otherwiseEmpty()).eventually(books::close);
    }
}
