package com.clicknback.platform.contract;

import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** The usual form of an operation's requests, with one path parameter: told at a fraction of what a router takes. */
public record PathForm(String operationId, HttpMethod method, String before, String parameter, String after) {

    public static PathForm of(DescribedOperation operation) {
        String path = operation.path();
        int open = path.indexOf('{');
        int close = path.indexOf('}');
        return new PathForm(
                operation.id(),
                operation.method(),
                path.substring(0, open),
                path.substring(open + 1, close),
                path.substring(close + 1));
    }

    /** The parameter as it was sent; null for a request of another form. */
    public @Nullable String parameterOf(HttpMethod requested, String path) {
        int end = path.length() - after.length();
        boolean matches = method.equals(requested)
                && path.startsWith(before)
                && path.endsWith(after)
                && end > before.length()
                && path.indexOf('/', before.length()) == end;
        return matches ? path.substring(before.length(), end) : null;
    }
}
