package com.clicknback.platform.migrations;

import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.db.SessionSettings;
import com.clicknback.platform.tls.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema to the version that this build needs. */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    /** The service itself waits for the database before; this bridges a short break. */
    private static final int CONNECT_RETRIES = 3;

    private static final String LOCATION = "classpath:db/migration";

    /** Lets the service's role use what the owner's has made; run after each migration. */
    private static final String GRANTS = "classpath:db/grants";

    /** Settings of its sessions. */
    private static final String SESSION = "classpath:db/session";

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

    /** A step failed or the server was lost; the message is one line for the operator. */
    public static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailedException(String reason) {
            super("the schema could not be brought up to date: " + reason);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Runs the pending migrations on a worker thread. Processes that start at once take turns on Flyway's lock. Fails
     * with UnknownSchemaException when an applied migration was edited, with FailedException when a step fails or
     * the server cannot be reached.
     *
     * @param steps those that are no files, always all of them
     */
    public static Future<Void> run(Vertx vertx, DatabaseSettings settings, List<MigrationStep> steps) {
        return vertx.executeBlocking(() -> {
            migrate(settings, steps);
            return null;
        });
    }

    private static void migrate(DatabaseSettings settings, List<MigrationStep> steps) {
        try {
            boolean apart = !settings.owner().equals(settings.user());
            FluentConfiguration migrating = Flyway.configure()
                    .dataSource(
                            jdbcUrl(settings),
                            settings.owner().name(),
                            settings.owner().password())
                    .defaultSchema(SessionSettings.SCHEMA)
                    .locations(apart ? new String[] {SESSION, LOCATION, GRANTS} : new String[] {SESSION, LOCATION})
                    .placeholders(Map.of(
                            "service_role",
                            quoted(settings.user().name()),
                            "concurrently",
                            settings.behindPooler() ? "" : "CONCURRENTLY"))
                    .javaMigrations(steps.toArray(JavaMigration[]::new))
                    .callbacks(new Leftovers())
                    .connectRetries(CONNECT_RETRIES);
            // An index that is built beside traffic waits for every transaction that there is, so the lock by which
            // processes take turns needs none. Behind a pooler nothing of a session lasts: the lock is a transaction's
            // there, and no index is built beside traffic.
            migrating
                    .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                    .setTransactionalLock(settings.behindPooler());
            Flyway migrations = migrating.load();
            int pending = migrations.info().pending().length;
            if (pending > 0) {
                LOG.info("Bringing the schema up to date: {} steps", pending);
            }
            migrations.migrate();
        } catch (FlywayValidateException refusal) {
            throw new UnknownSchemaException(refusal);
        } catch (FlywayException failure) {
            LOG.debug("failed", failure);
            throw new FailedException(inWords(failure));
        }
    }

    /** The first line of what the server or the driver said, with the SQLSTATE. */
    private static String inWords(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
        return cause instanceof SQLException refusal ? line + " (SQLSTATE " + refusal.getSQLState() + ")" : line;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String jdbcUrl(DatabaseSettings settings) {
        Map<String, String> parameters = new LinkedHashMap<>(settings.tls().jdbcParameters());
        if (settings.behindPooler()) {
            // Prepared statements of the server's belong to one server, the next transaction perhaps to another.
            parameters.put("prepareThreshold", "0");
        } else {
            parameters.put("currentSchema", SessionSettings.SCHEMA);
            parameters.put("options", SessionSettings.optionsOfMigrations());
        }
        if (settings.servers().size() > 1) {
            parameters.put("targetServerType", "primary");
        }
        return "jdbc:" + settings.uri() + "?" + Tls.query(parameters);
    }
}
