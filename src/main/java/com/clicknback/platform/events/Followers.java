package com.clicknback.platform.events;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The followers of the event log that this process runs, measured and known by name. */
public final class Followers {

    private final Database database;
    private final Metrics metrics;
    private final Clock clock;
    private final Map<String, Follower> byName = new ConcurrentHashMap<>();

    public Followers(Database database, Metrics metrics, Clock clock) {
        this.database = database;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Creates a follower on the context of its verticle, which starts and closes it. */
    public Follower follow(Vertx vertx, Follower.Settings settings, Follower.Handler handler) {
        Follower follower = new Follower(vertx, database, clock, settings, handler);
        byName.put(settings.name(), follower);
        metrics.follower(
                settings.name(), () -> follower.position().serial(), follower::failures, follower::heldSeconds);
        return follower;
    }

    /** Completes when a named follower has handled everything that was committed before this call. */
    public Future<Void> caughtUp(String name) {
        Follower follower = byName.get(name);
        return follower == null
                ? Future.failedFuture(new IllegalArgumentException("no follower " + name))
                : follower.caughtUp();
    }
}
