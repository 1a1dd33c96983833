package com.clicknback.testing;

import com.clicknback.testing.ContractCheck.Exchange;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls a service over real HTTP and holds every exchange against the contract: an undocumented status, a body that
 * breaks its schema, or an accepted request that the contract does not allow fails the test. Immutable.
 */
public final class ApiClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final String API = "/api/v1";
    private static final List<String> ELSEWHERE =
            List.of("/api/", "/health", "/openapi", "/docs", "/metrics", "/r/", "/.well-known/");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private final String url;
    private final Map<String, String> headers;
    private final boolean chunked;
    private final Coverage coverage;

    /** A client of the whole service. */
    public ApiClient(String url) {
        this(url, Coverage.ofThisRun());
    }

    private ApiClient(String url, Coverage coverage) {
        this(url, Map.of(), false, coverage);
    }

    private ApiClient(String url, Map<String, String> headers, boolean chunked, Coverage coverage) {
        this.url = url;
        this.headers = headers;
        this.chunked = chunked;
        this.coverage = coverage;
    }

    /** A client of a part, whose answers are not the service's: they must fit the contract but do not cover it. */
    public static ApiClient ofPart(String url) {
        return new ApiClient(url, new Coverage());
    }

    /** This client, but not telling the length of a body before it sends it. */
    public ApiClient chunked() {
        return new ApiClient(url, headers, true, coverage);
    }

    /** This client with one more header on every request. */
    public ApiClient with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ApiClient(url, more, chunked, coverage);
    }

    /** This client with all of these headers. */
    public ApiClient with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new ApiClient(url, all, chunked, coverage);
    }

    /** This client with a user's access token. */
    public ApiClient as(Session session) {
        return withToken(session.accessToken());
    }

    public ApiClient withToken(String accessToken) {
        return with("Authorization", "Bearer " + accessToken);
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    public Reply post(String path) {
        return send("POST", path, null);
    }

    /**
     * @param body a String is sent as it is, anything else as JSON
     */
    public Reply post(String path, Object body) {
        return send("POST", path, body);
    }

    public Reply put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Reply patch(String path, @Nullable Object body) {
        return send("PATCH", path, body);
    }

    /**
     * @param path under {@code /api/v1} unless it is one of the others, or starts with that
     */
    public Reply send(String method, String path, @Nullable Object body) {
        String text = text(body);
        try {
            return reply(
                    method,
                    path,
                    text,
                    HTTP.send(request(method, path, text), BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * Sends the head of a request whose body never comes, on a connection of its own. The reply, which the service gives
     * when it has waited enough, is read when it is asked for.
     */
    public Supplier<Reply> sendWithoutItsBody(String method, String path) {
        URI target = URI.create(url + absolute(path));
        StringBuilder head = new StringBuilder(method + " " + target.getRawPath()
                + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery())
                + " HTTP/1.1\r\nHost: " + target.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        RawConnection connection = RawConnection.to(target.getPort());
        try {
            connection.write(head + "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return () -> {
            try (connection) {
                Reply reply = connection.read().orElseThrow();
                ContractCheck.shared()
                        .verify(
                                new Exchange(
                                        method, target.getPath(), null, reply.status(), reply.headers(), reply.text()),
                                coverage);
                return reply;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** Sends without waiting; the future fails when the connection does, or when the contract is broken. */
    public CompletableFuture<Reply> sendAsync(String method, String path, @Nullable Object body) {
        String text = text(body);
        return HTTP.sendAsync(request(method, path, text), BodyHandlers.ofString(StandardCharsets.UTF_8))
                .thenApply(response -> reply(method, path, text, response));
    }

    private static @Nullable String text(@Nullable Object body) {
        return body == null || body instanceof String ? (String) body : Json.encode(body);
    }

    private HttpRequest request(String method, String path, @Nullable String body) {
        BodyPublisher told =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body, StandardCharsets.UTF_8);
        BodyPublisher publisher = chunked ? BodyPublishers.fromPublisher(told) : told;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + absolute(path)))
                .timeout(TIMEOUT)
                .method(method, publisher);
        if (body != null && !headers.containsKey("Content-Type")) {
            request.setHeader("Content-Type", "application/json");
        }
        headers.forEach(request::setHeader);
        return request.build();
    }

    private static String absolute(String path) {
        boolean elsewhere = ELSEWHERE.stream().anyMatch(path::startsWith);
        return elsewhere ? path : API + path;
    }

    private Reply reply(String method, String path, @Nullable String sent, HttpResponse<String> response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        ContractCheck.shared()
                .verify(
                        new Exchange(
                                method,
                                response.uri().getPath(),
                                sent,
                                response.statusCode(),
                                headers,
                                response.body()),
                        coverage);
        return new Reply(response.statusCode(), headers, response.body());
    }
}
