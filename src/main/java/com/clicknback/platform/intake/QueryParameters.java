package com.clicknback.platform.intake;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The query parameters of a request. One that cannot be decoded is taken as it was sent, for its type to refuse. */
public final class QueryParameters {
    private QueryParameters() {}

    public static MultiMap of(HttpServerRequest request) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
        String query = request.query();
        if (query == null) {
            return parameters;
        }
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.add(decoded(name), decoded(value));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
