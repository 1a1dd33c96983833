package com.clicknback.platform.http;

import com.clicknback.platform.db.Page;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A response on its way out.
 *
 * @param body a record that is written as JSON, a Buffer that is sent as it is, or null for none
 */
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    public static Answer ok(Object body) {
        return new Answer(OK, body, Map.of());
    }

    public static Answer created(Object body) {
        return new Answer(CREATED, body, Map.of());
    }

    public static Answer noContent() {
        return new Answer(NO_CONTENT, null, Map.of());
    }

    /** The same answer with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, body, more);
    }

    /** The same answer, marked as that to an earlier request with the same key. */
    public Answer asReplay() {
        return with(IdempotencyKey.REPLAYED_HEADER, "true");
    }

    /** A body that is no JSON. */
    public static Answer raw(Buffer body, String contentType) {
        return new Answer(OK, body, Map.of("Content-Type", contentType));
    }

    /**
     * One page of a list.
     *
     * @param list the name that ties cursors to the list; the one its request was read with
     */
    public static <T> Answer page(String list, Page<T> page, Function<T, ?> view) {
        boolean byOffset = page.request().after() == null;
        Pagination pagination = new Pagination(
                byOffset ? page.request().offset() : null,
                page.request().limit(),
                page.total(),
                page.next() == null ? null : Cursors.encode(list, page.next()));
        return ok(new ListBody(page.items().stream().map(view).toList(), pagination));
    }

    /** Ends a response. That to HEAD tells the length of a body that it leaves out. */
    static void end(HttpServerRequest request, Buffer body) {
        if (HttpMethod.HEAD.equals(request.method())) {
            request.response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        }
        request.response().end(body);
    }

    private record ListBody(List<?> data, Pagination pagination) {}

    private record Pagination(
            @Nullable Integer offset,
            int limit,
            @Nullable Long total,
            @Nullable String nextCursor) {}
}
