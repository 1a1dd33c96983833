package com.clicknback.platform.tls;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Servers' answers to the question whether they speak TLS. The client of PostgreSQL asks too, but leaves each connection
 * open on which a server declined. In a flood of attempts, as while a server refuses sessions, those would take all of its
 * connections. So servers are asked before, where TLS is preferred, or required of servers that have just declined it. Any
 * thread may ask.
 */
public final class TlsOffers {
    private static final int CONNECT_MS_MAX = 5_000;

    /** A server that speaks TLS logs a question that nothing follows, so it is seldom asked. */
    private static final long TRUSTED_NS = TimeUnit.MINUTES.toNanos(1);

    private static final int QUESTION_BYTES = 8;
    private static final int QUESTION = 80_877_103;
    private static final byte YES = 'S';

    private final Vertx vertx;
    private final Tls tls;
    private final NetClient client;
    private final Map<SocketAddress, Answer> answers = new HashMap<>();

    /** True from a server that declined what was required to one that offers it. */
    private volatile boolean declined;

    private record Answer(Future<Boolean> offered, long sinceNs) {
        boolean stands() {
            return !offered.isComplete() || offered.succeeded() && System.nanoTime() - sinceNs < TRUSTED_NS;
        }
    }

    public TlsOffers(Vertx vertx, Tls tls) {
        this.vertx = vertx;
        this.tls = tls;
        client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MS_MAX));
    }

    /** Notes that a server has declined what was required. */
    public void declined() {
        declined = true;
    }

    /**
     * The same way to a server, with the certificates that the files hold now: they are renewed while the service runs. It
     * is without TLS where that is preferred and the server has none. Fails where it is required and the server is known to
     * have none, and when a file cannot be used.
     */
    public Future<PgConnectOptions> heed(PgConnectOptions connect) {
        return offer(connect)
                .compose(heeded -> heeded.getSslMode() == SslMode.DISABLE
                        ? Future.succeededFuture(heeded)
                        : vertx.executeBlocking(
                                () -> new PgConnectOptions(heeded).setSslOptions(tls.read(vertx)), false));
    }

    private Future<PgConnectOptions> offer(PgConnectOptions connect) {
        if (connect.getSslMode() == SslMode.PREFER) {
            return offered(connect.getSocketAddress())
                    .map(offered -> offered ? connect : new PgConnectOptions(connect).setSslMode(SslMode.DISABLE));
        }
        return declined ? required(connect) : Future.succeededFuture(connect);
    }

    private Future<PgConnectOptions> required(PgConnectOptions connect) {
        return ask(connect.getSocketAddress()).compose(offered -> {
            declined = !offered;
            return offered
                    ? Future.succeededFuture(connect)
                    : Future.failedFuture(new IOException("the server does not speak TLS"));
        });
    }

    private synchronized Future<Boolean> offered(SocketAddress server) {
        return answers.compute(
                        server,
                        (address, known) ->
                                known != null && known.stands() ? known : new Answer(ask(address), System.nanoTime()))
                .offered();
    }

    private Future<Boolean> ask(SocketAddress server) {
        return client.connect(server).compose(socket -> answer(socket).eventually(socket::close));
    }

    private static Future<Boolean> answer(NetSocket socket) {
        Promise<Boolean> answer = Promise.promise();
        socket.handler(bytes -> answer.tryComplete(bytes.getByte(0) == YES));
        socket.exceptionHandler(answer::tryFail);
        socket.closeHandler(closed -> answer.tryFail(new IOException("the server closed the connection")));
        socket.write(Buffer.buffer(QUESTION_BYTES).appendInt(QUESTION_BYTES).appendInt(QUESTION));
        return answer.future().timeout(CONNECT_MS_MAX, TimeUnit.MILLISECONDS);
    }

    public Future<Void> close() {
        return client.close();
    }
}
