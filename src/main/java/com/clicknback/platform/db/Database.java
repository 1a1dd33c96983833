package com.clicknback.platform.db;

import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.Serial;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one asynchronous pool of the process. Every operation is bounded in time and fails with {@code
 * SERVICE_UNAVAILABLE} when the database cannot serve it; whether a write then took effect is unknown.
 */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int ATTEMPTS_MAX = 4;
    private static final int PREPARED_STATEMENTS_PER_CONNECTION_MAX = 256;
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    /** Added to the server's own limit, so that the server's answer comes first. */
    private static final int CLIENT_GRACE_MS = 1_000;

    /** In units of the longest operation: after that long without use, a connection leaves the pool. */
    private static final int IDLE_OPERATIONS = 2;

    /**
     * In units of the longest operation. A connection that is silent for that long has lost its server, which hangs or
     * whose host has vanished. It is closed. Otherwise it would hold its place in the pool until the operating system
     * gives up, a quarter of an hour later.
     */
    private static final int SILENT_OPERATIONS = 3;

    private static final int SILENCE_UNLIMITED = 0;

    /**
     * Every lookup of a request or a follower has an index. A session keeps its plans for long: one made while a table
     * was empty would go on scanning it as it grows.
     */
    private static final Map<String, String> SEARCH_BY_INDEX =
            Map.of("enable_seqscan", "off", "enable_hashjoin", "off", "enable_mergejoin", "off");

    private static final String SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /** Sums over whole tables would spill to disk with the memory that a session has by default. */
    private static final String UNLIMITED_SNAPSHOT =
            SNAPSHOT + "; SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '64MB'";

    private final Pool pool;
    private final long timeoutMs;

    private Database(Pool pool, long timeoutMs) {
        this.pool = pool;
        this.timeoutMs = timeoutMs;
    }

    /** Opens the pool; connections are made when first needed. */
    public static Database open(Vertx vertx, DatabaseSettings settings) {
        long timeoutMs = settings.statementTimeoutMs() + CLIENT_GRACE_MS;
        return open(vertx, settings, timeoutMs, (int) timeoutMs * SILENT_OPERATIONS, SEARCH_BY_INDEX);
    }

    /** Opens a pool for a command whose queries may be silent for as long as they take. */
    public static Database openForReports(Vertx vertx, DatabaseSettings settings) {
        return open(vertx, settings, settings.statementTimeoutMs() + CLIENT_GRACE_MS, SILENCE_UNLIMITED, Map.of());
    }

    private static Database open(
            Vertx vertx, DatabaseSettings settings, long timeoutMs, int silenceMsMax, Map<String, String> planning) {
        PgConnectOptions connect = PgConnectOptions.fromUri(settings.uri());
        connect.setUser(settings.user()).setPassword(settings.password());
        connect.setCachePreparedStatements(true);
        connect.setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS_PER_CONNECTION_MAX);
        connect.setMetricsName("database");
        connect.addProperty("application_name", "clicknback");
        connect.addProperty("statement_timeout", Integer.toString(settings.statementTimeoutMs()));
        connect.addProperty("idle_in_transaction_session_timeout", Integer.toString(settings.statementTimeoutMs()));
        planning.forEach(connect::addProperty);
        PoolOptions bounds = new PoolOptions()
                .setName("database")
                .setMaxSize(settings.poolSizeMax())
                .setMaxWaitQueueSize(settings.waitQueueMax())
                .setConnectionTimeout(CONNECT_TIMEOUT_MS)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) timeoutMs * IDLE_OPERATIONS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        NetClientOptions transport = new NetClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setTcpKeepAlive(true)
                .setReadIdleTimeout(silenceMsMax)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        Pool pool = PgBuilder.pool()
                .with(bounds)
                .with(transport)
                .connectingTo(connect)
                .using(vertx)
                .build();
        return new Database(pool, timeoutMs);
    }

    /** Runs one statement, committed by itself. */
    public Future<RowSet<Row>> query(String sql, Tuple arguments) {
        return bounded(pool.preparedQuery(sql).execute(arguments));
    }

    /** Runs one statement, committed by itself, and maps its rows. */
    public <T> Future<RowSet<T>> query(String sql, Tuple arguments, Function<Row, T> mapping) {
        return bounded(pool.preparedQuery(sql).mapping(mapping).execute(arguments));
    }

    /** Lends a connection for several statements that need no common transaction. */
    public <T> Future<T> withConnection(Function<SqlConnection, Future<T>> work) {
        return bounded(pool.withConnection(work));
    }

    /**
     * Runs work in one READ COMMITTED transaction: commits when its Future succeeds, rolls back when it fails. Deadlocks
     * and serialization failures are run again a few times, so work must have no effect outside the transaction.
     */
    public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
        return bounded(attempt(work, 1));
    }

    /**
     * Runs reads on one snapshot of the database, without a time limit: for reports over whole tables, never for a
     * request. Long reports need {@link #openForReports}.
     */
    public <T> Future<T> inSnapshot(Function<SqlConnection, Future<T>> work) {
        return pool.withTransaction(tx -> tx.query(UNLIMITED_SNAPSHOT).execute().compose(begun -> work.apply(tx)));
    }

    /** Runs the reads of one request on one snapshot of the database, so that what they find agrees. */
    public <T> Future<T> inBriefSnapshot(Function<SqlConnection, Future<T>> work) {
        return bounded(pool.withTransaction(tx -> tx.query(SNAPSHOT).execute().compose(begun -> work.apply(tx))));
    }

    /** Runs work as {@link #inTransaction} does, but always rolls it back; the result is that of the work. */
    @SuppressWarnings("unchecked")
    public <T> Future<T> rehearse(Function<SqlConnection, Future<T>> work) {
        return inTransaction(tx -> work.apply(tx).<T>compose(result -> Future.failedFuture(new Rehearsed(result))))
                .recover(failure -> failure instanceof Rehearsed rehearsed
                        ? Future.succeededFuture((T) rehearsed.result)
                        : Future.failedFuture(failure));
    }

    /** Fails a finished transaction, so that it is rolled back, and carries its result out. */
    private static final class Rehearsed extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient Object result;

        Rehearsed(Object result) {
            super("rolled back on purpose", null, false, false);
            this.result = result;
        }
    }

    private <T> Future<T> attempt(Function<SqlConnection, Future<T>> work, int number) {
        return pool.withTransaction(work).recover(failure -> {
            if (!SqlFailures.isRetryable(failure) || number == ATTEMPTS_MAX) {
                return Future.failedFuture(failure);
            }
            LOG.debug("transaction attempt {} failed, running it again", number, failure);
            return attempt(work, number + 1);
        });
    }

    private <T> Future<T> bounded(Future<T> operation) {
        return operation.timeout(timeoutMs, TimeUnit.MILLISECONDS).recover(failure -> {
            if (!SqlFailures.isUnavailable(failure)) {
                return Future.failedFuture(failure);
            }
            LOG.warn("database not available: {}", failure.toString());
            return Future.failedFuture(DomainException.unavailable());
        });
    }

    public Future<Void> close() {
        return pool.close();
    }
}
