package com.clicknback.platform.clock;

import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Synchronises a clock with that of the database: at its start, and then every few seconds. */
public final class ClockVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ClockVerticle.class);
    private static final String READ = "SELECT clock_timestamp()";
    private static final long INTERVAL_MS = 5_000;

    /** The first readings make a connection and a plan; the quickest of them counts. */
    private static final int FIRST_READINGS = 4;

    private static final Duration WARNED_FROM = Duration.ofSeconds(2);
    private static final Duration WARNED_AGAIN_AFTER = Duration.ofMinutes(10);

    private final Database database;
    private final DatabaseClock clock;
    private Future<Void> reading = Future.succeededFuture();
    private long warnedAtNs = System.nanoTime() - WARNED_AGAIN_AFTER.toNanos();

    public ClockVerticle(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Reads the database's clock once, so that the given clock shows it. */
    public static Future<Void> synchronise(Database database, DatabaseClock clock) {
        return database.withConnection(connection -> read(connection, clock, FIRST_READINGS));
    }

    @Override
    public Future<?> start() {
        return synchronise(database, clock).onSuccess(read -> {
            warn();
            vertx.setPeriodic(INTERVAL_MS, id -> keep());
        });
    }

    /** One reading at a time; while the database is away, the clock counts on by itself. */
    private void keep() {
        if (reading.isComplete()) {
            reading = database.withConnection(connection -> read(connection, clock, 1))
                    .onSuccess(read -> warn())
                    .onFailure(failure -> LOG.debug("the database's clock cannot be read", failure));
        }
    }

    private static Future<Void> read(SqlConnection connection, DatabaseClock clock, int times) {
        if (times == 0) {
            return Future.succeededFuture();
        }
        long sentNs = clock.nanoTime();
        return connection.preparedQuery(READ).execute().compose(rows -> {
            Row row = rows.iterator().next();
            clock.read(sentNs, row.get(OffsetDateTime.class, 0).toInstant());
            return read(connection, clock, times - 1);
        });
    }

    private void warn() {
        boolean due = System.nanoTime() - warnedAtNs >= WARNED_AGAIN_AFTER.toNanos();
        if (clock.skew().abs().compareTo(WARNED_FROM) >= 0 && due) {
            warnedAtNs = System.nanoTime();
            LOG.warn(
                    "The clock of this host is {} s ahead of the database's, whose time counts: set one of them right",
                    clock.skew().toMillis() / 1_000.0);
        }
    }
}
