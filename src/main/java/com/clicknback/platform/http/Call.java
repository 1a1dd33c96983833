package com.clicknback.platform.http;

import static java.util.Objects.requireNonNull;

import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.errors.Violation;
import com.clicknback.platform.json.CanonicalUuid;
import com.clicknback.platform.json.Decoder;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One authenticated call of an operation, as its endpoint sees it. */
public final class Call {
    private static final int LIMIT_DEFAULT = 20;

    private final String requestId;
    private final InetAddress client;
    private final Caller caller;
    private final Map<String, String> pathParameters;
    private final MultiMap query;
    private final MultiMap headers;
    private final @Nullable Buffer body;

    Call(
            String requestId,
            InetAddress client,
            Caller caller,
            Map<String, String> pathParameters,
            MultiMap query,
            MultiMap headers,
            @Nullable Buffer body) {
        this.requestId = requestId;
        this.client = client;
        this.caller = caller;
        this.pathParameters = pathParameters;
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    public String requestId() {
        return requestId;
    }

    /** The address of the client; all addresses of one subscriber are equal. */
    public InetAddress client() {
        return client;
    }

    /** The calling user; only for operations that require one. */
    public Caller.User user() {
        return (Caller.User) caller;
    }

    /** The calling partner; only for operations that require a signature. */
    public Caller.Partner partner() {
        return (Caller.Partner) caller;
    }

    /** A path id; one that is no UUID fails with {@code NOT_FOUND} exactly like an unknown one. */
    public UUID id(String parameter, String resourceType) {
        String text = pathParameter(parameter);
        UUID id = CanonicalUuid.of(text);
        if (id == null) {
            throw DomainException.notFound(resourceType, text);
        }
        return id;
    }

    /** The same failure, with an unknown path id as the client wrote it. Domains know ids in canonical form only. */
    Throwable asSent(Throwable failure) {
        if (failure instanceof DomainException refusal && refusal.code() == ErrorCode.NOT_FOUND) {
            String unknown = String.valueOf(refusal.details().get("resource_id"));
            String type = String.valueOf(refusal.details().get("resource_type"));
            return pathParameters.values().stream()
                    .filter(sent -> sent.equalsIgnoreCase(unknown))
                    .findFirst()
                    .<Throwable>map(sent -> DomainException.notFound(type, sent))
                    .orElse(failure);
        }
        return failure;
    }

    /** A path parameter as the client sent it, percent-decoded. */
    public String pathParameter(String name) {
        return requireNonNull(pathParameters.get(name));
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The query parameters; fails with {@code VALIDATION_ERROR} that lists all violations. */
    public <R extends Record> R query(Class<R> type) {
        return Decoder.query(query, type);
    }

    /** The JSON body before its constraints are checked, for bodies whose form depends on a member. */
    public <R extends Record> Decoder.Draft<R> draft(Class<R> type) {
        return Decoder.draft(body, type);
    }

    /** True when a member of the JSON body is null rather than absent; for members that may be {@code OrNull}. */
    public boolean isNull(String member) {
        return Decoder.isNull(body, member);
    }

    /** The JSON body; fails with {@code VALIDATION_ERROR} that lists all violations. An optional absent body is empty. */
    public <R extends Record> R body(Class<R> type) {
        return Decoder.read(body, type);
    }

    /** Paging and filters of a list with the default page size of 20. */
    public <F extends Record> Listing<F> listing(String list, Class<F> filters) {
        return listing(list, filters, LIMIT_DEFAULT);
    }

    /**
     * Key and body of a request that may be repeated; fails with {@code VALIDATION_ERROR} that lists the violations of
     * both.
     */
    public <R extends Record> Keyed<R> keyedBody(Class<R> type) {
        Decoder.requireObject(body);
        List<Violation> violations = new ArrayList<>();
        String key = noting(violations, () -> IdempotencyKey.of(headers));
        R value = noting(violations, () -> Decoder.read(body, type));
        if (value == null || !violations.isEmpty()) {
            throw DomainException.validation(violations);
        }
        return new Keyed<>(key, value);
    }

    /** Paging and filters of a list; fails with {@code VALIDATION_ERROR} that lists the violations of both. */
    public <F extends Record> Listing<F> listing(String list, Class<F> filters, int limitDefault) {
        List<Violation> violations = new ArrayList<>();
        PageParameters page = noting(violations, () -> query(PageParameters.class));
        PageRequest.Key after = noting(violations, () -> cursor(list));
        F wanted = noting(violations, () -> query(filters));
        if (page == null || wanted == null || !violations.isEmpty()) {
            throw DomainException.validation(violations);
        }
        return new Listing<>(page.toRequest(limitDefault, after), wanted);
    }

    /** The place at which an answer that joins these lists goes on; null for its start. Fails with {@code VALIDATION_ERROR}. */
    public @Nullable Continuation continuation(List<String> lists) {
        String cursor = query(CursorParameter.class).cursor();
        if (cursor == null) {
            return null;
        }
        return lists.stream()
                .flatMap(list -> Cursors.decode(list, cursor).map(after -> new Continuation(list, after)).stream())
                .findFirst()
                .orElseThrow(() ->
                        DomainException.validation("cursor", "must be the next_cursor of an answer of this operation"));
    }

    private record CursorParameter(@Nullable String cursor) {}

    /** The start of a page that is fetched by cursor, or null; checked even when other parts are wrong. */
    private PageRequest.@Nullable Key cursor(String list) {
        String cursor = query(CursorParameter.class).cursor();
        if (cursor == null) {
            return null;
        }
        // The map finds names in any spelling; one that is not offset is no parameter of a list.
        if (query.entries().stream().anyMatch(sent -> sent.getKey().equals("offset"))) {
            throw DomainException.validation("cursor", "must not be combined with offset");
        }
        return Cursors.START.equals(cursor)
                ? PageRequest.BEFORE_ALL
                : Cursors.decode(list, cursor)
                        .orElseThrow(() -> DomainException.validation(
                                "cursor", "must be start, or the next_cursor of a page of this list"));
    }

    /** Reads one part of a request and notes its violations, so that other parts can be read too. */
    @SuppressWarnings("unchecked")
    private static <T> @Nullable T noting(List<Violation> violations, Supplier<@Nullable T> part) {
        try {
            return part.get();
        } catch (DomainException e) {
            violations.addAll((List<Violation>) e.details().get("violations"));
            return null;
        }
    }
}
