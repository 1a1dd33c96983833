package com.clicknback.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class BearerTokensTest {
    private static final String ADMIN_ONLY = "/audit-logs";

    private final ApiClient api;
    private final Scenario given;
    private final Sql sql;
    private final TestClock clock;

    BearerTokensTest(ApiClient api, Scenario given, Sql sql, TestClock clock) {
        this.api = api;
        this.given = given;
        this.sql = sql;
        this.clock = clock;
    }

    @Test
    void refusesACallWithoutHeader() {
        assertUnauthorized(api.get("/users/me"), "INVALID_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "Bearer x", "Bearer a.b.c", "Token %s", "%s"})
    void refusesWhatIsNoBearerToken(String header) {
        String token = given.user().accessToken();

        assertUnauthorized(api.with("Authorization", header.formatted(token)).get("/users/me"), "INVALID_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "BEARER", "bEaReR"})
    void readsTheSchemeInAnyCase(String scheme) {
        Session user = given.user();

        api.with("Authorization", scheme + " " + user.accessToken())
                .get("/users/me")
                .expect(200);
    }

    @Test
    void acceptsATokenThatAnotherHolderOfTheKeySigned() {
        Session user = given.user();

        api.withToken(forged(user, claims -> claims)).get("/users/me").expect(200);
    }

    @ParameterizedTest
    @CsvSource({"iss, another", "token_type, refresh", "user_role, root", "user_id, x", "sub, x", "exp, x"})
    void refusesAForgedClaim(String name, String value) {
        Session user = given.user();

        assertUnauthorized(
                api.withToken(forged(user, claims -> claims.put(name, value))).get("/users/me"), "INVALID_TOKEN");
    }

    @Test
    void refusesOtherKeysAlgorithmsAndTypes() {
        Session user = given.user();
        JsonObject claims = ForgedTokens.claims(user.accessToken());
        JsonObject none = JsonObject.of("alg", "none", "typ", "JWT");
        String unsigned = ForgedTokens.encoded(none) + "." + ForgedTokens.encoded(claims) + ".";

        for (String token : List.of(
                ForgedTokens.sign(ForgedTokens.HEADER, claims, "another key of the tests, 32 bytes or more"),
                ForgedTokens.sign(none, claims, TestConfig.JWT_SECRET),
                unsigned,
                user.accessToken() + "x",
                user.refreshToken())) {
            assertUnauthorized(api.withToken(token).get("/users/me"), "INVALID_TOKEN");
        }
    }

    @Test
    void tellsAnExpiredTokenFromAnInvalidOne() {
        Session user = given.user();
        clock.advance(Duration.ofMinutes(15));

        assertThat(assertUnauthorized(api.as(user).get("/users/me"), "EXPIRED_TOKEN"))
                .isEmpty();
        String expiredAndForged = forged(user, claims -> claims.put("iss", "another"));
        assertUnauthorized(api.withToken(expiredAndForged).get("/users/me"), "INVALID_TOKEN");
    }

    @Test
    void locksAnInactiveUserOutAtOnceAndForGood() {
        Session user = given.user();
        sql.execute("UPDATE users SET active = false WHERE id = ?", user.userId());

        assertThat(assertUnauthorized(api.as(user).get("/users/me"), "USER_INACTIVE"))
                .isEqualTo(JsonObject.of("user_id", user.userId().toString()));

        sql.execute("UPDATE users SET active = true WHERE id = ?", user.userId());
        assertUnauthorized(api.as(user).get("/users/me"), "INVALID_TOKEN");
    }

    @Test
    void refusesTheTokenOfAUserWhoIsGone() {
        Session user = given.user();
        sql.execute("DELETE FROM users WHERE id = ?", user.userId());

        assertUnauthorized(api.as(user).get("/users/me"), "INVALID_TOKEN");
        assertUnauthorized(
                api.withToken(forged(user, claims -> {
                            String nobody = UUID.randomUUID().toString();
                            return claims.put("sub", nobody).put("user_id", nobody);
                        }))
                        .get("/users/me"),
                "INVALID_TOKEN");
    }

    @Test
    void theRecordDecidesTheRoleAndNotTheClaim() {
        Session user = given.user();
        String boasting = forged(user, claims -> claims.put("user_role", "admin"));

        Reply refused = api.withToken(boasting).get(ADMIN_ONLY);
        assertThat(refused.expectError(403, "FORBIDDEN"))
                .isEqualTo(JsonObject.of("required_role", "admin", "current_role", "user"));
        assertThat(refused.header("WWW-Authenticate")).isNull();

        sql.execute("UPDATE users SET role = 'admin' WHERE id = ?", user.userId());
        api.as(user).get(ADMIN_ONLY).expect(200);

        sql.execute("UPDATE users SET role = 'user' WHERE id = ?", user.userId());
        api.as(user).get(ADMIN_ONLY).expectError(403, "FORBIDDEN");
    }

    @Test
    void toldApartInACrowdEachCallerIsWhoTheyAre() {
        List<Session> users = List.of(given.user(), given.user(), given.user());
        List<Session> callers = new ArrayList<>();
        List<CompletableFuture<Reply>> sent = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Session caller = users.get(i % users.size());
            callers.add(caller);
            sent.add(api.as(caller).sendAsync("GET", "/users/me", null));
        }

        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i).join().expect(200).json().getString("id"))
                    .isEqualTo(callers.get(i).userId().toString());
        }
    }

    private static JsonObject assertUnauthorized(Reply reply, String code) {
        JsonObject details = reply.expectError(401, code);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        return details;
    }

    /** The access token of a user, changed and signed with the right key. */
    private static String forged(Session user, UnaryOperator<JsonObject> change) {
        JsonObject claims = ForgedTokens.claims(user.accessToken());
        return ForgedTokens.sign(ForgedTokens.HEADER, change.apply(claims), TestConfig.JWT_SECRET);
    }
}
