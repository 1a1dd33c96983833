package com.clicknback.contract;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.Partner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Spoils good requests of every operation, so that what is wrong with them is found in every layer of the service. */
final class HostileRequests {
    private static final int LINE_MAX = 8_000;
    private static final int HEADERS_MAX = 16_000;
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FOO", "get", "M-SEARCH");

    /** Segments of paths, as they are sent. */
    private static final List<String> SEGMENTS = List.of(
            "",
            ".",
            "..",
            "...",
            "%2e",
            "%2e%2e",
            "%2E%2E%2F",
            "%2F",
            "%5c",
            "\\",
            "%00",
            "%0d%0a",
            "%",
            "%%",
            "%z1",
            "%ff",
            "%c3%28",
            "%C3%A9",
            "\u00e9",
            "%F0%9F%98%80",
            "\ud83d\ude00",
            ";a=b",
            "a;b",
            ":",
            ":id",
            "*",
            "{id}",
            "%7Bid%7D",
            "active",
            "me",
            "status",
            "~",
            "'",
            "\"",
            "<a>",
            "[::1]",
            "a%20b",
            "a+b",
            "a%2Fb",
            "a&b",
            "@",
            "$",
            "x".repeat(5_000),
            "%41".repeat(1_000));

    private static final List<String> HEADERS = List.of(
            "Accept",
            "Accept-Encoding",
            "Accept-Charset",
            "Range",
            "If-None-Match",
            "If-Modified-Since",
            "Cookie",
            "User-Agent",
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "Forwarded",
            "X-HTTP-Method-Override",
            "Content-Encoding",
            "Content-Language",
            "Origin",
            "Access-Control-Request-Method",
            "Access-Control-Request-Headers",
            "Expect",
            "TE",
            "Trailer",
            "Via",
            "Date",
            "X-Request-Id",
            "Idempotency-Key",
            "Idempotency-Key",
            "Content-Type",
            "Content-Type",
            "Authorization",
            "Authorization",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "Host",
            "Referer",
            "Priority",
            "Max-Forwards");

    private static final List<String> HEADER_VALUES = List.of(
            "",
            "*",
            "*/*;q=x",
            "gzip, br;q=1.5",
            "bytes=0-1,5-",
            "bytes=-",
            "identity",
            "utf-16",
            "application/json",
            "application/json;charset=utf-16",
            "application/json; charset=\"",
            "application/vnd.api+json",
            "application/+json",
            "application/json, text/html",
            "multipart/form-data; boundary=x",
            "Bearer",
            "Bearer ",
            "Bearer a.b.c",
            "bearer  null",
            "Basic Og==",
            "Digest username=\"\"",
            "100-continue",
            "200-ok",
            "trailers",
            "https://clicknback.com",
            "null",
            "file://",
            "POST",
            "DELETE",
            "FETCH",
            "Wed, 21 Oct 2015 07:28:00 GMT",
            "a=b; c=d; ;;",
            "127.0.0.1, ::1, x",
            "v1,",
            "v1,AAAA",
            "v2,AAAA v1,%%%",
            "v1a,YQ==",
            "1",
            "0",
            "-1",
            "99999999999999999999",
            "1767225600",
            "key-1",
            "key-2",
            "\u00e9",
            "\"",
            "x".repeat(64),
            "x".repeat(65),
            "x".repeat(255),
            "x".repeat(256),
            "x".repeat(7_000));

    private final HostileValues values;
    private final HostileBodies bodies;
    private final BrokenFrames frames;
    private final ContractScenario scenario;
    private final Supplier<Instant> now;

    HostileRequests(HostileValues values, ContractScenario scenario, Supplier<Instant> now) {
        this.values = values;
        this.bodies = new HostileBodies(values);
        this.frames = new BrokenFrames(values);
        this.scenario = scenario;
        this.now = now;
    }

