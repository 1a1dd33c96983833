package com.clicknback.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class PasswordChangeTest {
    private static final String NEW = "N3w!Password";

    /** The hash of the password of all fixtures. */
    private static final String BCRYPT = "$2b$10$GAwAjGi9DaPe4/Avmf6zX.EwCwyhh5enY4NvpPwZoCtk3Ai8uJTMm";

    private final TestService service;
    private final ApiClient api;
    private final Scenario given;
    private final Sql sql;

    PasswordChangeTest(TestService service, ApiClient api, Scenario given, Sql sql) {
        this.service = service;
        this.api = api;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void replacesThePassword() {
        Session user = given.user();

        JsonObject account = change(user, Session.PASSWORD, NEW).expect(200).json();

        assertThat(account).isEqualTo(api.as(user).get("/users/me").json());
        login(user, Session.PASSWORD).expectError(401, "INVALID_CREDENTIALS");
        login(user, NEW).expect(200);
    }

    @Test
    void endsAllSessionsButTheCallers() {
        Session user = given.user();
        Session elsewhere = given.login(user.userId(), user.email());
        Session stranger = given.user();

        change(user, Session.PASSWORD, NEW).expect(200);

        api.as(elsewhere).get("/users/me").expectError(401, "INVALID_TOKEN");
        refresh(elsewhere).expectError(401, "TOKEN_REVOKED");
        api.as(user).get("/users/me").expect(200);
        JsonObject tokens = refresh(user).expect(200).json();
        api.withToken(tokens.getString("access_token")).get("/users/me").expect(200);
        api.as(stranger).get("/users/me").expect(200);
    }

    @Test
    void endsTheSessionThatSetThePasswordBefore() {
        Session user = given.user();
        change(user, Session.PASSWORD, NEW).expect(200);
        JsonObject later = login(user, NEW).expect(200).json();

        ApiClient elsewhere = api.withToken(later.getString("access_token"));
        elsewhere.patch("/users/me", body(NEW, Session.PASSWORD)).expect(200);

        api.as(user).get("/users/me").expectError(401, "INVALID_TOKEN");
        refresh(user).expectError(401, "TOKEN_REVOKED");
        elsewhere.get("/users/me").expect(200);
    }

    @Test
    void endsAllSessionsWhenTheTokenNamesNone() {
        Session user = given.user();
        Session withoutSession = given.session(user.userId());

        change(withoutSession, Session.PASSWORD, NEW).expect(200);

        refresh(user).expectError(401, "TOKEN_REVOKED");
        api.as(withoutSession).get("/users/me").expectError(401, "INVALID_TOKEN");
    }

    @Test
    void refusesAWrongPasswordAndChangesNothing() {
        Session user = given.user();

        Reply refused = change(user, "wrong", NEW);

        assertThat(refused.expectError(400, "WRONG_PASSWORD")
                        .getJsonArray("violations")
                        .getJsonObject(0)
                        .getString("field"))
                .isEqualTo("current_password");
        login(user, Session.PASSWORD).expect(200);
        refresh(user).expect(200);
        assertThat(audited(user)).isEmpty();
    }

    @Test
    void refusesASimplePasswordAsRegistrationDoes() {
        JsonObject details = change(given.user(), "wrong", "abcdefgh").expectError(400, "PASSWORD_NOT_COMPLEX_ENOUGH");

        assertThat(details.getJsonArray("violations"))
                .hasSize(3)
                .allSatisfy(violation ->
                        assertThat(((JsonObject) violation).getString("field")).isEqualTo("new_password"));
    }

    @Test
    void namesMembersThatAreMissingOrTooLong() {
        Session user = given.user();

        assertThat(api.as(user).patch("/users/me", new JsonObject()).expectViolations(422))
                .containsExactly("current_password", "new_password");
        assertThat(change(user, "x".repeat(129), "x".repeat(129)).expectViolations(422))
                .containsExactly("current_password", "new_password");
    }

    @Test
    void isTheUsersOwnDeedInTheAuditLog() {
        Session user = given.user();

        change(user, Session.PASSWORD, NEW).expect(200);

        assertThat(audited(user))
                .containsExactly(Map.of("actor_type", "user", "actor_id", user.userId(), "details", "{}"));
    }

    @Test
    void ofSimultaneousChangesOneWins() {
        Session user = given.user();
        List<CompletableFuture<Reply>> changes = IntStream.range(0, 4)
                .mapToObj(i -> api.as(user).sendAsync("PATCH", "/users/me", body(Session.PASSWORD, NEW + i)))
                .toList();

        List<Integer> winners = IntStream.range(0, 4)
                .filter(i -> changes.get(i).join().status() == 200)
                .boxed()
                .toList();
        assertThat(winners).hasSize(1);
        assertThat(audited(user)).hasSize(1);
        login(user, NEW + winners.get(0)).expect(200);
    }

    @Test
    void aLoginThatRenewsTheHashEndsNoSession() {
        Session user = given.user();
        sql.execute("UPDATE users SET password_hash = ? WHERE id = ?", BCRYPT, user.userId());

        login(user, Session.PASSWORD).expect(200);

        api.as(user).get("/users/me").expect(200);
        refresh(user).expect(200);
    }

    @Test
    void countsWrongPasswordsForTheAccountWhateverTheAddressHasProved() {
        try (TestService limited = service.another(Map.of("CLICKNBACK_RATE_LIMIT_ACCOUNT", "2"))) {
            Session user = given.user();
            ApiClient client = limited.api().as(user);
            limited.api()
                    .post("/auth/login", JsonObject.of("email", user.email(), "password", Session.PASSWORD))
                    .expect(200);
            for (int i = 0; i < 2; i++) {
                client.patch("/users/me", body("wrong", NEW)).expectError(400, "WRONG_PASSWORD");
            }
            client.patch("/users/me", body(Session.PASSWORD, NEW)).expectError(429, "RATE_LIMITED");
            client.patch("/users/me", body(Session.PASSWORD, "simple")).expectError(400, "PASSWORD_NOT_COMPLEX_ENOUGH");
        }
    }

    /** Each takes the hashing threads, which all logins share, for as long as two of those. */
    @Test
    void countsRightPasswordsToo() {
        try (TestService limited = service.another(Map.of("CLICKNBACK_RATE_LIMIT_ACCOUNT", "2"))) {
            ApiClient client = limited.api().as(given.user());
            client.patch("/users/me", body(Session.PASSWORD, NEW)).expect(200);
            client.patch("/users/me", body(NEW, Session.PASSWORD)).expect(200);

            client.patch("/users/me", body(Session.PASSWORD, NEW)).expectError(429, "RATE_LIMITED");
        }
    }

    @Test
    void strangersWhoGuessAtTheLoginDoNotKeepTheOwnerFromChangingIt() {
        try (TestService limited = service.another(Map.of("CLICKNBACK_RATE_LIMIT_ACCOUNT", "2"))) {
            Session user = given.user();
            JsonObject guess = JsonObject.of("email", user.email(), "password", "wrong");
            for (int i = 0; i < 2; i++) {
                limited.api().post("/auth/login", guess).expectError(401, "INVALID_CREDENTIALS");
            }
            limited.api().post("/auth/login", guess).expectError(429, "RATE_LIMITED");

            limited.api()
                    .as(user)
                    .patch("/users/me", body(Session.PASSWORD, NEW))
                    .expect(200);
        }
    }

    private List<Map<String, Object>> audited(Session user) {
        return sql.rows(
                "SELECT actor_type, actor_id, details::text FROM audit_log"
                        + " WHERE resource_type = 'user' AND resource_id = ? AND action = 'PASSWORD_CHANGED'",
                user.userId().toString());
    }

    private Reply change(Session user, String current, String wanted) {
        return api.as(user).patch("/users/me", body(current, wanted));
    }

    private static JsonObject body(String current, String wanted) {
        return JsonObject.of("current_password", current, "new_password", wanted);
    }

    private Reply login(Session user, String password) {
        return api.post("/auth/login", JsonObject.of("email", user.email(), "password", password));
    }

    private Reply refresh(Session user) {
        return api.post("/auth/refresh", JsonObject.of("refresh_token", user.refreshToken()));
    }
}
