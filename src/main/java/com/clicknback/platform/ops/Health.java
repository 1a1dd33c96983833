package com.clicknback.platform.ops;

import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;

/** The health of this process: whether it takes requests and its database answers. */
public final class Health {
    private static final int ROUND_TRIP_MS_MAX = 2_000;

    private final Database database;
    private volatile boolean serving;

    public Health(Database database) {
        this.database = database;
    }

    /** Sets whether the process takes requests. */
    public void serving(boolean now) {
        serving = now;
    }

    /** True when the process takes requests and the database answers in time. */
    Future<Boolean> isReady() {
        if (!serving) {
            return Future.succeededFuture(false);
        }
        return database.query("SELECT 1", Tuple.tuple())
                .timeout(ROUND_TRIP_MS_MAX, TimeUnit.MILLISECONDS)
                .map(true)
                .otherwise(false);
    }
}
