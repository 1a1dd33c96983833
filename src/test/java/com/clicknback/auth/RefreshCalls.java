package com.clicknback.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Reply;
import io.vertx.core.json.JsonObject;

/** The paths that take a refresh token, and the refusals that they give. */
final class RefreshCalls {
    static final String REFRESH = "/auth/refresh";
    static final String LOGOUT = "/auth/logout";

    private RefreshCalls() {}

    static JsonObject token(String refreshToken) {
        return JsonObject.of("refresh_token", refreshToken);
    }

    static void assertInvalid(Reply reply) {
        assertThat(reply.expectError(401, "INVALID_REFRESH_TOKEN")).isEmpty();
        assertThat(reply.json().getJsonObject("error").getString("message"))
                .contains("Invalid or expired refresh token");
        assertThat(reply.header("WWW-Authenticate")).isNull();
    }

    static void assertRevoked(Reply reply) {
        assertThat(reply.expectError(401, "TOKEN_REVOKED")).isEmpty();
        assertThat(reply.json().getJsonObject("error").getString("message")).contains("revoked");
        assertThat(reply.header("WWW-Authenticate")).isNull();
    }
}
