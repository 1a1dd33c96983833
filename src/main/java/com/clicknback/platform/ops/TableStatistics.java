package com.clicknback.platform.ops;

import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the statistics by which the database plans in step with tables that grow fast, as those of a new service do. */
public final class TableStatistics {
    private static final Logger LOG = LoggerFactory.getLogger(TableStatistics.class);
    private static final String RENEW = "SELECT renew_statistics()";
    private static final long INTERVAL_MS = 5_000;

    private final Database database;
    private Future<?> renewing = Future.succeededFuture();

    private TableStatistics(Database database) {
        this.database = database;
    }

    /** Renews them from time to time until Vert.x ends. */
    public static void keep(Vertx vertx, Database database) {
        TableStatistics statistics = new TableStatistics(database);
        vertx.setPeriodic(INTERVAL_MS, id -> statistics.renew());
    }

    /** One at a time. A failure costs speed at most, and autovacuum makes up for it. */
    private void renew() {
        if (renewing.isComplete()) {
            renewing = database.query(RENEW, Tuple.tuple())
                    .onFailure(failure -> LOG.debug("the statistics of tables cannot be renewed", failure));
        }
    }
}
