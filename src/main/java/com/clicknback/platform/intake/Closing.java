package com.clicknback.platform.intake;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The connections that end with the answer under way. Further requests on them are neither served nor answered. */
public final class Closing {
    /** Time for the client to read the answer; a close while it still sends would discard the answer unread. */
    private static final long LINGER_MS = TimeUnit.SECONDS.toMillis(1);

    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();

    /** The ends of answers that would go on. */
    private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();

    private volatile boolean every;

    /** From now on each answer is the last of its connection, and none goes on. */
    public void everyConnection() {
        every = true;
        ends.forEach(Runnable::run);
    }

    /** Runs this once every answer is the last of its connection, at once if that is so; perhaps twice. */
    public void whenEvery(Runnable end) {
        ends.add(end);
        if (every) {
            end.run();
        }
    }

    /** Takes back a {@link #whenEvery}. */
    public void forget(Runnable end) {
        ends.remove(end);
    }

    /** Makes the answer to this request the last of its connection if every one is; called before it is written. */
    public void afterIfEvery(Vertx vertx, HttpServerRequest request) {
        if (every) {
            after(vertx, request);
        }
    }

    /** True when this connection has had its last answer, or has closed: the decoder goes on with what it has read. */
    public boolean includes(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        return !Connections.channel(connection).isOpen() || !connections.isEmpty() && connections.contains(connection);
    }

    /** Makes the answer to this request the last of its connection; called before that answer is written. */
    public void after(Vertx vertx, HttpServerRequest request) {
        HttpConnection connection = request.connection();
        if (!connections.add(connection)) {
            return;
        }
        whenClosed(connection, () -> connections.remove(connection));
        asLast(request.response()).bodyEndHandler(answered -> {
            if (request.isEnded()) {
                connection.close();
            } else {
                long linger = vertx.setTimer(LINGER_MS, id -> connection.close());
                whenClosed(connection, () -> vertx.cancelTimer(linger));
            }
        });
    }

    /** The response, which tells its client that it is the last. The server would tell one of HTTP/1.0 the contrary. */
    public static HttpServerResponse asLast(HttpServerResponse response) {
        return response.headersEndHandler(written -> response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
    }

    /** Runs this at once for a connection that has closed already, which its close handler would not. */
    private static void whenClosed(HttpConnection connection, Runnable action) {
        Connections.channel(connection).closeFuture().addListener(closed -> action.run());
    }
}
