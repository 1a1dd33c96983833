package com.clicknback.platform.migrations;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.db.SessionSettings;
import com.clicknback.platform.db.UnfitDatabaseException;
import com.clicknback.platform.tls.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema to the version that this build needs, and tells when it has another one. */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    /** The service itself waits for the database before; this bridges a short break. */
    private static final int CONNECT_RETRIES = 3;

    private static final int RETRY_ALWAYS = -1;
    private static final int DAYS_MAX = 365;
    private static final String READER = "clicknback";

    private static final String LOCATION = "classpath:db/migration";

    /** Lets the service's role use what the owner's has made; run after each migration. */
    private static final String GRANTS = "classpath:db/grants";

    /** Settings of its sessions. */
    private static final String SESSION = "classpath:db/session";

    /** SQLSTATE for what a role may not do, classes for a role that is not let in and for what is not as expected. */
    private static final String NO_RIGHT = "42501";

    private static final String LOGIN_REFUSED = "28";
    private static final String MISUNDERSTOOD = "42";

    private static final Set<MigrationState> TO_RUN = EnumSet.of(MigrationState.PENDING, MigrationState.FAILED);

    private static final Set<MigrationState> OF_LATER_BUILDS =
            EnumSet.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

    private Migrations() {}

    /** The schema is not the one of this build; the message is one line for the operator. */
    public static final class UnfitSchemaException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private UnfitSchemaException(String message) {
            super(message);
        }

        /** A schema that other files than this build's made. */
        private static UnfitSchemaException ofAnotherBuild(FlywayValidateException refusal) {
            return new UnfitSchemaException("this database's schema was made by another build ("
                    + firstDifference(refusal)
                    + "); start on an empty database: an embedded one is emptied by deleting its data folder,"
                    + " .data or what CLICKNBACK_DATA_DIR names");
        }

        /** Flyway itself would advise settings that an operator cannot make. */
        private static UnfitSchemaException ofSomebodyElse() {
            return new UnfitSchemaException("the schema " + SessionSettings.SCHEMA
                    + " of the database has other things and nothing of this service: take a database of its own");
        }

        /** The line between the title and the checksums. */
        private static String firstDifference(FlywayValidateException refusal) {
            return String.valueOf(refusal.getMessage())
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElse("its migrations differ");
        }

        private static UnfitSchemaException older(MigrationInfo[] all) {
            String needed = highest(all, MigrationState::isResolved).orElse("none");
            return new UnfitSchemaException(highest(all, MigrationState::isApplied)
                            .map(version -> "the database's schema has version " + version)
                            .orElse("the database has no schema of this service")
                    + ", and this program needs version " + needed + ": run `migrate` first");
        }

        private static UnfitSchemaException newer(MigrationInfo[] all) {
            return new UnfitSchemaException(
                    "the database's schema has version %s, and this program knows versions up to %s"
                                    .formatted(
                                            highest(all, MigrationState::isApplied)
                                                    .orElse("none"),
                                            highest(all, MigrationState::isResolved)
                                                    .orElse("none"))
                            + ": use the program that migrated it, or a later one");
        }

        private static Optional<String> highest(MigrationInfo[] all, Predicate<MigrationState> state) {
            return Stream.of(all)
                    .filter(migration -> state.test(migration.getState()))
                    .map(MigrationInfo::getVersion)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .map(MigrationVersion::getVersion);
        }
    }

    /** A step failed or the server was lost; the message is one line for the operator. */
    public static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private FailedException(String message) {
            super(message);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Runs the pending migrations on a worker thread. Processes that start at once take turns on Flyway's lock. Fails
     * with UnfitSchemaException when an applied migration was edited or a later build has migrated, with FailedException
     * when a step fails or the server cannot be reached.
     *
     * @param steps those that are no files, always all of them
     */
    public static Future<Void> run(Vertx vertx, DatabaseSettings settings, List<MigrationStep> steps) {
        // A step takes as long as its table is large: on a usual worker Vert.x would call that a blocked thread.
        WorkerExecutor worker = vertx.createSharedWorkerExecutor("migration", 1, DAYS_MAX, TimeUnit.DAYS);
        Holdups holdups = Holdups.watch(vertx, jdbcUrl(settings), settings.owner());
        return worker.<Void>executeBlocking(() -> {
                    migrate(settings, steps, holdups.name());
                    return null;
                })
                .eventually(() -> {
                    holdups.close();
                    return worker.close();
                });
    }

    /**
     * The same, and then requires that the service's role may use the tables; fails with {@link UnfitDatabaseException}
     * when it may not.
     */
    public static Future<Void> run(Vertx vertx, Database database, List<MigrationStep> steps) {
        return run(vertx, database.settings(), steps).compose(migrated -> Rights.require(database));
    }

    /**
     * Reads on a worker thread whether the schema is the one of this build, and changes nothing. Fails with
     * UnfitSchemaException when it is another one, with FailedException when the server cannot be reached.
     *
     * @param steps those that are no files, always all of them
     */
    public static Future<Void> requireCurrent(Vertx vertx, DatabaseSettings settings, List<MigrationStep> steps) {
        return vertx.executeBlocking(() -> {
            requireCurrent(settings, steps);
            return null;
        });
    }

    private static void requireCurrent(DatabaseSettings settings, List<MigrationStep> steps) {
        try {
            // The service's own role may read what is on record.
            Flyway reading =
                    configuration(settings, settings.user(), steps, READER).load();
            MigrationInfo[] all = reading.info().all();
            requireNoneNewer(all);
            if (Stream.of(all).map(MigrationInfo::getState).anyMatch(TO_RUN::contains)) {
                throw UnfitSchemaException.older(all);
            }
            reading.validate();
        } catch (FlywayValidateException refusal) {
            throw UnfitSchemaException.ofAnotherBuild(refusal);
        } catch (FlywayException failure) {
            throw failed("compared with this program", failure, settings.user());
        }
    }

    private static void migrate(DatabaseSettings settings, List<MigrationStep> steps, String name) {
        try {
            Flyway migrations = configuration(settings, settings.owner(), steps, name)
                    .callbacks(new Leftovers())
                    .load();
            MigrationInfoService known = migrations.info();
            requireNoneNewer(known.all());
            int pending = known.pending().length;
            if (pending > 0) {
                LOG.info("Bringing the schema up to date: {} steps", pending);
            }
            migrations.migrate();
        } catch (FlywayValidateException refusal) {
            throw UnfitSchemaException.ofAnotherBuild(refusal);
        } catch (FlywayException failure) {
            if (failure.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
                throw UnfitSchemaException.ofSomebodyElse();
            }
            throw failed("brought up to date", failure, settings.owner());
        }
    }

    /** Flyway itself would warn and go on. */
    private static void requireNoneNewer(MigrationInfo[] all) {
        if (Stream.of(all).map(MigrationInfo::getState).anyMatch(OF_LATER_BUILDS::contains)) {
            throw UnfitSchemaException.newer(all);
        }
    }

    private static FluentConfiguration configuration(
            DatabaseSettings settings, DatabaseSettings.Credentials role, List<MigrationStep> steps, String name) {
        boolean apart = !settings.owner().equals(settings.user());
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(
                        jdbcUrl(settings) + "&ApplicationName=" + name.replace(' ', '+'), role.name(), role.password())
                .defaultSchema(SessionSettings.SCHEMA)
                .locations(apart ? new String[] {SESSION, LOCATION, GRANTS} : new String[] {SESSION, LOCATION})
                .placeholders(Map.of(
                        "service_role",
                        quoted(settings.user().name()),
                        "concurrently",
                        settings.behindPooler() ? "" : "CONCURRENTLY"))
                .javaMigrations(steps.toArray(JavaMigration[]::new))
                .connectRetries(CONNECT_RETRIES)
                // The turn of another process lasts as long as its steps.
                .lockRetryCount(RETRY_ALWAYS);
        // An index that is built beside traffic waits for every transaction that there is, so the lock by which
        // processes take turns needs none. Behind a pooler nothing of a session lasts: the lock is a transaction's
        // there, and no index is built beside traffic.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(settings.behindPooler());
        return configuration;
    }

    /** The end of an attempt: an operator mends what the server has judged, and anything else may pass. */
    private static RuntimeException failed(String attempt, FlywayException failure, DatabaseSettings.Credentials role) {
        LOG.debug("failed", failure);
        String words = "the schema could not be " + attempt + ": " + step(failure) + inWords(failure);
        String advice = advice(failure, role);
        return advice.isEmpty() ? new FailedException(words) : new UnfitSchemaException(words + "; " + advice);
    }

    private static String advice(FlywayException failure, DatabaseSettings.Credentials role) {
        String state = cause(failure) instanceof SQLException refusal ? String.valueOf(refusal.getSQLState()) : "";
        if (state.equals(NO_RIGHT)) {
            return "the role " + role + " lacks rights in the schema " + SessionSettings.SCHEMA
                    + ": run `migrate` with the role that owns the database and its tables as database.owner_user,"
                    + " to which a superuser gives what others have made there by db/roles.sql";
        }
        if (state.startsWith(LOGIN_REFUSED)) {
            return "see database.owner_user and database.owner_password";
        }
        return state.startsWith(MISUNDERSTOOD) && !(failure instanceof FlywayMigrateException)
                ? "that database has a table flyway_schema_history of somebody else: take a database of its own"
                : "";
    }

    private static String step(FlywayException failure) {
        return failure instanceof FlywayMigrateException step
                ? step.getMigration().getScript() + ": "
                : "";
    }

    /** The first line of what the server or the driver said, with the SQLSTATE. */
    private static String inWords(Throwable failure) {
        Throwable cause = cause(failure);
        String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
        return cause instanceof SQLException refusal ? line + " (SQLSTATE " + refusal.getSQLState() + ")" : line;
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return cause;
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
