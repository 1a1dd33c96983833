package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import jakarta.validation.constraints.NotNull;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies as bytes: sizes, chunks, encodings, and requests that are no HTTP. */
class RequestBodyTest {
    record Login(@NotNull String email) {}

    private static final String LOGIN = "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\n";

    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        edge = EdgeServer.with(Map.of(
                "login",
                call -> {
                    call.body(Login.class);
                    return Future.failedFuture(new DomainException(ErrorCode.INVALID_CREDENTIALS, "Reached."));
                },
                "listMerchants",
                call -> {
                    call.listing("merchants", Listing.NoFilters.class);
                    return Future.failedFuture(DomainException.unavailable());
                },
                "getLiveness",
                call -> Future.succeededFuture(Answer.ok(Map.of("status", "alive")))));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    /** A body of exactly this many bytes that the endpoint accepts. */
    private static String bodyOf(int bytes) {
        String frame = "{\"email\":\"\"}";
        return "{\"email\":\"" + "x".repeat(bytes - frame.length()) + "\"}";
    }

    private static String exchange(String request) {
        return RawHttp.exchange(edge.port(), request);
    }

    private static void assertRefused(String reply, int status, String code) {
        assertThat(reply)
                .matches("(?s)HTTP/1\\.[01] " + status + " .*")
                .contains("{\"error\":{\"code\":\"" + code + "\"");
        assertThat(reply.toLowerCase(Locale.ROOT))
                .containsPattern("x-request-id: [0-9a-f-]{36}")
                .contains("content-type: application/json");
    }

