package com.clicknback.platform.ops;

import com.clicknback.platform.address.HostName;
import com.clicknback.platform.address.OwnNames;
import com.clicknback.platform.ops.HealthRoutes.Status;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.IntConsumer;

/** Serves health and metrics to operators on a port of their own. */
public final class ManagementVerticle extends VerticleBase {
    private static final int OK = 200;
    private static final String PLAIN_TEXT = "text/plain; charset=utf-8";
    private static final int BAD_REQUEST = 400;
    private static final int MISDIRECTED = 421;
    private static final int IDLE_TIMEOUT_S = 60;
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final ManagementSettings settings;
    private final OwnNames names;
    private final Health health;
    private final Metrics metrics;
    private final IntConsumer listening;

    /**
     * @param listening receives the port
     */
    public ManagementVerticle(ManagementSettings settings, Health health, Metrics metrics, IntConsumer listening) {
        this.settings = settings;
        this.names = new OwnNames(
                settings.host(),
                settings.allowedHosts().stream().map(HostName::text).toList());
        this.health = health;
        this.metrics = metrics;
        this.listening = listening;
    }

    @Override
    public Future<?> start() {
        OldGeneration.watch(vertx);
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setIdleTimeout(IDLE_TIMEOUT_S)
                // Probes need HTTP/1.1 only; an offer to upgrade is ignored.
                .setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options)
                .requestHandler(router())
                .invalidRequestHandler(request -> refuseMalformed(request.response()))
                .listen()
                .map(HttpServer::actualPort)
                .onSuccess(listening::accept);
    }

    private Router router() {
        Router router = Router.router(vertx);
        // Paths and hosts that the router cannot read. Without a handler it would log each as a defect.
        router.errorHandler(BAD_REQUEST, context -> refuseMalformed(context.response()));
        router.route().handler(this::requireOwnHost);
        reading(router, "/health/live").handler(context -> answer(context, OK, Status.ALIVE));
        reading(router, "/health/ready").handler(this::answerReadiness);
        reading(router, "/metrics").handler(this::answerMetrics);
        return router;
    }

    private static Route reading(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    /** Lets no page in an operator's browser read what is answered. Probes of HTTP/1.0 name no host. */
    private void requireOwnHost(RoutingContext context) {
        HostAndPort asked = context.request().authority();
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (asked == null || names.include(asked.host())) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(MISDIRECTED)
                    .putHeader(HttpHeaders.CONTENT_TYPE, PLAIN_TEXT)
                    .end("This host name is not in management.allowed_hosts.\n");
        }
    }

    private static void refuseMalformed(HttpServerResponse response) {
        response.setStatusCode(BAD_REQUEST)
                .putHeader(HttpHeaders.CONTENT_TYPE, PLAIN_TEXT)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end("This is no well-formed HTTP request.\n");
    }

    private void answerReadiness(RoutingContext context) {
        health.isReady().onSuccess(ready -> {
            if (ready) {
                JsonObject told = JsonObject.of("status", Status.READY.status(), "durability", health.durability());
                answer(context, OK, told);
            } else {
                answer(context, HealthRoutes.UNAVAILABLE, Status.NOT_READY);
            }
        });
    }

    /** Collects on a worker thread: that walks every meter, garbage collector and thread. */
    private void answerMetrics(RoutingContext context) {
        vertx.executeBlocking(metrics::scrape)
                .onSuccess(text -> end(context, PROMETHEUS_TEXT, Buffer.buffer(text)))
                .onFailure(context::fail);
    }

    private static void answer(RoutingContext context, int code, Status status) {
        answer(context, code, JsonObject.of("status", status.status()));
    }

    private static void answer(RoutingContext context, int code, JsonObject told) {
        context.response().setStatusCode(code);
        end(context, "application/json", told.toBuffer());
    }

    /** Tells the length even to HEAD, which gets no body. */
    private static void end(RoutingContext context, String type, Buffer body) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .end(body);
    }
}
