package com.clicknback.auth;

import static com.clicknback.auth.RefreshCalls.REFRESH;
import static com.clicknback.auth.RefreshCalls.assertRevoked;
import static com.clicknback.auth.RefreshCalls.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logins and refreshes that a change of the account overtakes: it has happened, but has not committed yet. */
@ExtendWith(ServiceExtension.class)
class OvertakenSessionsTest {
    private static final String DEACTIVATE = "UPDATE users SET active = false WHERE id = ?";

    private static final String CHANGE_PASSWORD =
            "UPDATE users SET password_hash = '-', password_version = password_version + 1 WHERE id = ?";

    private final ApiClient api;
    private final Scenario given;
    private final Sql sql;

    OvertakenSessionsTest(ApiClient api, Scenario given, Sql sql) {
        this.api = api;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void aLoginThatADeactivationOvertakesOpensNoSession() throws SQLException {
        Session user = given.user();

        overtaken(DEACTIVATE, user, login(user)).expectError(401, "USER_INACTIVE");

        assertThat(sessionsOf(user)).isZero();
    }

    @Test
    void aRefreshThatADeactivationOvertakesContinuesNothing() throws SQLException {
        Session user = given.user();

        assertRevoked(overtaken(DEACTIVATE, user, new Request(REFRESH, token(user.refreshToken()))));

        assertThat(sessionsOf(user)).isZero();
    }

    @Test
    void aLoginThatANewPasswordOvertakesOpensNoSession() throws SQLException {
        Session user = given.user();

        overtaken(CHANGE_PASSWORD, user, login(user)).expectError(401, "INVALID_CREDENTIALS");

        assertThat(sessionsOf(user)).isZero();
    }

    @Test
    void aRefreshThatANewPasswordOvertakesContinuesNothing() throws SQLException {
        Session user = given.user();

        assertRevoked(overtaken(CHANGE_PASSWORD, user, new Request(REFRESH, token(user.refreshToken()))));

        assertThat(sessionsOf(user)).isZero();
    }

    private record Request(String path, JsonObject body) {}

    private static Request login(Session user) {
        return new Request("/auth/login", JsonObject.of("email", user.email(), "password", Session.PASSWORD));
    }

    /** The answer to a request that waits for a change of its user to commit. */
    private Reply overtaken(String change, Session user, Request request) throws SQLException {
        try (Connection other = sql.connect();
                PreparedStatement changing = other.prepareStatement(change)) {
            other.setAutoCommit(false);
            changing.setObject(1, user.userId());
            changing.executeUpdate();
            CompletableFuture<Reply> reply = api.sendAsync("POST", request.path(), request.body());
            Waiting.until("the request waits for the change", () -> reply.isDone() || waiting() > 0);
            other.commit();
            return reply.join();
        }
    }

    private long waiting() {
        return sql.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock' AND query LIKE '%token_families%'");
    }

    private long sessionsOf(Session user) {
        return sql.count("SELECT count(*) FROM token_families WHERE user_id = ? AND revoked_at IS NULL", user.userId());
    }
}
