package com.clicknback.platform.db;

import com.clicknback.platform.tls.TlsOffers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pool of connections, all to the server that accepts writes, each with the service's session settings and bounded in
 * age and silence. A fail-over leaves the pool behind for a new one.
 */
final class Connections {
    private static final int PREPARED_STATEMENTS_PER_CONNECTION_MAX = 256;
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    /** In units of the longest operation: after that long without use, a connection leaves the pool. */
    private static final int IDLE_OPERATIONS = 2;

    /** After that long a connection leaves the pool, and with it the plans and the memory of its server process. */
    private static final int CONNECTION_MINUTES_MAX = 15;

    /**
     * In units of the longest operation. A connection that is silent for that long has lost its server, which hangs or
     * whose host has vanished. It is closed. Otherwise it would hold its place in the pool until the operating system
     * gives up, a quarter of an hour later.
     */
    private static final int SILENT_OPERATIONS = 3;

    private static final int SILENCE_UNLIMITED = 0;

    /** The timeout of Vert.x' pool also ends waits of those that have just got a connection, which is then lost. */
    static final int NO_TIMEOUT_OF_THE_POOL = 0;

    final Vertx vertx;
    private final DatabaseSettings settings;
    private final TlsOffers offers;
    private final Primary primary;
    private final int silenceMsMax;
    private volatile SessionSettings session;
    private volatile ToOneServer present;

    /** A pool whose connections never go to two servers. */
    private final class ToOneServer {
        private final Pool pool = open();
        private final long sinceNs = System.nanoTime();
        private final AtomicReference<@Nullable PgConnectOptions> server = new AtomicReference<>();

        private Pool open() {
            PoolOptions bounds = new PoolOptions()
                    .setName("database")
                    .setMaxSize(settings.poolSizeMax())
                    .setMaxWaitQueueSize(settings.waitQueueMax())
                    .setConnectionTimeout(NO_TIMEOUT_OF_THE_POOL)
                    .setIdleTimeout(statementMsMax() * IDLE_OPERATIONS)
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setMaxLifetime(CONNECTION_MINUTES_MAX)
                    .setMaxLifetimeUnit(TimeUnit.MINUTES);
            NetClientOptions transport = new NetClientOptions()
                    .setConnectTimeout(CONNECT_TIMEOUT_MS)
                    .setTcpKeepAlive(true)
                    .setReadIdleTimeout(silenceMsMax)
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
            return PgBuilder.pool()
                    .with(bounds)
                    .with(transport)
                    .connectingTo(() -> primary.address().compose(this::connecting))
                    .using(vertx)
                    .build();
        }

        private Future<SqlConnectOptions> connecting(PgConnectOptions address) {
            if (server.compareAndSet(null, address) || address.equals(server.get())) {
                return offers.heed(address).map(Connections.this::withSession);
            }
            leave(this);
            return Future.failedFuture(new IOException("another server has become the database's primary"));
        }
    }

    private Connections(Vertx vertx, DatabaseSettings settings, SessionSettings session, boolean silenceMayLast) {
        this.vertx = vertx;
        this.settings = settings;
        this.offers = new TlsOffers(vertx, settings.tls());
        this.primary = new Primary(
                vertx,
                offers,
                settings.servers().stream()
                        .map(server -> connecting(settings, server))
                        .toList());
        this.session = session;
        this.silenceMsMax = silenceMayLast ? SILENCE_UNLIMITED : statementMsMax() * SILENT_OPERATIONS;
        this.present = new ToOneServer();
    }

    /** For the service: a connection whose server is silent beyond all limits is closed. */
    static Connections whoseSilenceIsBounded(Vertx vertx, DatabaseSettings settings, SessionSettings session) {
        return new Connections(vertx, settings, session, false);
    }

    /** For commands whose queries take as long as they need. */
    static Connections whoseSilenceMayLast(Vertx vertx, DatabaseSettings settings, SessionSettings session) {
        return new Connections(vertx, settings, session, true);
    }

    private static PgConnectOptions connecting(DatabaseSettings settings, String server) {
        PgConnectOptions connect = PgConnectOptions.fromUri(server);
        connect.setUser(settings.user().name()).setPassword(settings.user().password());
        connect.setMetricsName("database");
        connect.addProperty("application_name", "clicknback");
        settings.tls().applyTo(connect);
        if (settings.behindPooler()) {
            // A statement is prepared and run in one message, since the next one may meet another server.
            connect.setCachePreparedStatements(false).setUseLayer7Proxy(true);
            // PgBouncer refuses it, and numbers travel in binary form anyway.
            connect.getProperties().remove("extra_float_digits");
        } else {
            // Also of the first connections, which look for the server and at the role.
            SessionSettings.MESSAGES.forEach(connect::addProperty);
        }
        return connect;
    }

    private SqlConnectOptions withSession(PgConnectOptions address) {
        PgConnectOptions connect = new PgConnectOptions(address);
        if (!settings.behindPooler()) {
            session.values().forEach(connect::addProperty);
            connect.setCachePreparedStatements(true);
            connect.setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS_PER_CONNECTION_MAX);
        }
        return connect;
    }

    /** The server that accepts writes, with nothing of the service's own about the session. */
    Future<PgConnectOptions> primary() {
        return primary.address().compose(offers::heed);
    }

    /** Lends a connection to work. One that comes too late for it goes back at once. */
    <T> Future<T> lend(Function<SqlConnection, Future<T>> work) {
        Future<SqlConnection> asked = present.pool.getConnection();
        return asked.timeout(DatabaseSettings.QUEUE_MS_MAX, TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    asked.onSuccess(SqlConnection::close);
                    return Future.failedFuture(
                            asked.failed() ? failure : new TimeoutException("no connection was free in time"));
                })
                .compose(connection ->
                        Future.succeededFuture(connection).compose(work).eventually(connection::close));
    }

    SessionSettings session() {
        return session;
    }

    /** Counts for connections that are made from here on. */
    void keepDurabilityOf(String role) {
        session = session.withDurability(SessionSettings.durabilityFor(role));
    }

    /** The longest that one statement takes: the server gives it up before. */
    int statementMsMax() {
        return settings.statementTimeoutMs() + DatabaseSettings.CLIENT_GRACE_MS;
    }

    /**
     * The longest that an operation takes when all goes well: the server gives up its last statement before. An operation
     * that takes longer is given up here, and then it cannot commit any more.
     */
    long patienceMs() {
        return DatabaseSettings.patienceMs(settings.statementTimeoutMs());
    }

    /** Looks for another server than one that refuses writes, unless that was done just now. */
    void leaveReadOnly() {
        ToOneServer current = present;
        if (System.nanoTime() - current.sinceNs > TimeUnit.MILLISECONDS.toNanos(patienceMs())) {
            leave(current);
        }
    }

    /** Asks each server for TLS before it is connected to, until one offers it. */
    void declinedTls() {
        offers.declined();
    }

    /** Begins nothing more with these connections; work that is under way with them may end. */
    private synchronized void leave(ToOneServer left) {
        if (present == left) {
            present = new ToOneServer();
            vertx.setTimer(patienceMs(), elapsed -> left.pool.close());
        }
    }

    Future<Void> close() {
        return present.pool.close().eventually(primary::close).eventually(offers::close);
    }
}
