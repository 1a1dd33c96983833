package com.clicknback.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sessions of a user as administrators see them. */
@ExtendWith(ServiceExtension.class)
class UserSessionsTest {
    private final ApiClient api;
    private final Scenario given;
    private final Sql sql;
    private final TestClock clock;

    UserSessionsTest(ApiClient api, Scenario given, Sql sql, TestClock clock) {
        this.api = api;
        this.given = given;
        this.sql = sql;
        this.clock = clock;
    }

    @Test
    void listsSessionsWithTheirLatestRefreshAndTheirEnd() {
        Session first = given.user();
        clock.advance(Duration.ofMinutes(1));
        Session second = given.login(first.userId(), first.email());
        clock.advance(Duration.ofMinutes(1));
        api.post("/auth/refresh", JsonObject.of("refresh_token", first.refreshToken()))
                .expect(200);
        api.post("/auth/logout", JsonObject.of("refresh_token", second.refreshToken()))
                .expect(204);

        List<JsonObject> sessions = sessions(first);

        assertThat(sessions).hasSize(2);
        JsonObject ended = sessions.get(0);
        JsonObject open = sessions.get(1);
        assertThat(ended.getString("ended_at")).isNotNull();
        assertThat(open.getString("ended_at")).isNull();
        assertThat(Duration.between(at(open, "created_at"), at(open, "refreshed_at")))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(at(ended, "refreshed_at")).isEqualTo(at(ended, "created_at"));
        assertThat(at(open, "expires_at")).isAfter(at(open, "refreshed_at"));
    }

    /** Without a limit, somebody could have so many that no statement ends them all: nobody could deactivate the account. */
    @Test
    void theOldestSessionBeyondAThousandEnds() {
        Session first = given.user();
        sql.execute("""
                INSERT INTO token_families (id, user_id, created_at)
                SELECT gen_random_uuid(), user_id, created_at + interval '1 second'
                FROM token_families, generate_series(1, 1010) WHERE user_id = ?
                """, first.userId());
        clock.advance(Duration.ofMinutes(1));

        Session last = given.login(first.userId(), first.email());

        assertThat(sql.count(
                        "SELECT count(*) FROM token_families WHERE user_id = ? AND revoked_at IS NULL", first.userId()))
                .isEqualTo(1_000);
        refresh(first).expectError(401, "TOKEN_REVOKED");
        refresh(last).expect(200);
    }

    private Reply refresh(Session session) {
        return api.post("/auth/refresh", JsonObject.of("refresh_token", session.refreshToken()));
    }

    private List<JsonObject> sessions(Session user) {
        return given
                .asAdmin()
                .get("/users/" + user.userId() + "/sessions")
                .expect(200)
                .json()
                .getJsonArray("data")
                .stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static Instant at(JsonObject session, String time) {
        return Instant.parse(session.getString(time));
    }
}
