package com.clicknback.platform.db;

import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first contact with a database: waits until it is there, then requires what the service's promises rest on. */
public final class DatabaseStart {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);
    private static final long PROBE_MS_MAX = 10_000;
    private static final long RETRY_MS = 1_000;
    private static final long RETRY_MS_MAX = 5_000;

    /** PgBouncer's state for all that it refuses, start-up parameters included. */
    private static final String PROTOCOL_VIOLATION = "08P01";

    /** Without the service's own settings: what the role's sessions do about durability, and where they find the tables. */
    private static final String READ_AS_ROLE = """
        SELECT current_setting('synchronous_commit') AS durability,
               (SELECT relnamespace::regnamespace::text FROM pg_class
                WHERE oid = to_regclass('ledger_transfers')) AS schema
        """;

    private final Vertx vertx;
    private final Database database;
    private final BooleanSupplier stopped;

    private DatabaseStart(Vertx vertx, Database database, BooleanSupplier stopped) {
        this.vertx = vertx;
        this.database = database;
        this.stopped = stopped;
    }

    /**
     * Completes once the database is there and fit, however long that takes; each attempt in vain is a line of the log.
     * Fails with {@link UnfitDatabaseException} when waiting will not help, or with TimeoutException once it is stopped.
     */
    public static Future<Void> await(Vertx vertx, Database database, BooleanSupplier stopped) {
        return new DatabaseStart(vertx, database, stopped)
                .attempt(RETRY_MS)
                .onSuccess(Promises::warn)
                .mapEmpty();
    }

    /** The same in one attempt, for commands. */
    public static Future<Void> require(Vertx vertx, Database database) {
        DatabaseStart start = new DatabaseStart(vertx, database, () -> false);
        return start.probe()
                .recover(failure -> Future.failedFuture(
                        start.mayPass(failure)
                                ? new IOException("the database at " + start.where() + inVain(failure) + ": "
                                        + start.reason(failure))
                                : start.unfit(failure)))
                .mapEmpty();
    }

    private Future<Promises> attempt(long retryMs) {
        return probe().recover(failure -> {
            if (!mayPass(failure)) {
                return Future.failedFuture(unfit(failure));
            }
            if (stopped.getAsBoolean()) {
                return Future.failedFuture(new TimeoutException("stopped while waiting for the database"));
            }
            LOG.warn(
                    "The database at {}{}, trying again in {} s: {}",
                    where(),
                    inVain(failure),
                    TimeUnit.MILLISECONDS.toSeconds(retryMs),
                    reason(failure));
            return vertx.timer(retryMs, TimeUnit.MILLISECONDS)
                    .compose(waited -> attempt(Math.min(RETRY_MS_MAX, 2 * retryMs)));
        });
    }

    /** Reads what the role's own sessions are like, then holds a session of the pool against its settings. */
    private Future<Promises> probe() {
        return database.primary()
                .compose(address -> PgConnection.connect(vertx, withTime(address)))
                .compose(connection -> connection
                        .query(READ_AS_ROLE)
                        .execute()
                        .compose(rows -> take(rows.iterator().next()))
                        .eventually(connection::close))
                .timeout(PROBE_MS_MAX, TimeUnit.MILLISECONDS)
                .compose(known -> Promises.require(database))
                .recover(failure -> Future.failedFuture(ofDatabase(failure)));
    }

    /** Time enough to look, whatever the role says. A pooler takes no settings with a connection. */
    private PgConnectOptions withTime(PgConnectOptions address) {
        PgConnectOptions patient = new PgConnectOptions(address);
        if (!database.settings().behindPooler()) {
            SessionSettings.timeLimits(Long.toString(PROBE_MS_MAX)).forEach(patient::addProperty);
        }
        return patient;
    }

    /** The failure itself, which is hidden from requests. */
    private static Throwable ofDatabase(Throwable failure) {
        Throwable cause = DomainException.isUnavailable(failure) ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }

    private Future<Void> take(Row ofRole) {
        database.keepDurabilityOf(ofRole.getString("durability"));
        String schema = ofRole.getString("schema");
        return schema == null || schema.equals(SessionSettings.SCHEMA)
                ? Future.succeededFuture()
                : Future.failedFuture(new UnfitDatabaseException(
                        "the database at %s has the tables of this service in the schema %s, by the search_path of %s;"
                                        .formatted(
                                                where(),
                                                schema,
                                                database.settings().user())
                                + " this service needs them in the schema " + SessionSettings.SCHEMA));
    }

    private boolean mayPass(Throwable failure) {
        return !(failure instanceof SSLException)
                && !SqlFailures.isWithoutTls(failure)
                && !(failure instanceof UnfitDatabaseException)
                && !SqlFailures.isLasting(failure)
                && (SqlFailures.isUnavailable(failure) || DomainException.isUnavailable(failure));
    }

    /** A server that says why it does not serve has been reached. */
    private static String inVain(Throwable failure) {
        return failure instanceof PgException ? " does not serve yet" : " cannot be reached";
    }

    private UnfitDatabaseException unfit(Throwable failure) {
        if (failure instanceof UnfitDatabaseException unfit) {
            return unfit;
        }
        if (failure instanceof PgException refusal) {
            String user = database.settings().user().name();
            return new UnfitDatabaseException("the database at " + where()
                    + (SqlFailures.isSessionRefused(failure)
                            ? " does not let " + user + " in: "
                            : " refused " + user + " a step of the start: ")
                    + reason(failure) + adviceOnLimit(refusal));
        }
        return new UnfitDatabaseException(
                "no TLS connection to the database at " + where() + ": " + reason(failure) + adviceOnTls());
    }

    private String adviceOnTls() {
        return database.settings().tls().assumed()
                ? "; database.url says nothing of TLS, so the server must prove who it is: add"
                        + " ?sslmode=verify-full&sslrootcert=FILE to it, or ?sslmode=disable on a network that you trust"
                : "; see sslmode and sslrootcert in database.url";
    }

    private String where() {
        return database.settings().uri();
    }

    private String reason(Throwable failure) {
        if (failure instanceof PgException refusal) {
            return SqlFailures.inWords(refusal) + adviceOnPooler(refusal);
        }
        Throwable cause = failure;
        while (cause instanceof SSLException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
        // The pool may report a failed handshake as a lost connection.
        return failure instanceof SSLException || !database.settings().tls().verifies() ? line : line + adviceOnTls();
    }

    private static String adviceOnLimit(PgException refusal) {
        return switch (String.valueOf(refusal.getSqlState())) {
            case SqlFailures.TIME_LIMIT -> "; see statement_timeout of the role, the database and the server";
            case SqlFailures.SIZE_LIMIT -> "; see temp_file_limit of the role, the database and the server";
            default -> "";
        };
    }

    private String adviceOnPooler(PgException refusal) {
        return PROTOCOL_VIOLATION.equals(refusal.getSqlState())
                        && !database.settings().behindPooler()
                ? " (set database.behind_pooler to true if this is PgBouncer)"
                : "";
    }
}
