package com.clicknback.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.RawConnection;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class AccessChangeTest {
    private final TestService service;
    private final ApiClient api;
    private final Scenario given;
    private final Sql sql;

    AccessChangeTest(TestService service, ApiClient api, Scenario given, Sql sql) {
        this.service = service;
        this.api = api;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void promotesAndDemotesFromTheNextRequestOn() {
        Session user = given.user();

        JsonObject promoted =
                update(user, JsonObject.of("role", "admin")).expect(200).json();

        assertThat(promoted.getString("role")).isEqualTo("admin");
        api.as(user).get("/users").expect(200);
        update(user, JsonObject.of("role", "user")).expect(200);
        api.as(user).get("/users").expectError(403, "FORBIDDEN");
        assertThat(audited(user))
                .containsExactly(
                        "USER_ROLE_SET {\"role\": \"admin\", \"prior_role\": \"user\"}",
                        "USER_ROLE_SET {\"role\": \"user\", \"prior_role\": \"admin\"}");
    }

    @Test
    void deactivationEndsSessionsAndActivationDoesNotBringThemBack() {
        Session user = given.user();

        update(user, JsonObject.of("active", false)).expect(200);

        api.as(user).get("/users/me").expectError(401, "USER_INACTIVE");
        update(user, JsonObject.of("active", true)).expect(200);
        refresh(user).expectError(401, "TOKEN_REVOKED");
        api.as(user).get("/users/me").expectError(401, "INVALID_TOKEN");
        api.as(given.login(user.userId(), user.email())).get("/users/me").expect(200);
        assertThat(audited(user)).containsExactly("USER_DEACTIVATED {}", "USER_ACTIVATED {}");
    }

    /** The session that set the password outlives the change of it, and nothing more. */
    @Test
    void deactivationEndsTheSessionThatSetThePasswordToo() {
        Session user = given.user();
        api.as(user)
                .patch(
                        "/users/me",
                        JsonObject.of("current_password", Session.PASSWORD, "new_password", Session.PASSWORD + "2"))
                .expect(200);
        api.as(user).get("/users/me").expect(200);

        sql.execute("UPDATE users SET active = false WHERE id = ?", user.userId());
        sql.execute("UPDATE users SET active = true WHERE id = ?", user.userId());

        api.as(user).get("/users/me").expectError(401, "INVALID_TOKEN");
        refresh(user).expectError(401, "TOKEN_REVOKED");
    }

    @Test
    void changesNothingWhenNothingIsToChange() {
        Session user = given.user();

        update(user, JsonObject.of("role", "user", "active", true)).expect(200);
        update(user, new JsonObject()).expect(200);

        refresh(user).expect(200);
        assertThat(audited(user)).isEmpty();
    }

    @Test
    void endsAllSessionsAtOnce() {
        Session user = given.user();
        Session elsewhere = given.login(user.userId(), user.email());
        Session stranger = given.user();

        given.asAdmin().delete("/users/" + user.userId() + "/sessions").expect(204);

        for (Session ended : List.of(user, elsewhere)) {
            api.as(ended).get("/users/me").expectError(401, "INVALID_TOKEN");
            refresh(ended).expectError(401, "TOKEN_REVOKED");
        }
        api.as(stranger).get("/users/me").expect(200);
        api.as(given.login(user.userId(), user.email())).get("/users/me").expect(200);
        assertThat(audited(user)).containsExactly("USER_SESSIONS_ENDED {}");
    }

    @Test
    void letsUsersEndTheirOwnSessions() {
        Session user = given.user();
        Session elsewhere = given.login(user.userId(), user.email());
        Session stranger = given.user();

        api.as(user).delete("/users/me/sessions").expect(204);

        for (Session ended : List.of(user, elsewhere)) {
            api.as(ended).get("/users/me").expectError(401, "INVALID_TOKEN");
            refresh(ended).expectError(401, "TOKEN_REVOKED");
        }
        api.as(stranger).get("/users/me").expect(200);
        api.as(given.login(user.userId(), user.email())).get("/users/me").expect(200);
        assertThat(sql.<String>column(
                        "SELECT actor_type FROM audit_log WHERE resource_id = ? AND action = 'USER_SESSIONS_ENDED'",
                        user.userId().toString()))
                .containsExactly("user");
    }

    @Test
    void keepsEveryAdministratorFromLockingThemselvesOut() {
        Session admin = given.newAdmin();

        for (JsonObject change : List.of(JsonObject.of("role", "user"), JsonObject.of("active", false))) {
            assertThat(api.as(admin).patch("/users/" + admin.userId(), change).expectError(409, "OWN_ACCOUNT"))
                    .isEqualTo(JsonObject.of("user_id", admin.userId().toString()));
        }
        api.as(admin)
                .patch("/users/" + admin.userId(), JsonObject.of("active", true))
                .expect(200);
    }

    /** In a database of its own, where these two are all administrators there are. */
    @Test
    void leavesOneOfTwoWhoDemoteEachOtherAtOnce() throws SQLException {
        try (TestService service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
                Connection lock = service.sql().connect()) {
            Scenario there = new Scenario(service);
            Session one = there.newAdmin();
            Session other = there.newAdmin();
            lock.setAutoCommit(false);
            lock.createStatement().execute("SELECT FROM users WHERE role = 'admin' FOR UPDATE");

            CompletableFuture<Reply> first = demote(service, one, other);
            CompletableFuture<Reply> second = demote(service, other, one);
            Waiting.until("both wait", () -> waiting(service.sql()) == 2);
            lock.rollback();

            List<Reply> replies = new ArrayList<>(List.of(first.join(), second.join()));
            replies.sort(Comparator.comparing(Reply::status));
            replies.get(0).expect(200);
            replies.get(1).expectError(409, "LAST_ADMIN");
            assertThat(service.sql().count("SELECT count(*) FROM users WHERE role = 'admin'"))
                    .isOne();
        }
    }

    /** The changes of an administrator wait behind the one that ends that administrator's own access. */
    @Test
    void ofAnAdministratorWhoHasLostAccessMeanwhileHaveNoEffect() throws SQLException {
        JsonObject restored = JsonObject.of("role", "admin", "active", true);
        for (JsonObject end : List.of(JsonObject.of("role", "user"), JsonObject.of("active", false))) {
            Session other = given.newAdmin();
            Session third = given.newAdmin();
            CompletableFuture<Reply> first;
            List<CompletableFuture<Reply>> behind;
            try (Connection lock = sql.connect()) {
                lock.setAutoCommit(false);
                lock.createStatement().execute("SELECT FROM users WHERE role = 'admin' FOR UPDATE");
                first = given.asAdmin().sendAsync("PATCH", "/users/" + other.userId(), end);
                Waiting.until("the first waits", () -> waiting(sql) == 1);
                ApiClient losing = api.as(other);
                behind = List.of(
                        losing.sendAsync("PATCH", "/users/" + other.userId(), restored),
                        losing.sendAsync("PATCH", "/users/" + third.userId(), end),
                        losing.sendAsync("POST", "/users/" + third.userId() + "/erasure", null));
                Waiting.until("all wait", () -> waiting(sql) == 1 + behind.size());
                lock.rollback();
            }

            first.join().expect(200);
            behind.forEach(late -> late.join().expectError(403, "FORBIDDEN"));
            assertThat(audited(other)).hasSize(1);
            assertThat(audited(third)).isEmpty();
        }
    }

    /** The head of a request is there, and was found to be an administrator's, before its body comes. */
    @Test
    void countForRequestsWhoseBodiesAreOnTheirWay() throws IOException {
        Map<String, Consumer<Session>> ends = Map.of(
                "FORBIDDEN", session -> update(session, JsonObject.of("role", "user")),
                "USER_INACTIVE", session -> update(session, JsonObject.of("active", false)),
                "INVALID_TOKEN", session -> api.as(session).delete("/users/me/sessions"));
        for (Map.Entry<String, Consumer<Session>> end : ends.entrySet()) {
            Session admin = given.newAdmin();
            Session user = given.user();
            String body = JsonObject.of("role", "admin").encode();
            try (RawConnection connection = RawConnection.to(service.httpPort())) {
                connection.write("PATCH /api/v1/users/" + user.userId()
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + admin.accessToken()
                        + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
                        + body.length() + "\r\n\r\n");
                connection.awaitContinue();
                end.getValue().accept(admin);
                connection.write(body);

                JsonObject error = connection.read().orElseThrow().json().getJsonObject("error");
                assertThat(error.getString("code")).isEqualTo(end.getKey());
            }
            assertThat(audited(user)).isEmpty();
        }
    }

    private static long waiting(Sql sql) {
        return sql.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock' AND query LIKE '%ORDER BY id FOR NO KEY UPDATE%'");
    }

    @Test
    void knowsNoUserWhoDoesNotExist() {
        String id = UUID.randomUUID().toString();

        given.asAdmin().patch("/users/" + id, JsonObject.of("active", false)).expectError(404, "NOT_FOUND");
        given.asAdmin().delete("/users/" + id + "/sessions").expectError(404, "NOT_FOUND");
        given.asAdmin().patch("/users/" + id, JsonObject.of("role", "root")).expectError(422, "VALIDATION_ERROR");
    }

    private static CompletableFuture<Reply> demote(TestService service, Session admin, Session other) {
        return service.api().as(admin).sendAsync("PATCH", "/users/" + other.userId(), JsonObject.of("role", "user"));
    }

    private Reply update(Session user, JsonObject change) {
        return given.asAdmin().patch("/users/" + user.userId(), change);
    }

    private Reply refresh(Session user) {
        return api.post("/auth/refresh", JsonObject.of("refresh_token", user.refreshToken()));
    }

    private List<String> audited(Session user) {
        return sql.column(
                "SELECT action || ' ' || details FROM audit_log WHERE resource_id = ? AND action <> 'USER_REGISTERED'"
                        + " ORDER BY occurred_at, id",
                user.userId().toString());
    }
}
