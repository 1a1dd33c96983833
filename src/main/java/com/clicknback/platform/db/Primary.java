package com.clicknback.platform.db;

import com.clicknback.platform.tls.TlsOffers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnectOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that accepts writes among those that the settings name: a fail-over makes it another one. Any thread may
 * ask; all that ask at once share one look at the servers.
 */
final class Primary {
    private static final Logger LOG = LoggerFactory.getLogger(Primary.class);

    /** A server that takes longer has hung, or its host has vanished. */
    private static final int LOOK_MS_MAX = 1_500;

    private static final long TRUSTED_MS = 1_000;
    private static final long TRUSTED_IN_VAIN_MS = 100;

    /**
     * The server's timeline, which each promotion raises, or null where writes are refused. An old primary that comes
     * back beside its successor has the lower one.
     */
    private static final String TIMELINE = """
        SELECT CASE
            WHEN pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool THEN NULL
            ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
        END
        """;

    private final List<Server> servers;
    private @Nullable Future<PgConnectOptions> looked;
    private long trustedUntilNs;
    private @Nullable Server found;

    /** One of the servers, with a connection that looks at it. */
    private record Server(PgConnectOptions address, Pool pool) {
        Future<@Nullable Writable> look() {
            return pool.query(TIMELINE)
                    .execute()
                    .timeout(LOOK_MS_MAX, TimeUnit.MILLISECONDS)
                    .map(rows -> {
                        Row row = rows.iterator().next();
                        Integer timeline = row.getInteger(0);
                        return timeline == null ? null : new Writable(this, timeline);
                    });
        }

        String name() {
            return address.getHost() + ":" + address.getPort();
        }
    }

    private record Writable(Server server, int timeline) {}

    /**
     * @param addresses of all servers, in the order in which they are named
     */
    Primary(Vertx vertx, TlsOffers offers, List<PgConnectOptions> addresses) {
        this.servers = addresses.stream()
                .map(address -> new Server(address, pool(vertx, offers, address)))
                .toList();
    }

    private static Pool pool(Vertx vertx, TlsOffers offers, PgConnectOptions address) {
        NetClientOptions transport = new NetClientOptions()
                .setConnectTimeout(LOOK_MS_MAX)
                .setReadIdleTimeout(LOOK_MS_MAX)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        PoolOptions one = new PoolOptions()
                .setName("database-primary")
                .setMaxSize(1)
                .setMaxWaitQueueSize(2)
                .setConnectionTimeout(Connections.NO_TIMEOUT_OF_THE_POOL);
        return PgBuilder.pool()
                .with(one)
                .with(transport)
                .connectingTo(() -> offers.heed(address).map(SqlConnectOptions.class::cast))
                .using(vertx)
                .build();
    }

    /** The address of the server that accepts writes; fails with IOException while there is none. */
    synchronized Future<PgConnectOptions> address() {
        if (servers.size() == 1) {
            return Future.succeededFuture(servers.get(0).address());
        }
        if (looked == null || looked.isComplete() && System.nanoTime() - trustedUntilNs > 0) {
            looked = look();
        }
        return looked;
    }

    private Future<PgConnectOptions> look() {
        List<Future<@Nullable Writable>> looks =
                servers.stream().map(Server::look).toList();
        return Future.join(looks).transform(all -> settle(looks));
    }

    private synchronized Future<PgConnectOptions> settle(List<Future<@Nullable Writable>> looks) {
        List<Writable> writable = new ArrayList<>();
        looks.stream().map(Future::result).filter(Objects::nonNull).forEach(writable::add);
        boolean inVain = writable.isEmpty();
        trustedUntilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(inVain ? TRUSTED_IN_VAIN_MS : TRUSTED_MS);
        if (inVain) {
            Throwable reason = looks.stream()
                    .filter(Future::failed)
                    .map(Future::cause)
                    .findFirst()
                    .orElse(null);
            return Future.failedFuture(new IOException("none of its servers accepts writes", reason));
        }
        Writable chosen = writable.stream()
                .max(Comparator.comparingInt(Writable::timeline)
                        .thenComparing(candidate -> candidate.server() == found))
                .orElseThrow();
        if (chosen.server() != found) {
            LOG.info(
                    "The database's primary is {} (timeline {})",
                    chosen.server().name(),
                    chosen.timeline());
            if (writable.size() > 1) {
                LOG.error(
                        "{} of the database's servers accept writes: stop those that are no primary any more, their"
                                + " writes are lost",
                        writable.size());
            }
            found = chosen.server();
        }
        return Future.succeededFuture(chosen.server().address());
    }

    Future<Void> close() {
        return Future.join(servers.stream().map(server -> server.pool().close()).toList())
                .mapEmpty();
    }
}
