package com.clicknback.platform.db;

import com.clicknback.platform.tls.Tls;
import java.util.List;
import java.util.stream.Stream;

/**
 * The address of the database and the limits of one process.
 *
 * @param uri postgresql://host:port/name, with neither user nor password nor parameters; of several servers, as
 *     postgresql://a:5432,b:5432/name, the service uses the one that accepts writes
 * @param behindPooler whether a pooler lends a server for one transaction at a time, as PgBouncer does
 * @param user of the service
 * @param owner of the schema, who migrates it; the service's own user unless another is named
 * @param poolSizeMax connections of this process
 * @param waitQueueMax operations that may wait for a connection before more are refused
 * @param statementTimeoutMs after which the server gives up a statement
 */
public record DatabaseSettings(
        String uri,
        Tls tls,
        boolean behindPooler,
        Credentials user,
        Credentials owner,
        int poolSizeMax,
        int waitQueueMax,
        int statementTimeoutMs) {

    /** For a connection of the pool, which may have to be made first. */
    static final int QUEUE_MS_MAX = 3_000;

    /** Added to the server's own limit, so that the server's answer comes first. */
    static final int CLIENT_GRACE_MS = 1_000;

    /** The longest that an operation takes with statements of such a limit. */
    public static long patienceMs(int statementTimeoutMs) {
        return (long) QUEUE_MS_MAX + statementTimeoutMs + CLIENT_GRACE_MS;
    }

    /** A role of the database and its password. */
    public record Credentials(String name, String password) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A database that is reached directly, as one role and without TLS. */
    public DatabaseSettings(
            String uri, String user, String password, int poolSizeMax, int waitQueueMax, int statementTimeoutMs) {
        this(
                uri,
                Tls.DISABLED,
                false,
                new Credentials(user, password),
                new Credentials(user, password),
                poolSizeMax,
                waitQueueMax,
                statementTimeoutMs);
    }

    /** The URI of each server alone, in their order. */
    public List<String> servers() {
        int authority = uri.indexOf("//") + 2;
        int path = uri.indexOf('/', authority);
        return Stream.of(uri.substring(authority, path).split(","))
                .map(server -> uri.substring(0, authority) + server + uri.substring(path))
                .toList();
    }

    /** Without passwords, so that it can be logged. */
    @Override
    public String toString() {
        return uri + " as " + user;
    }
}