    private static String chunked(String... chunks) {
        StringBuilder body = new StringBuilder();
        for (String chunk : chunks) {
            body.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return LOGIN + "Transfer-Encoding: chunked\r\n\r\n" + body + "0\r\n\r\n";
    }

    @Test
    void acceptsABodyAsLargeAsTheLimitAndNoByteMore() {
        edge.api().post("/auth/login", bodyOf(EdgeServer.BODY_BYTES_MAX)).expectError(401, "INVALID_CREDENTIALS");
        assertThat(edge.api()
                        .post("/auth/login", bodyOf(EdgeServer.BODY_BYTES_MAX + 1))
                        .expectError(413, "PAYLOAD_TOO_LARGE")
                        .getInteger("limit_bytes"))
                .isEqualTo(EdgeServer.BODY_BYTES_MAX);
    }

    @Test
    void readsChunkedBodies() {
        assertRefused(exchange(chunked("{\"ema", "il\":\"", "a\"}")), 401, "INVALID_CREDENTIALS");
    }

    @Test
    void limitsChunkedBodiesToo() {
        String chunk = "x".repeat(300);
        assertRefused(exchange(chunked(chunk, chunk, chunk, chunk)), 413, "PAYLOAD_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1/auth/login", // 413
                "POST /api/v1/nothing" // 404, and nobody reads the body
            })
    void aMultitudeOfTinyChunksEndsItsConnection(String request) {
        String replies = exchange(request + KEPT_OPEN + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\n \r\n".repeat(300)
                + "0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(replies).matches("(?s)HTTP/1.1 (413|404) .*").doesNotContain("HTTP/1.1 200");
    }

    @Test
    void servesABodyOfFewerTinyChunks() {
        String[] body = "{\"email\":\"a\"}".concat(" ".repeat(200)).split("");
        assertRefused(exchange(chunked(body)), 401, "INVALID_CREDENTIALS");
    }

    @Test
    void refusesAnEndlessBodyWithoutWaitingForItsEnd() {
        String reply = RawHttp.beginning(edge.port(), LOGIN + "Content-Length: 999999999999\r\n\r\n{");
        assertRefused(reply, 413, "PAYLOAD_TOO_LARGE");
    }

    @Test
    void anEmptyChunkedBodyIsAnAbsentOne() {
        assertRefused(exchange(chunked()), 422, "VALIDATION_ERROR");
    }

    @Test
    void servesTheNextRequestOfTheConnectionAfterARefusedBody() {
        String tooLarge = "x".repeat(5_000);
        String reply = exchange("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n" + tooLarge
                + "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(reply)
                .startsWith("HTTP/1.1 413 ")
                .contains("HTTP/1.1 200 OK")
                .contains("{\"status\":\"alive\"}");
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        String request = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
        String reply = exchange(request + "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
                + "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(reply.replaceAll("(?s)HTTP/1.1 (\\d+).*?(?=HTTP/1.1|$)", "$1 "))
                .isEqualTo("200 404 200 ");
    }

    @Test
    void letsTheClientAskBeforeItSends() {
        String body = bodyOf(50);
        String reply = exchange(LOGIN + "Expect: 100-continue\r\nContent-Length: 50\r\n\r\n" + body);
        assertThat(reply).startsWith("HTTP/1.1 100 Continue\r\n").contains("HTTP/1.1 401 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"email\":\"\u00c3\"}", "\u00ff\u00fe{}", "{\"email\":\"\u00ed\u00a0\u0080\"}"})
    void refusesBytesThatAreNoUtf8(String latin1) {
        String reply = exchange(LOGIN + "Content-Length: " + latin1.length() + "\r\n\r\n" + latin1);
        assertRefused(reply, 422, "VALIDATION_ERROR");
        assertThat(reply).contains("\"field\":\"body\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "APPLICATION/JSON",
                "application/problem+json",
                "application/vnd.acme+json;v=1"
            })
    void acceptsJsonMediaTypes(String type) {
        json(type).post("/auth/login", bodyOf(50)).expect(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json"})
    void refusesOtherMediaTypes(String type) {
        json(type).post("/auth/login", bodyOf(50)).expectError(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    private static ApiClient json(String type) {
        return edge.api().with("Content-Type", type);
    }

    @Test
    void refusesABodyWithoutAMediaType() {
        String reply = exchange(
                "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + "Content-Length: 2\r\n\r\n{}");
        assertRefused(reply, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void refusesWhatIsNoHttpInTheEnvelopeAndCloses() {
        assertRefused(exchange("HELO example.com\r\n\r\n"), 400, "VALIDATION_ERROR");
        assertRefused(exchange("GET /health/live HTTP/1.1\r\nno colon here\r\n\r\n"), 400, "VALIDATION_ERROR");
        assertRefused(
                exchange("GET /health/live HTTP/1.1\r\nHost: x\r\nBad\u0000Name: x\r\n\r\n"), 400, "VALIDATION_ERROR");
        assertRefused(
                exchange("GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"),
                400,
                "VALIDATION_ERROR");
        assertRefused(
                exchange("POST /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"),
                400,
                "VALIDATION_ERROR");
    }

    @Test
    void refusesRequestLinesAndHeadersBeyondTheirLimits() {
        assertRefused(exchange("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"), 400, "VALIDATION_ERROR");
        assertRefused(
                exchange("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n"),
                400,
                "VALIDATION_ERROR");
    }

    @Test
    void anIllFormedChunkEndsItsConnectionAndNoOther() {
        assertThat(exchange(LOGIN + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"))
                .isEmpty();
        edge.api().get("/health/live").expect(200);
    }

    @Test
    void aBodyThatTricklesInIsNotWaitedForWithoutEnd() {
        try (EdgeServer impatient = EdgeServer.withIdleTimeout(1, Map.of())) {
            String reply = RawHttp.trickle(impatient.port(), LOGIN + "Content-Length: 500\r\n\r\n");
            assertRefused(reply, 408, "BODY_TIMEOUT");
        }
    }

    private static final String KEPT_OPEN = " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1/auth/login", // 413
                "POST /api/v1/purchases", // 401
                "POST /api/v1/nothing", // 404
                "PUT /api/v1/auth/login", // 405
                "POST /api/v1/purchases/../x", // 404
                "POST /%zz", // 404
                "GET /docs", // 200
                "GET /docs/swagger-ui.css", // 200
                "GET /console", // 200
                "GET /health/live" // 200
            })
    void whatIsSentBeyondAnAnswerIsNotReadWithoutEnd(String request) {
        String reply = exchange(request + KEPT_OPEN + "Content-Length: 5000000000\r\n\r\n"
                + "x".repeat(17 * EdgeServer.BODY_BYTES_MAX));
        assertThat(reply).matches("(?s)HTTP/1.1 (200|4[0-9]{2}) .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://clicknback.com", "https://evil.example"})
    void whatIsSentBeyondTheAnswerToAPreflightIsNotReadWithoutEnd(String origin) {
        String reply = exchange("OPTIONS /api/v1/purchases" + KEPT_OPEN + "Origin: " + origin
                + "\r\nAccess-Control-Request-Method: POST\r\nContent-Length: 5000000000\r\n\r\n"
                + "x".repeat(17 * EdgeServer.BODY_BYTES_MAX));
        assertThat(reply).matches("(?s)HTTP/1.1 (200|400) .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/v1/auth/login", // 422
                "POST /api/v1/purchases", // 401
                "POST /api/v1/nothing", // 404
                "POST /%zz", // 404
                "GET /docs", // 200
                "GET /docs/swagger-ui.css", // 200
                "GET /app", // 200
                "GET /health/live" // 200
            })
    void whatTricklesInBeyondAnAnswerIsNotWaitedForWithoutEnd(String request) {
        try (EdgeServer impatient = EdgeServer.withIdleTimeout(
                1, Map.of("getLiveness", call -> Future.succeededFuture(Answer.ok(Map.of("status", "alive")))))) {
            assertThat(RawHttp.trickleUntilClosed(
                            impatient.port(), request + KEPT_OPEN + "Content-Length: 900\r\n\r\n"))
                    .startsWith("HTTP/1.1 ");
        }
    }

    @Test
    void aConnectionServesTheNextRequestAfterABodyThatNobodyRead() {
        String body = "x".repeat(EdgeServer.BODY_BYTES_MAX);
        String replies = exchange("POST /api/v1/nothing" + KEPT_OPEN + "Content-Length: " + body.length() + "\r\n\r\n"
                + body + "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(replies).startsWith("HTTP/1.1 404 ").contains("HTTP/1.1 200 ");
    }

    @Test
    void aClientThatLeavesInTheMiddleHarmsNobody() {
        for (int i = 0; i < 150; i++) {
            RawHttp.abandon(edge.port(), LOGIN + "Content-Length: 100\r\n\r\n{\"email\"");
        }
        // Abandoned requests give back their place among those under way, of which there are a hundred.
        Waiting.until(
                "requests are served again",
                () -> edge.api().post("/auth/login", bodyOf(50)).status() == 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=%zz", "?%", "?=", "?&&&", "?limit=%FF", "?%00=%00"})
    void operationsWithoutParametersIgnoreAnyQuery(String query) {
        assertThat(exchange(get("/health/live" + query))).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=%zz",
                "?limit=%",
                "?limit=%F",
                "?limit=%FF",
                "?limit=%00",
                "?limit",
                "?limit=",
                "?limit=1&limit=x"
            })
    void anIllFormedParameterIsAViolation(String query) {
        String reply = exchange(get("/api/v1/merchants" + query));
        assertRefused(reply, 422, "VALIDATION_ERROR");
        assertThat(reply).contains("\"violations\":[{\"field\":\"limit\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?", "?limit=5", "?limit=x&limit=5", "?%6Cimit=%35", "?LIMIT=x", "?name=%zz", "?a=b=c&&"})
    void otherQueriesReachTheirOperation(String query) {
        assertRefused(exchange(get("/api/v1/merchants" + query)), 503, "SERVICE_UNAVAILABLE");
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                + EdgeServer.ADMIN + "\r\n\r\n";
    }
}
