package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and methods of the HTTP contract. */
class RoutingTest {
    record Status(String status) {}

    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        edge = EdgeServer.with(Map.of(
                "getLiveness",
                call -> Future.succeededFuture(Answer.ok(new Status("alive"))),
                "deletePartnerSecret",
                call -> Future.succeededFuture(Answer.noContent()),
                "getMerchant",
                call -> Future.succeededFuture(Answer.ok(call.id("id", "merchant")))));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static Reply send(String method, String path) {
        return edge.as(EdgeServer.ADMIN).send(method, path, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/live/"})
    void servesAPathWithAndWithoutATrailingSlash(String path) {
        assertThat(send("GET", path).expect(200).json()).isEqualTo(JsonObject.of("status", "alive"));
    }

    @Test
    void servesTemplatesWithATrailingSlash() {
        String secret = "/partners/" + UUID.randomUUID() + "/secrets/" + UUID.randomUUID();
        assertThat(send("DELETE", secret).expect(204).text()).isEmpty();
        assertThat(send("DELETE", secret + "/").expect(204).text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v1",
                "/api/v1/",
                "/api/v2/merchants",
                "/api/v1/Merchants",
                "/api/v1/merchants//",
                "/api/v1//merchants",
                "/api/v1/merchants/5/status/6",
                "/health/livex",
                "/health",
                "/openapi.yamlx",
                "/openapiXyaml"
            })
    void refusesUnknownPathsWithoutAToken(String path) {
        JsonObject details = edge.api().get(path).expectError(404, "NOT_FOUND");
        assertThat(details).isEqualTo(JsonObject.of("resource_type", "route", "resource_id", path));
    }

    @Test
    void theApiPortHasNoMetrics() {
        edge.api().get("/metrics").expectError(404, "NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/v1/merchants, 'GET, HEAD, POST'",
        "PUT, /api/v1/merchants/, 'GET, HEAD, POST'",
        "PATCH, /api/v1/offers/active, 'GET, HEAD'",
        "DELETE, /api/v1/users/me, 'GET, HEAD, PATCH'",
        "POST, /api/v1/users/me, 'GET, HEAD, PATCH'",
        "GET, /api/v1/auth/login, POST",
        "POST, /api/v1/feature-flags/some_key, 'DELETE, PUT'",
        "OPTIONS, /api/v1/merchants, 'GET, HEAD, POST'",
        "FOO, /api/v1/merchants, 'GET, HEAD, POST'",
        "TRACE, /api/v1/merchants, 'GET, HEAD, POST'",
        "POST, /health/live, 'GET, HEAD'",
        "DELETE, /openapi.yaml, 'GET, HEAD'"
    })
    void refusesOtherMethodsOfKnownPathsWithoutAToken(String method, String path, String allowed) {
        Reply reply = edge.api().send(method, path, null);

        assertThat(reply.expectError(405, "METHOD_NOT_ALLOWED").getJsonArray("allowed_methods"))
                .isEqualTo(new JsonArray(List.of(allowed.split(", "))));
        assertThat(reply.header("Allow")).isEqualTo(allowed);
    }

    @Test
    void aLiteralSegmentWinsOverATemplate() {
        // The endpoint of offers/{id} would answer with a defect.
        edge.api().get("/offers/active").expectError(401, "INVALID_TOKEN");
        assertThat(edge.api().send("POST", "/offers/active", null).header("Allow"))
                .isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @CsvSource({
        "x, x",
        "1-1-1-1-1, 1-1-1-1-1",
        "%20, ' '",
        "%2F, /",
        "%C3%BC, ü",
        "a+b, a+b",
        "..%2F..%2Fetc, ../../etc"
    })
    void namesAPathIdThatIsNoUuidAsItWasSent(String sent, String shown) {
        JsonObject details = send("GET", "/merchants/" + sent).expectError(404, "NOT_FOUND");
        assertThat(details).isEqualTo(JsonObject.of("resource_type", "merchant", "resource_id", shown));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%FF", "%C3", "%ED%A0%80", "%0A", "%25"})
    void answersAnyPercentEncodedId(String id) {
        send("GET", "/merchants/" + id).expectError(404, "NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/merchants/%", "/api/v1/merchants/%zz", "/api/v1/%2", "/%%%", "/api/v1/merchants/%u0041"
            })
    void refusesPathsThatCannotBeDecoded(String path) {
        String reply = RawHttp.exchange(
                edge.port(),
                "GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + EdgeServer.ADMIN
                        + "\r\nConnection: close\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 404 ").contains("\"code\":\"NOT_FOUND\"");
        assertThat(reply.toLowerCase(Locale.ROOT)).contains("x-request-id: ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/offers/%2e%2e",
        "GET, /api/v1/offers/..",
        "GET, /api/v1/offers/%2E/",
        "GET, /api/v1/webhooks/../users/me",
        "GET, /api/v1/merchants/../../../health/live",
        "POST, /api/v1/purchases/%2e./confirmation",
        "GET, /openapi.yaml/.%2e/docs"
    })
    void resolvesNoDots(String method, String path) {
        String reply = RawHttp.exchange(
                edge.port(),
                method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + EdgeServer.ADMIN
                        + "\r\nConnection: close\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 404 ").contains("\"resource_type\":\"route\"");
    }

    @Test
    void servesTheDescriptionInBothForms() {
        Reply yaml = edge.api().get("/openapi.yaml").expect(200);
        assertThat(yaml.text()).startsWith("openapi: 3.1");
        assertThat(yaml.header("Content-Type")).isEqualTo("application/yaml");
        JsonObject json = edge.api().get("/openapi.json").expect(200).json();
        assertThat(json.getString("openapi")).startsWith("3.1");
        assertThat(json.getJsonObject("paths").containsKey("/api/v1/purchases")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/docs, text/html",
        "/docs/, text/html",
        "/docs/index.html, text/html",
        "/docs/favicon-32x32.png, image/png",
        "/docs/swagger-ui.css, text/css",
        "/docs/swagger-ui-bundle.js, javascript",
        "/docs/start.js, text/javascript"
    })
    void servesABrowsableDescription(String path, String type) {
        Reply reply = edge.api().get(path).expect(200);

        assertThat(reply.header("Content-Type")).contains(type);
        assertThat(reply.header("Content-Security-Policy"))
                .startsWith("default-src 'none';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(reply.text()).isNotEmpty();
        assertThat(edge.api().send("HEAD", path, null).expect(200).text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "bytes=999999999-", "bytes=99999999999999999999-1", "bytes=0-1", "lines"})
    void theFilesOfTheDescriptionAreServedWhole(String range) {
        Reply reply =
                edge.api().with("Range", range).get("/docs/swagger-ui.css").expect(200);

        assertThat(reply.text()).hasSizeGreaterThan(1_000);
    }

    /** Everything that the page needs comes from files that are served, and nothing of it stands in the page itself. */
    @Test
    void itsPageHasNothingThatItsPolicyForbids() {
        String page = edge.api().get("/docs").expect(200).text();

        assertThat(page).doesNotContain("style=", "<style", "onload", "javascript:", "http:", "https:");
        assertThat(Pattern.compile("<script[^>]*>(.*?)</script>", Pattern.DOTALL)
                        .matcher(page)
                        .results()
                        .map(script -> script.group(1)))
                .isNotEmpty()
                .containsOnly("");
        Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .forEach(reference -> edge.api().get(reference.group(1)).expect(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/nothing.js",
                "/docs/swagger-initializer.js",
                "/docs/oauth2-redirect.html",
                "/docs/../openapi.yaml/x",
                "/docs/%2e%2e/%2e%2e/pom.properties",
                "/docs/package.json/x"
            })
    void servesNoOtherFilesBesideIt(String path) {
        edge.api().get(path).expectError(404, "NOT_FOUND");
    }

    private static String exchange(String requestLine, String host) {
        return RawHttp.exchange(edge.port(), requestLine + "\r\n" + host + "Connection: close\r\n\r\n")
                .toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"health/live", "null/health/live", "*", "%2Fhealth/live", "{id}", "live:80"})
    void refusesTargetsThatAreNoPath(String target) {
        assertThat(exchange("GET " + target + " HTTP/1.1", "Host: x\r\n"))
                .startsWith("http/1.1 404 ")
                .containsPattern("x-request-id: [0-9a-f-]{36}")
                .contains("\"code\":\"not_found\"", "\"resource_type\":\"route\"", "\"" + target.toLowerCase() + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a b\r\n", "Host: <x>\r\n", "Host: x:y\r\n"})
    void refusesRequestsWithoutAProperHost(String host) {
        assertThat(exchange("GET /health/live HTTP/1.1", host))
                .startsWith("http/1.1 400 ")
                .containsPattern("x-request-id: [0-9a-f-]{36}")
                .contains("\"code\":\"validation_error\"", "\"field\":\"request\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__", "websocket\r\nSec-WebSocket-Version: 13"})
    void staysWithTheProtocolWhateverUpgradeIsAskedFor(String protocol) {
        assertThat(exchange(
                        "GET /health/live HTTP/1.1",
                        "Host: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: " + protocol + "\r\n"))
                .startsWith("http/1.1 200 ")
                .contains("x-request-id: ", "{\"status\":\"alive\"}");
    }
}
