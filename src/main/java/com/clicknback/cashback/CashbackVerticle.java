package com.clicknback.cashback;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.Follower;
import com.clicknback.platform.events.Followers;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/** Follows the event log and credits ingested purchases exactly once; answers the messages about cashback. */
public final class CashbackVerticle extends VerticleBase {
    /** The name of the follower that credits. */
    public static final String FOLLOWER = "cashback";

    private static final int EVENTS_MAX = 16;
    private static final long POLL_MS = 250;
    private static final long RETRY_MS_MAX = 5_000;
    private static final long REST_MS = 25;

    private final Bus bus;
    private final Database database;
    private final Crediting crediting;
    private final BatchCrediting batches;
    private final Followers followers;
    private final Metrics metrics;
    private @Nullable Follower follower;

    public CashbackVerticle(
            Bus bus,
            Database database,
            Crediting crediting,
            BatchCrediting batches,
            Followers followers,
            Metrics metrics) {
        this.bus = bus;
        this.database = database;
        this.crediting = crediting;
        this.batches = batches;
        this.followers = followers;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        bus.answer(
                Cashback.Preview.class,
                message -> database.withConnection(connection -> crediting.preview(connection, message)));
        Follower mine = followers.follow(
                vertx, new Follower.Settings(FOLLOWER, EVENTS_MAX, POLL_MS, RETRY_MS_MAX, REST_MS), batches);
        follower = mine;
        metrics.creditingLag(followers.lagSeconds(vertx, mine));
        return mine.start(bus);
    }

    @Override
    public Future<?> stop() {
        return follower == null ? Future.succeededFuture() : follower.close();
    }
}
