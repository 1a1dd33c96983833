package com.clicknback.platform.db;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.flywaydb.core.Flyway;

/** Brings the schema to the version that this build needs. */
public final class Migrations {
    private static final int CONNECT_RETRIES = 10;

    private Migrations() {}

    /**
     * Runs the pending migrations on a worker thread. Processes that start at once take turns on Flyway's lock; fails
     * with FlywayException when a landed migration was edited or the server cannot be reached.
     */
    public static Future<Void> run(Vertx vertx, DatabaseSettings settings) {
        return vertx.executeBlocking(() -> {
            Flyway.configure()
                    .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
                    .locations("classpath:db/migration")
                    .connectRetries(CONNECT_RETRIES)
                    .load()
                    .migrate();
            return null;
        });
    }
}
