package com.clicknback.platform.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The line that the log gets of a request: method, operation, status, milliseconds, caller and request id. It holds
 * nothing of path, query, headers or body, which may be secret.
 */
final class RequestLine {
    /** The name of the request id beside a line of the log. */
    private static final String ID = "request_id";

    private static final Logger LOG = LoggerFactory.getLogger("com.clicknback.requests");

    /** Requests that come by the thousand and say nothing, under a name of their own so that it can be off. */
    private static final Logger ROUTINE = LoggerFactory.getLogger("com.clicknback.requests.routine");

    private static final String KEY = "request-line";
    private static final int REDIRECTION = 300;
    private static final int BUSY = 503;

    private final RoutingContext context;
    private final long startNs = System.nanoTime();
    private String operationId = "-";
    private boolean frequent;
    private @Nullable Caller caller;

    private RequestLine(RoutingContext context) {
        this.context = context;
    }

    /** Writes the line when the request has ended, unless the log wants none. */
    static void follow(RoutingContext context) {
        if (LOG.isInfoEnabled()) {
            RequestLine line = new RequestLine(context);
            context.put(KEY, line);
            context.addEndHandler(ended -> line.write(ended.succeeded()));
        }
    }

    /**
     * Notes the operation of the request.
     *
     * @param frequent for one whose successes come by the thousand
     */
    static void operation(RoutingContext context, String operationId, boolean frequent) {
        RequestLine line = context.get(KEY);
        if (line != null) {
            line.operationId = operationId;
            line.frequent = frequent;
        }
    }

    /** Notes the caller of the request. */
    static void caller(RoutingContext context, Caller caller) {
        RequestLine line = context.get(KEY);
        if (line != null) {
            line.caller = caller;
        }
    }

    /** Writes the line of a request that was refused before it reached the router. */
    static void refused(HttpMethod method, String operationId, int status, String requestId) {
        if (ROUTINE.isInfoEnabled()) {
            write(ROUTINE, requestId, "{} {} {} 0 ms by -, request {}", method, operationId, status, requestId);
        }
    }

    private void write(boolean answered) {
        HttpServerResponse response = context.response();
        int status = response.getStatusCode();
        boolean routine = answered && frequent && (status < REDIRECTION || status == BUSY);
        Logger log = routine ? ROUTINE : LOG;
        if (!log.isInfoEnabled()) {
            return;
        }
        String requestId = RequestIds.of(context);
        write(
                log,
                requestId,
                "{} {} {} {} ms by {}, request {}",
                method(context.request().method()),
                operationId,
                answered ? status : "gone",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs),
                name(caller),
                requestId);
    }

    private static void write(Logger log, String requestId, String line, Object... values) {
        tied(requestId, () -> log.info(line, values));
    }

    /** Writes to the log with the request id beside the line, where a collector can look for it. */
    static void tied(String requestId, Runnable write) {
        MDC.put(ID, requestId);
        try {
            write.run();
        } finally {
            MDC.remove(ID);
        }
    }

    /** Clients make up methods, as long as a request line may be. */
    private static String method(HttpMethod sent) {
        return HttpMethod.values().contains(sent) ? sent.name() : "-";
    }

    private static String name(@Nullable Caller caller) {
        if (caller instanceof Caller.User user) {
            return (user.admin() ? "admin " : "user ") + user.id();
        }
        return caller instanceof Caller.Partner partner ? "partner " + partner.id() : "-";
    }
}
