package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cross-origin requests and preflights, as a table. */
class CorsTest {
    private static final String ALLOWED = "https://clicknback.com";

    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        edge = EdgeServer.with(Map.of(
                "getLiveness", call -> Future.succeededFuture(Answer.ok(Map.of("status", "alive"))),
                "getWallet", call -> Future.failedFuture(new IllegalStateException("defect"))));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static ApiClient from(String origin) {
        return edge.api().with("Origin", origin);
    }

    private static Reply preflight(String origin, String method, String path) {
        return from(origin)
                .with("Access-Control-Request-Method", method)
                .with("Access-Control-Request-Headers", "authorization, x-request-id")
                .send("OPTIONS", path, null);
    }

    @ParameterizedTest
    @CsvSource({
        "https://clicknback.com, POST, /purchases",
        "https://admin.clicknback.com, DELETE, /purchases",
        "https://pr.preview.example, PATCH, /purchases",
        "https://clicknback.com, GET, /health/live",
        "https://clicknback.com, PUT, /api/v1/no/such/path",
        "https://clicknback.com, HEAD, /",
        "https://clicknback.com, OPTIONS, /users/me"
    })
    void allowsPreflightsOfAllowedOriginsOnAnyPath(String origin, String method, String path) {
        Reply reply = preflight(origin, method, path).expect(200);

        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(reply.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(reply.header("Access-Control-Max-Age")).isEqualTo("600");
        assertThat(reply.header("Access-Control-Allow-Methods"))
                .isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
        assertThat(reply.header("Access-Control-Allow-Headers")).isEqualTo("authorization, x-request-id");
        assertThat(reply.header("Vary")).isEqualToIgnoringCase("Origin");
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, POST",
        "http://clicknback.com, POST",
        "https://clicknback.com:8443, POST",
        "https://clicknback.com.evil.example, POST",
        "https://x.preview.example.evil.example, POST",
        "https://X.preview.example, POST",
        "null, POST",
        "https://clicknback.com, TRACE",
        "https://clicknback.com, post"
    })
    void refusesOtherPreflights(String origin, String method) {
        Reply reply = preflight(origin, method, "/purchases");

        assertThat(reply.expectError(400, "CORS_NOT_ALLOWED"))
                .isEqualTo(JsonObject.of("origin", origin, "method", method));
        assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void letsAllowedOriginsReadAnswers() {
        Reply reply = from(ALLOWED).get("/health/live").expect(200);

        assertReadable(reply);
    }

    @Test
    void letsAllowedOriginsReadErrorsAndDefectsToo() {
        assertReadable(from(ALLOWED).get("/users/me").expect(401));
        assertReadable(from(ALLOWED).get("/nothing").expect(404));
        assertReadable(from(ALLOWED).send("PUT", "/merchants", null).expect(405));
        assertReadable(from(ALLOWED)
                .with("Content-Type", "text/plain")
                .post("/auth/login", "x")
                .expect(415));
        assertReadable(
                from(ALLOWED).withToken(EdgeServer.USER).get("/users/me/wallet").expect(500));
    }

    private static void assertReadable(Reply reply) {
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
        assertThat(reply.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(reply.header("Access-Control-Expose-Headers"))
                .isEqualTo("X-Request-Id, Retry-After, Idempotency-Replayed");
        assertThat(reply.header("Vary")).isEqualToIgnoringCase("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "clicknback.com"})
    void answersOtherOriginsWithoutLettingThemRead(String origin) {
        Reply reply = from(origin).get("/health/live").expect(200);

        assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
        assertThat(reply.header("Access-Control-Allow-Credentials")).isNull();
        assertThat(reply.header("Access-Control-Expose-Headers")).isNull();
    }

    @Test
    void saysNothingAboutOriginsToThoseWithoutOne() {
        Reply reply = edge.api().get("/health/live").expect(200);

        assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void anOptionsRequestThatIsNoPreflightIsNotServed() {
        from(ALLOWED).send("OPTIONS", "/purchases", null).expectError(405, "METHOD_NOT_ALLOWED");
    }
}
