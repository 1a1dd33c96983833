package com.clicknback.config;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.DebianProxy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented proxies in front of nodes that break the connection of each request with a new idempotency key. */
class ProxyFilesTest {
    private static final int NODES = 3;
    private static final int HEADER_BYTES_MAX = 16 * 1024;
    private static final int LINE_BYTES_MAX = 8 * 1024;

    /** The rest of the head, which the proxies make longer. */
    private static final int REST_BYTES = 512;

    private static final String KEY = "Idempotency-Key";
    private static final Map<String, Integer> ARRIVED = new ConcurrentHashMap<>();
    private static final List<DebianProxy.Node> NODES_THERE = new ArrayList<>();
    private static JsonNode contract;
    private static Vertx vertx;

    @BeforeAll
    static void startNodes() throws IOException {
        DebianProxy.requireInstalled();
        Path description = Path.of("src", "main", "resources", "openapi.yaml");
        contract = new YAMLMapper().readTree(description.toFile());
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setMaxInitialLineLength(LINE_BYTES_MAX);
        for (int i = 0; i < NODES; i++) {
            int port = await(vertx.createHttpServer(options)
                            .requestHandler(ProxyFilesTest::answer)
                            .listen())
                    .actualPort();
            NODES_THERE.add(new DebianProxy.Node(port, port));
        }
    }

    @AfterAll
    static void stopNodes() {
        if (vertx != null) {
            await(vertx.close());
        }
    }

    private static void answer(HttpServerRequest request) {
        String key = request.getHeader(KEY);
        if (key != null && ARRIVED.merge(key, 1, Integer::sum) == 1) {
            request.body().onComplete(whole -> request.connection().close());
        } else {
            request.response().end();
        }
    }

    /** All others could happen twice. */
    @Test
    void haproxyRepeatsOnlyRequestsWhoseRepeatsTheServiceRecognises() {
        try (DebianProxy proxy = DebianProxy.haproxy(NODES_THERE)) {
            // HAProxy ends the connection of the client with an answer of its own.
            HttpClient client = vertx.createHttpClient(proxy.clientOptions().setKeepAlive(false));
            assertThat(ApiOperation.all().stream()
                            .filter(operation -> arrivals(client, proxy, operation) > 1)
                            .map(ApiOperation::id))
                    .containsExactlyInAnyOrderElementsOf(ApiOperation.all().stream()
                            .filter(ProxyFilesTest::recognised)
                            .map(ApiOperation::id)
                            .toList());
        }
    }

    private static boolean recognised(ApiOperation operation) {
        return operation.method().equals("GET")
                || operation.caller() == ApiOperation.Caller.PARTNER
                || heedsKey(operation);
    }

    private static boolean heedsKey(ApiOperation operation) {
        JsonNode path = contract.get("paths").get(operation.path());
        String method = operation.method().toLowerCase(Locale.ROOT);
        return path.get(method).path("parameters").toString().contains("/IdempotencyKey\"");
    }

    private static int arrivals(HttpClient client, DebianProxy proxy, ApiOperation operation) {
        String key = UUID.randomUUID().toString();
        RequestOptions request = proxy.target()
                .setMethod(HttpMethod.valueOf(operation.method()))
                .setURI(operation.path(parameter -> key))
                .putHeader(KEY, key);
        await(client.request(request).compose(sent -> sent.send("{}")).compose(answer -> answer.body()));
        return ARRIVED.get(key);
    }

    @ParameterizedTest
    @CsvSource({"haproxy, HTTP_1_1", "haproxy, HTTP_2", "nginx, HTTP_1_1", "nginx, HTTP_2"})
    void takeHeadsThatTheServiceTakes(String name, HttpVersion version) {
        try (DebianProxy proxy =
                name.equals("nginx") ? DebianProxy.nginx(NODES_THERE) : DebianProxy.haproxy(NODES_THERE)) {
            HttpClient client = vertx.createHttpClient(
                    proxy.clientOptions().setUseAlpn(true).setProtocolVersion(version));
            assertThat(List.of(1, 8).stream()
                            .map(lines -> statusOfLongHead(client, proxy, lines))
                            .collect(Collectors.toList()))
                    .containsExactly(200, 200);
        }
    }

    private static int statusOfLongHead(HttpClient client, DebianProxy proxy, int lines) {
        RequestOptions request = proxy.target().setURI("/?" + "q".repeat(LINE_BYTES_MAX - REST_BYTES));
        for (int i = 0; i < lines; i++) {
            request.putHeader("X-Long-" + i, "x".repeat((HEADER_BYTES_MAX - REST_BYTES) / lines));
        }
        return await(client.request(request).compose(sent -> sent.send()).map(answer -> answer.statusCode()));
    }
}
