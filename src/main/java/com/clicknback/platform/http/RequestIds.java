package com.clicknback.platform.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id that ties a response, its log lines and its audit rows together. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";
    private static final String KEY = "request-id";
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestIds() {}

    /** The caller's id where it is acceptable, else a new one; the same for the whole request. */
    static String of(RoutingContext context) {
        String known = context.get(KEY);
        if (known != null) {
            return known;
        }
        String id = of(context.request());
        context.put(KEY, id);
        return id;
    }

    /** The caller's id where it is acceptable, else a new one each time. */
    static String of(HttpServerRequest request) {
        String sent = request.getHeader(HEADER);
        return sent != null && ACCEPTED.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }
}
