package com.clicknback.platform.db;

import com.clicknback.platform.batch.Lanes;
import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.io.Serial;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one asynchronous pool of the process. Every operation is bounded in time and fails with {@code
 * SERVICE_UNAVAILABLE} when the database cannot serve it. A write is then undone, unless its commit was under way:
 * whether that took effect is unknown.
 */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int ATTEMPTS_MAX = 4;
    private static final String READ_COMMITTED = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";
    private static final String SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /**
     * Sums over whole tables would spill to disk with the memory that a session has by default. They join whole tables,
     * which the sessions of requests avoid. Servers before PostgreSQL 17 have no limit for a transaction.
     */
    private static final String UNLIMITED_READS = """
      SET LOCAL statement_timeout = 0;
      SET LOCAL work_mem = '64MB';
      SET LOCAL enable_seqscan = on;
      SET LOCAL enable_hashjoin = on;
      SET LOCAL enable_mergejoin = on;
      SELECT set_config(name, '0', true) FROM pg_settings WHERE name = 'transaction_timeout'
      """;

    private final DatabaseSettings settings;
    private final Connections connections;
    private final Lanes lists;
    private volatile Consumer<Throwable> listener = failure -> {};

    private Database(DatabaseSettings settings, Connections connections) {
        this.settings = settings;
        this.connections = connections;
        this.lists = new Lanes(connectionsOfOneKindMax());
    }

    /** Opens the pool; connections are made when first needed. */
    public static Database open(Vertx vertx, DatabaseSettings settings) {
        SessionSettings session = SessionSettings.ofService(settings.statementTimeoutMs());
        return new Database(settings, Connections.whoseSilenceIsBounded(vertx, settings, session));
    }

    /** Opens a pool for a command whose queries may be silent for as long as they take. */
    public static Database openForReports(Vertx vertx, DatabaseSettings settings) {
        SessionSettings session = SessionSettings.ofReports(settings.statementTimeoutMs());
        return new Database(settings, Connections.whoseSilenceMayLast(vertx, settings, session));
    }

    /** The server that accepts writes, with nothing of the service's own about the session. */
    Future<PgConnectOptions> primary() {
        return connections.primary();
    }

    /** The address, the roles and the bounds that it was opened with. */
    public DatabaseSettings settings() {
        return settings;
    }

    SessionSettings session() {
        return connections.session();
    }

    /** Counts for connections that are made from here on. */
    void keepDurabilityOf(String role) {
        connections.keepDurabilityOf(role);
    }

    /**
     * The connections that requests of one kind may have at a time. Kinds that take one for each request keep to it, so
     * that a flood of them leaves connections to the others.
     */
    public int connectionsOfOneKindMax() {
        return Math.max(1, settings.poolSizeMax() * 2 / 3);
    }

    /** Runs a query of a list. Those of large accounts may take seconds each; all together leave connections to others. */
    public Future<RowSet<Row>> list(String sql, Tuple arguments) {
        return lists.run(connections.vertx, lists, () -> query(sql, arguments));
    }

    /** Runs one statement, committed by itself. */
    public Future<RowSet<Row>> query(String sql, Tuple arguments) {
        return alone(connection -> connection.preparedQuery(sql).execute(arguments));
    }

    /** Runs one statement, committed by itself, and maps its rows. */
    public <T> Future<RowSet<T>> query(String sql, Tuple arguments, Function<Row, T> mapping) {
        return alone(
                connection -> connection.preparedQuery(sql).mapping(mapping).execute(arguments));
    }

    /** Lends a connection for several reads that need no common transaction; behind a pooler they have one. */
    public <T> Future<T> withConnection(Function<SqlConnection, Future<T>> work) {
        return withConnection((connection, gate) -> work.apply(connection));
    }

    /** Lends a connection for reads, and for writes that commit by themselves, each of which the gate must let pass. */
    public <T> Future<T> withConnection(BiFunction<SqlConnection, WriteGate, Future<T>> work) {
        return bounded(patience -> {
            WriteGate gate = () -> patience.requireLeft(connections.patienceMs(), connections.statementMsMax());
            return settings.behindPooler()
                    ? transaction(READ_COMMITTED, patience, connection -> work.apply(connection, gate))
                    : connections.lend(connection -> patience.spend(connection, lent -> work.apply(lent, gate)));
        });
    }

    /** Completes with the commit of this attempt at a transaction; fails when it is rolled back. */
    public static Future<Void> committed(SqlConnection tx) {
        return tx.transaction().completion();
    }

    /** The guard of a write that no transaction ends with the asker's patience. */
    @FunctionalInterface
    public interface WriteGate {
        /**
         * Lets a statement be sent that the server ends before the asker gives up. Fails when it may be too late: the
         * asker would be told of a failure, and the statement would commit after that.
         */
        Future<Void> pass();
    }

    private <T> Future<T> alone(Function<SqlConnection, Future<T>> work) {
        return bounded(patience ->
                settings.behindPooler() ? transaction(READ_COMMITTED, patience, work) : connections.lend(work));
    }

    /**
     * Runs work in one READ COMMITTED transaction: commits when its Future succeeds, rolls back when it fails or comes
     * too late. Deadlocks and serialization failures are run again a few times, so work must have no effect outside the
     * transaction.
     */
    public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
        return bounded(patience -> attempt(work, patience, 1));
    }

    /**
     * Runs reads on one snapshot of the database, without a time limit: for reports over whole tables, never for a
     * request. Long reports need {@link #openForReports}.
     */
    public <T> Future<T> inSnapshot(Function<SqlConnection, Future<T>> work) {
        return transaction(
                SNAPSHOT,
                new Patience(),
                tx -> tx.query(UNLIMITED_READS).execute().compose(unlimited -> work.apply(tx)));
    }

    /** Runs the reads of one request on one snapshot of the database, so that what they find agrees. */
    public <T> Future<T> inBriefSnapshot(Function<SqlConnection, Future<T>> work) {
        return bounded(patience -> transaction(SNAPSHOT, patience, work));
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

    private <T> Future<T> attempt(Function<SqlConnection, Future<T>> work, Patience patience, int number) {
        return transaction(READ_COMMITTED, patience, work).recover(failure -> {
            if (!SqlFailures.isRetryable(failure) || number == ATTEMPTS_MAX || patience.isOver()) {
                return Future.failedFuture(failure);
            }
            LOG.debug("transaction attempt {} failed, running it again", number, failure);
            return attempt(work, patience, number + 1);
        });
    }

    private <T> Future<T> transaction(String isolation, Patience patience, Function<SqlConnection, Future<T>> work) {
        return connections.lend(connection -> patience.spend(
                connection,
                lent -> lent.begin()
                        .compose(tx -> prepare(lent, isolation)
                                .compose(prepared -> work.apply(lent))
                                .compose(patience::unlessOver)
                                .compose(result -> tx.commit().map(result), failure -> rollBack(tx, failure)))));
    }

    /** A direct session needs nothing but another isolation than its own. */
    private Future<Void> prepare(SqlConnection connection, String isolation) {
        if (settings.behindPooler()) {
            return connection
                    .query(isolation + "; " + connections.session().ofTransaction())
                    .execute()
                    .mapEmpty();
        }
        return isolation.equals(READ_COMMITTED)
                ? Future.succeededFuture()
                : connection.query(isolation).execute().mapEmpty();
    }

    private static <T> Future<T> rollBack(Transaction tx, Throwable failure) {
        return tx.rollback().transform(rolledBack -> Future.failedFuture(failure));
    }

    private <T> Future<T> bounded(Function<Patience, Future<T>> operation) {
        Patience patience = new Patience();
        return operation
                .apply(patience)
                .timeout(connections.patienceMs(), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    patience.end();
                    if (!SqlFailures.isUnavailable(failure)) {
                        return Future.failedFuture(failure);
                    }
                    if (SqlFailures.isWithoutTls(failure)) {
                        connections.declinedTls();
                    }
                    if (SqlFailures.isReadOnly(failure)) {
                        connections.leaveReadOnly();
                    }
                    listener.accept(failure);
                    LOG.warn("database not available: {}", failure.toString());
                    return Future.failedFuture(DomainException.unavailable(failure));
                });
    }

    /** Sets who is told each failure that a request is answered 503 for. */
    public void onUnavailable(Consumer<Throwable> told) {
        listener = told;
    }

    public Future<Void> close() {
        return connections.close();
    }
}
