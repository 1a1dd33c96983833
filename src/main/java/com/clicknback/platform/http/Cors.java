package com.clicknback.platform.http;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.HttpSettings.CorsPolicy;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Cross-origin rules of the HTTP contract. Preflights are answered before routing; other requests get the
 * headers that let an allowed origin read the response.
 */
final class Cors implements Handler<RoutingContext> {
    private static final Set<String> METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");
    private static final String METHODS_LISTED = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
    private static final String EXPOSED = "X-Request-Id, Retry-After, Idempotency-Replayed";
    private static final String MAX_AGE_S = "600";

    private final CorsPolicy policy;
    private final Failures failures;
    private final Handler<RoutingContext> discardBody;

    /**
     * @param discardBody deals with the body of a preflight, which has none
     */
    Cors(CorsPolicy policy, Failures failures, Handler<RoutingContext> discardBody) {
        this.policy = policy;
        this.failures = failures;
        this.discardBody = discardBody;
    }

    @Override
    public void handle(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            context.next();
            return;
        }
        String wantedMethod = context.request().getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        boolean allowed = policy.allows(origin);
        if (HttpMethod.OPTIONS.equals(context.request().method()) && wantedMethod != null) {
            preflight(context, origin, wantedMethod, allowed);
            return;
        }
        context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (allowed) {
            allow(context.response(), origin).putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
        context.next();
    }

    private void preflight(RoutingContext context, String origin, String wantedMethod, boolean allowed) {
        discardBody.handle(context);
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (!allowed || !METHODS.contains(wantedMethod)) {
            failures.send(
                    context,
                    new DomainException(
                            ErrorCode.CORS_NOT_ALLOWED,
                            "This origin may not send such a request.",
                            DomainException.details("origin", origin, "method", wantedMethod)));
            return;
        }
        allow(response, origin)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_S)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS_LISTED);
        String wantedHeaders = context.request().getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (wantedHeaders != null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, wantedHeaders);
        }
        response.end();
    }

    private static HttpServerResponse allow(HttpServerResponse response, String origin) {
        return response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
}
