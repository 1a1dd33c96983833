package com.clicknback.platform.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id that ties a response, its log lines and its audit rows together. */
final class RequestIds {
    static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");
    private static final String KEY = "request-id";
    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = Long.MIN_VALUE;
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
        return sent != null && ACCEPTED.matcher(sent).matches() ? sent : random().toString();
    }

    /** An id of version 4. Nobody has to be kept from guessing it, so that it need not drain the secure source. */
    private static UUID random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong() & ~VERSION_BITS | VERSION_4, random.nextLong() >>> 2 | VARIANT);
    }
}
