package com.clicknback.platform.http;

import com.clicknback.platform.intake.Connections;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Serves the API on one event loop; several instances share the port. */
public final class HttpVerticle extends VerticleBase {
    private static final int HEADER_BYTES_MAX = 16 * 1024;
    private static final int REQUEST_LINE_BYTES_MAX = 8 * 1024;
    private static final int ACCEPT_BACKLOG = 1024;

    /** Any free port, and the same one for all instances; 0 would give each its own. */
    private static final int SHARED_FREE_PORT = -1;

    private final ApiRouter api;
    private final String host;
    private final IntConsumer listening;
    private final long drainMs;
    private final int instances;
    private @Nullable HttpServer server;

    /**
     * @param host the address to listen on
     * @param listening is told the port
     * @param drainMs how long requests under way may take once the server closes
     * @param instances of this verticle, which share the limits of connections
     */
    public HttpVerticle(ApiRouter api, String host, IntConsumer listening, long drainMs, int instances) {
        this.api = api;
        this.host = host;
        this.listening = listening;
        this.drainMs = drainMs;
        this.instances = instances;
    }

    @Override
    public Future<?> start() {
        HttpSettings.Server settings = api.settings().server();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(settings.port() == 0 ? SHARED_FREE_PORT : settings.port())
                .setIdleTimeout(settings.idleTimeoutSeconds())
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setAcceptBacklog(ACCEPT_BACKLOG)
                // Answers are written on the loop of their request, so that no connection needs a queue of 4 KiB for
                // writers on other threads. Such a write would fail.
                .setStrictThreadMode(true)
                .setTracingPolicy(TracingPolicy.ALWAYS)
                // An upgraded connection would carry requests past whatever a proxy in front checks.
                .setHttp2ClearTextEnabled(false)
                // No WebSockets here: what would negotiate their compression looks at every message else.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        Connections connections = new Connections(
                vertx,
                new Connections.Limits(
                        Math.max(1, settings.connectionsMax() / instances),
                        settings.bodyBudgetBytes() / instances,
                        settings.idleTimeoutSeconds()));
        server = vertx.createHttpServer(options);
        return server.requestHandler(api.create(vertx, connections))
                .connectionHandler(connections::opened)
                .invalidRequestHandler(ApiRouter::refuseMalformed)
                .listen()
                .onSuccess(started -> listening.accept(started.actualPort()));
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(drainMs, TimeUnit.MILLISECONDS);
    }
}
