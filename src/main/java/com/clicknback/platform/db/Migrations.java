package com.clicknback.platform.db;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema to the version that this build needs. */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final int CONNECT_RETRIES = 10;

    private Migrations() {}

    /** The database was migrated by other files than this build's; the message is one line for the operator. */
    public static final class UnknownSchemaException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownSchemaException(FlywayValidateException refusal) {
            super(
                    "this database's schema was made by another build (" + firstDifference(refusal)
                            + "); start on an empty database: an embedded one is emptied by deleting its data folder,"
                            + " .data or what CLICKNBACK_DATA_DIR names",
                    refusal);
        }

        /** The line between the title and the checksums. */
        private static String firstDifference(FlywayValidateException refusal) {
            return String.valueOf(refusal.getMessage())
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElse("its migrations differ");
        }
    }

    /**
     * Runs the pending migrations on a worker thread. Processes that start at once take turns on Flyway's lock. Fails
     * with UnknownSchemaException when an applied migration was edited, with FlywayException when the server cannot be
     * reached.
     */
    public static Future<Void> run(Vertx vertx, DatabaseSettings settings) {
        return vertx.executeBlocking(() -> {
            migrate(settings);
            return null;
        });
    }

    private static void migrate(DatabaseSettings settings) {
        try {
            Flyway migrations = Flyway.configure()
                    .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
                    .locations("classpath:db/migration")
                    .connectRetries(CONNECT_RETRIES)
                    .load();
            int pending = migrations.info().pending().length;
            if (pending > 0) {
                LOG.info("Bringing the schema up to date: {} steps", pending);
            }
            migrations.migrate();
        } catch (FlywayValidateException refusal) {
            throw new UnknownSchemaException(refusal);
        }
    }
}