    /** One of the operation's good requests, spoilt in one or two ways. */
    RawRequest next(ApiOperation operation) {
        RawRequest request = new RawRequest(operation, scenario.path(operation, values));
        request.headers.add("Host: 127.0.0.1");
        boolean takesBody = operation.body() != ApiOperation.Body.NONE;
        if (takesBody) {
            request.headers.add("Content-Type: application/json");
            request.body = bodies.spoil(scenario.body(operation, values));
            request.chunked = values.once(5);
        }
        spoilQuery(request, takesBody);
        if (values.once(6)) {
            spoilPath(request);
        }
        if (values.once(25)) {
            request.method = values.oneOf(METHODS);
        }
        authorize(request);
        for (int odd = values.once(3) ? 1 + values.below(3) : 0; odd > 0; odd--) {
            addHeader(request);
        }
        // Beyond the limits of lines and headers nothing is read that could tell what was asked for.
        request.malformed |= request.target().length() > LINE_MAX
                || String.join("", request.headers).length() > HEADERS_MAX;
        if (values.once(12)) {
            frames.spoil(request);
        }
        return request;
    }

    private void authorize(RawRequest request) {
        switch (request.operation.caller()) {
            case ANYONE -> {}
            case USER -> request.headers.add("Authorization: Bearer " + scenario.userToken(request.operation));
            case ADMIN -> request.headers.add("Authorization: Bearer " + scenario.adminToken(request.operation));
            case PARTNER -> {
                Partner partner = scenario.sender();
                byte[] body = request.body == null ? new byte[0] : request.body;
                partner.sign(body, now.get()).forEach((name, value) -> request.headers.add(name + ": " + value));
            }
        }
    }

    private void addHeader(RawRequest request) {
        String name = values.oneOf(HEADERS);
        String value = values.once(3) ? values.text() : values.oneOf(HEADER_VALUES);
        if (name.equals("Host") || value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
            request.malformed = true;
        }
        if (values.once(3)) {
            request.headers.add(name + ": " + value);
        } else {
            request.replaceHeader(name, value);
        }
    }

    /** Lists have filters to be spoilt; elsewhere a query means nothing. */
    private void spoilQuery(RawRequest request, boolean takesBody) {
        List<String> names = request.operation.documents().queryParameters().stream()
                .map(ApiOperation.QueryParameter::name)
                .toList();
        if (takesBody && !values.once(20)) {
            return;
        }
        StringBuilder query = new StringBuilder(request.query == null ? "" : request.query);
        for (int parameters = values.below(4); parameters > 0; parameters--) {
            String name = names.isEmpty() || values.once(8) ? values.text() : values.oneOf(names);
            query.append(query.length() == 0 ? "" : "&").append(encoded(name));
            query.append(
                    values.once(15) ? "" : "=" + encoded(values.once(6) ? scenario.cursor(values) : values.text()));
        }
        if (values.once(50)) {
            query.append("&a=b".repeat(800));
        }
        request.query = query.isEmpty() ? request.query : query.toString();
    }

    /** Mostly as it should be, sometimes not at all. */
    private String encoded(String text) {
        String proper = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return switch (values.below(8)) {
            case 0 -> values.oneOf(SEGMENTS);
            case 1 -> proper.replace("%", "%25");
            case 2 -> text.chars().allMatch(c -> c > ' ' && c != '#' && c < 127) ? text : proper;
            default -> proper;
        };
    }

    private void spoilPath(RawRequest request) {
        String[] segments = request.path.split("/", -1);
        int at = values.below(segments.length);
        switch (values.below(5)) {
            case 0 -> segments[at] = segments[at] + values.oneOf(SEGMENTS);
            case 1 -> segments[at] = segments[at] + "/" + values.oneOf(SEGMENTS);
            case 2 -> segments[at] = URLEncoder.encode(values.text(), StandardCharsets.UTF_8);
            default -> segments[at] = values.oneOf(SEGMENTS);
        }
        request.path = String.join("/", segments);
        if (values.once(30)) {
            request.path = "http://127.0.0.1" + request.path;
        }
    }
}
