package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.HttpSettings.RateLimits;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The buckets of the rate limits. */
class RateLimitTest {
    private static final RateLimits LIMITS = new RateLimits(3, 0, 2, 4, 0, 5, 0, 2);

    private EdgeServer edge;

    private static final Endpoint REACHED = call -> Future.failedFuture(DomainException.unavailable());

    private static Endpoint refusing(ErrorCode code) {
        return call -> Future.failedFuture(new DomainException(code, "Reached."));
    }

    @BeforeEach
    void start() {
        edge = EdgeServer.with(
                LIMITS,
                List.of("127.0.0.0/8", "::1", "10.0.0.1"),
                Map.of(
                        "login",
                        refusing(ErrorCode.INVALID_CREDENTIALS),
                        "registerUser",
                        REACHED,
                        "refreshTokens",
                        refusing(ErrorCode.TOKEN_REVOKED),
                        "logout",
                        call -> Future.succeededFuture(Answer.noContent()),
                        "listOffers",
                        REACHED,
                        "getLiveness",
                        call -> Future.succeededFuture(Answer.ok(Map.of("status", "alive"))),
                        "ingestPurchaseWebhook",
                        REACHED));
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    private ApiClient from(String address) {
        return edge.api().with("X-Forwarded-For", address);
    }

    private Reply login(String address) {
        return from(address).post("/auth/login", "{}");
    }

    private static void assertLimited(Reply reply) {
        int seconds = reply.expectError(429, "RATE_LIMITED").getInteger("retry_after_seconds");
        assertThat(reply.header("Retry-After")).isEqualTo(Integer.toString(seconds));
        assertThat(seconds).isBetween(1, 60);
    }

    @Test
    void limitsLoginsPerClientAddress() {
        for (int i = 0; i < 3; i++) {
            login("192.0.2.1").expect(401);
        }
        assertLimited(login("192.0.2.1"));
        login("192.0.2.2").expect(401);
    }

    @Test
    void limitsRegistrationsApartFromLogins() {
        from("192.0.2.1").post("/users", "{}").expect(503);
        from("192.0.2.1").post("/users", "{}").expect(503);
        assertLimited(from("192.0.2.1").post("/users", "{}"));
        login("192.0.2.1").expect(401);
    }

    @Test
    void limitsRefreshesAndLogoutsTogether() {
        String body = "{\"refresh_token\":\"x\"}";
        for (int i = 0; i < 2; i++) {
            from("192.0.2.1").post("/auth/refresh", body).expect(401);
            from("192.0.2.1").post("/auth/logout", body).expect(204);
        }
        assertLimited(from("192.0.2.1").post("/auth/refresh", body));
        assertLimited(from("192.0.2.1").post("/auth/logout", body));
    }

    @Test
    void limitsAllCallsOfAUserWhereverTheyComeFrom() {
        for (int i = 0; i < 5; i++) {
            from("192.0.2." + i).withToken(EdgeServer.USER).get("/offers").expect(503);
        }
        assertLimited(from("192.0.2.9").withToken(EdgeServer.USER).get("/users/me"));
        edge.as(EdgeServer.OTHER_USER).get("/offers").expect(503);
    }

    @Test
    void theLimitOfAUserComesBeforeTheRole() {
        for (int i = 0; i < 5; i++) {
            edge.as(EdgeServer.USER).get("/merchants").expectError(403, "FORBIDDEN");
        }
        assertLimited(edge.as(EdgeServer.USER).get("/merchants"));
    }

    @Test
    void callsThatAreNotAuthenticatedCountForNobody() {
        for (int i = 0; i < 10; i++) {
            edge.as("nonsense").get("/offers").expectError(401, "INVALID_TOKEN");
        }
    }

    @Test
    void limitsAPartnersRequests() {
        ApiClient signed = edge.api().with(EdgeServer.SIGNED);
        String path = "/webhooks/" + EdgeServer.PARTNER_ID + "/purchases";
        signed.post(path, "{}").expect(503);
        edge.api().post(path, "{}").expectError(401, "INVALID_SIGNATURE");
        signed.post(path, "{}").expect(503);
        // The limit comes before the media type and the syntax.
        assertLimited(signed.with("Content-Type", "text/plain").post(path, "{"));
        signed.post("/webhooks/" + UUID.randomUUID() + "/purchases", "{}").expect(503);
    }

    @Test
    void limitsClientAddressesBeforeLookingAtTheBody() {
        ApiClient careless = from("192.0.2.1").with("Content-Type", "text/plain");
        for (int i = 0; i < 3; i++) {
            careless.post("/auth/login", "{").expectError(415, "UNSUPPORTED_MEDIA_TYPE");
        }
        assertLimited(careless.post("/auth/login", "{"));
    }

    @Test
    void letsTheNextOneInWhenItSaidThatItWould() {
        for (int i = 0; i < 3; i++) {
            login("192.0.2.1").expect(401);
        }
        int seconds = login("192.0.2.1").expectError(429, "RATE_LIMITED").getInteger("retry_after_seconds");

        edge.clock().advance(Duration.ofSeconds(seconds));

        login("192.0.2.1").expect(401);
        assertLimited(login("192.0.2.1"));
    }

    @Test
    void isAsGoodAsNewAfterAMinute() {
        for (int i = 0; i < 4; i++) {
            login("192.0.2.1");
        }
        edge.clock().advance(Duration.ofMinutes(1));

        for (int i = 0; i < 3; i++) {
            login("192.0.2.1").expect(401);
        }
        assertLimited(login("192.0.2.1"));
    }

    /** As after a fail-over to a database whose clock is behind. */
    @Test
    void locksNobodyOutWhenTheClockIsSetBack() {
        for (int i = 0; i < 4; i++) {
            login("192.0.2.1");
        }
        edge.clock().step(Duration.ofHours(-2));
        assertLimited(login("192.0.2.1"));

        edge.clock().advance(Duration.ofMinutes(1));

        for (int i = 0; i < 3; i++) {
            login("192.0.2.1").expect(401);
        }
        assertLimited(login("192.0.2.1"));
    }

    @Test
    void neverLimitsHealth() {
        for (int i = 0; i < 20; i++) {
            edge.api().get("/health/live").expect(200);
        }
    }

    @Test
    void believesTheLastAddressThatNoTrustedProxyAdded() {
        for (int i = 0; i < 3; i++) {
            login("203.0.113." + i + ", 192.0.2.1, 10.0.0.1").expect(401);
        }
        assertLimited(login("203.0.113.77, 192.0.2.1 , 10.0.0.1"));
        login("192.0.2.1, 203.0.113.77").expect(401);
    }

    @Test
    void believesNobodyWhoIsNotATrustedProxy() {
        try (EdgeServer open =
                EdgeServer.with(LIMITS, List.of(), Map.of("login", refusing(ErrorCode.INVALID_CREDENTIALS)))) {
            for (int i = 0; i < 3; i++) {
                open.api()
                        .with("X-Forwarded-For", "192.0.2." + i)
                        .post("/auth/login", "{}")
                        .expect(401);
            }
            assertLimited(open.api().with("X-Forwarded-For", "192.0.2.9").post("/auth/login", "{}"));
        }
    }

    @Test
    void zeroIsUnlimited() {
        try (EdgeServer open = EdgeServer.with(
                new RateLimits(0, 0, 0, 0, 0, 0, 0, 0),
                List.of(),
                Map.of("login", refusing(ErrorCode.INVALID_CREDENTIALS)))) {
            for (int i = 0; i < 50; i++) {
                open.api().post("/auth/login", "{}").expect(401);
            }
        }
    }
}
