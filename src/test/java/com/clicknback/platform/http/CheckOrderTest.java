package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.json.OrNull;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of several faults of one request, the first check's answers; and the error envelope. */
class CheckOrderTest {
    record Login(@NotNull String email, @NotNull String password) {}

    record Reason(@OrNull @Nullable String reason) {}

    private static final String TOO_LARGE = "x".repeat(EdgeServer.BODY_BYTES_MAX + 1);
    private static final String ANY_ID = UUID.randomUUID().toString();
    private static final String WEBHOOK = "/webhooks/" + EdgeServer.PARTNER_ID + "/purchases";

    private static EdgeServer edge;

    @BeforeAll
    static void start() {
        DomainException refusal = DomainException.rule("default_cashback_percentage", "reached");
        edge = EdgeServer.with(Map.of(
                "login",
                call -> {
                    call.body(Login.class);
                    return Future.failedFuture(new DomainException(ErrorCode.INVALID_CREDENTIALS, "Reached."));
                },
                "createMerchant",
                call -> {
                    call.body(Login.class);
                    return Future.failedFuture(refusal);
                },
                "reversePurchase",
                call -> {
                    call.body(Reason.class);
                    return Future.failedFuture(DomainException.notFound("purchase", "reached"));
                },
                "confirmPurchase",
                call -> Future.failedFuture(DomainException.notFound("purchase", "reached")),
                "ingestPurchaseWebhook",
                call -> {
                    call.body(Login.class);
                    return Future.failedFuture(new DomainException(
                            ErrorCode.EXTERNAL_ID_REUSED,
                            "Reached.",
                            DomainException.details("external_id", "x", "fields", List.of("amount"))));
                },
                "getWallet",
                call -> Future.failedFuture(new IllegalStateException("internals")),
                "getOffer",
                call -> {
                    throw new IllegalStateException("internals");
                },
                "getCurrentUser",
                call -> Future.failedFuture(new RejectedExecutionException()),
                "listOffers",
                call -> Future.failedFuture(DomainException.unavailable())));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static ApiClient as(@Nullable String token) {
        return edge.as(token);
    }

    @Test
    void routingComesBeforeAuthentication() {
        as(null).post("/nothing", TOO_LARGE).expectError(404, "NOT_FOUND");
        as(null).put("/merchants", TOO_LARGE).expectError(405, "METHOD_NOT_ALLOWED");
    }

    @Test
    void authenticationComesBeforeEverythingAboutTheBody() {
        ApiClient stranger = as(null).with("Content-Type", "text/plain");
        stranger.post("/merchants", TOO_LARGE).expectError(401, "INVALID_TOKEN");
        stranger.post("/merchants", "x").expectError(401, "INVALID_TOKEN");
        as("expired")
                .with("Content-Type", "text/plain")
                .post("/merchants", TOO_LARGE)
                .expectError(401, "EXPIRED_TOKEN");
    }

    @Test
    void theRoleComesBeforeEverythingAboutTheBody() {
        ApiClient user = as(EdgeServer.USER).with("Content-Type", "text/plain");
        assertThat(user.post("/merchants", TOO_LARGE).expectError(403, "FORBIDDEN"))
                .isEqualTo(JsonObject.of("required_role", "admin", "current_role", "user"));
        assertThat(user.post("/merchants", "x").expect(403).header("WWW-Authenticate"))
                .isNull();
    }

    @Test
    void theSizeOfTheBodyComesBeforeItsMediaType() {
        assertThat(as(EdgeServer.ADMIN)
                        .with("Content-Type", "text/plain")
                        .post("/merchants", TOO_LARGE)
                        .expectError(413, "PAYLOAD_TOO_LARGE"))
                .isEqualTo(JsonObject.of("limit_bytes", EdgeServer.BODY_BYTES_MAX));
    }

    @Test
    void theMediaTypeComesBeforeTheSyntax() {
        assertThat(as(EdgeServer.ADMIN)
                        .with("Content-Type", "text/plain")
                        .post("/merchants", "x")
                        .expectError(415, "UNSUPPORTED_MEDIA_TYPE"))
                .isEqualTo(JsonObject.of(
                        "supported_media_types",
                        new JsonArray().add("application/json").add("application/*+json")));
    }

    @Test
    void theSyntaxComesBeforeTheShapeAndThatBeforeTheOperation() {
        ApiClient admin = as(EdgeServer.ADMIN);
        assertThat(admin.post("/merchants", "{").expectViolations(422)).containsExactly("body");
        assertThat(admin.post("/merchants", "{}").expectViolations(422)).containsExactly("email", "password");
        assertThat(admin.post("/merchants", "{\"email\":\"a\",\"password\":\"b\"}")
                        .expectViolations(400))
                .containsExactly("default_cashback_percentage");
    }

    @Test
    void aWebhooksSizeComesFirstThenItsSignatureThenTheRest() {
        ApiClient unsigned = as(null).with("Content-Type", "text/plain");
        ApiClient signed = unsigned.with(EdgeServer.SIGNED);
        unsigned.post(WEBHOOK, TOO_LARGE).expectError(413, "PAYLOAD_TOO_LARGE");
        Reply refused = unsigned.post(WEBHOOK, "x");
        refused.expectError(401, "INVALID_SIGNATURE");
        assertThat(refused.header("WWW-Authenticate")).isNull();
        signed.post(WEBHOOK, "x").expectError(415, "UNSUPPORTED_MEDIA_TYPE");
        ApiClient json = as(null).with(EdgeServer.SIGNED);
        assertThat(json.post(WEBHOOK, "{").expectViolations(422)).containsExactly("body");
        assertThat(json.post(WEBHOOK, "{}").expectViolations(422)).containsExactly("email", "password");
        json.post(WEBHOOK, "{\"email\":\"a\",\"password\":\"b\"}").expectError(409, "EXTERNAL_ID_REUSED");
    }

    @Test
    void publicOperationsIgnoreAnyAuthorization() {
        for (String token : new String[] {"expired", "nonsense", EdgeServer.USER}) {
            as(token)
                    .post("/auth/login", "{\"email\":\"a\",\"password\":\"b\"}")
                    .expectError(401, "INVALID_CREDENTIALS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer ", "bearer nonsense", "Bearerx", "Token x", ""})
    void refusesOtherAuthorizations(String header) {
        Reply reply = as(null).with("Authorization", header).get("/users/me/wallet");

        assertThat(reply.expectError(401, "INVALID_TOKEN")).isEmpty();
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
    void acceptsTheSchemeInAnyCase(String scheme) {
        as(null).with("Authorization", scheme + EdgeServer.ADMIN)
                .post("/merchants", "{}")
                .expect(422);
    }

    @Test
    void operationsWithoutABodyIgnoreOne() {
        ApiClient admin = as(EdgeServer.ADMIN);
        String path = "/purchases/" + ANY_ID + "/confirmation";
        admin.post(path).expectError(404, "NOT_FOUND");
        admin.with("Content-Type", "text/plain").post(path, TOO_LARGE).expectError(404, "NOT_FOUND");
        admin.post(path, "{").expectError(404, "NOT_FOUND");
    }

    @Test
    void anOptionalBodyMayBeAbsentButNotWrong() {
        ApiClient admin = as(EdgeServer.ADMIN);
        String path = "/purchases/" + ANY_ID + "/reverse";
        admin.patch(path, null).expectError(404, "NOT_FOUND");
        admin.patch(path, "{}").expectError(404, "NOT_FOUND");
        admin.patch(path, "{\"reason\":null}").expectError(404, "NOT_FOUND");
        assertThat(admin.patch(path, "null").expectViolations(422)).containsExactly("body");
        assertThat(admin.patch(path, "{\"reason\":5}").expectViolations(422)).containsExactly("reason");
        admin.with("Content-Type", "text/plain").patch(path, "{}").expectError(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void aRequiredBodyMustBeThere() {
        assertThat(as(EdgeServer.ADMIN).post("/merchants").expectViolations(422))
                .containsExactly("body");
        assertThat(as(null).post("/auth/login").expectViolations(422)).containsExactly("body");
        assertThat(as(null).with(EdgeServer.SIGNED).post(WEBHOOK).expectViolations(422))
                .containsExactly("body");
    }

    @ParameterizedTest
    @CsvSource({"/users/me/wallet, user", "/offers/" + "5d0f7cc8-7bd8-4a0b-8a3f-6f1b9d0d4e11, admin"})
    void aDefectTellsItsRequestAndNothingElse(String path, String caller) {
        String token = caller.equals("user") ? EdgeServer.USER : EdgeServer.ADMIN;
        Reply reply = as(token).with("X-Request-Id", "my-request.1").get(path);

        JsonObject details = reply.expectError(500, "INTERNAL_SERVER_ERROR");
        assertThat(details.getString("request_id")).isEqualTo("my-request.1");
        assertThat(details.getString("timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z");
        assertThat(details.fieldNames()).containsExactly("request_id", "timestamp");
        assertThat(reply.text()).doesNotContain("internals");
        assertThat(reply.header("X-Request-Id")).isEqualTo("my-request.1");
    }

    @Test
    void aFailedDependencySaysWhenToComeBack() {
        Reply reply = as(EdgeServer.USER).get("/offers");
        assertThat(reply.expectError(503, "SERVICE_UNAVAILABLE")).isEqualTo(JsonObject.of("retry_after_seconds", 1));
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        as(EdgeServer.USER).get("/users/me").expectError(503, "SERVICE_UNAVAILABLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A-Z_0.9", "0123456789012345678901234567890123456789012345678901234567890123"})
    void keepsTheCallersRequestId(String id) {
        assertThat(as(null).with("X-Request-Id", id).get("/nothing").header("X-Request-Id"))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "ä",
                "a/b",
                "a\tb",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void replacesARequestIdThatIsNotAcceptable(String id) {
        String made = as(null).with("X-Request-Id", id).get("/nothing").header("X-Request-Id");
        assertThat(UUID.fromString(made)).hasToString(made);
    }

    @Test
    void makesARequestIdForEachRequest() {
        assertThat(as(null).get("/nothing").header("X-Request-Id"))
                .isNotEqualTo(as(null).get("/nothing").header("X-Request-Id"));
    }
}
