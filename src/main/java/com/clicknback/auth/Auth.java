package com.clicknback.auth;

import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.users.EmailAddress;
import com.clicknback.users.User;
import java.net.InetAddress;
import java.util.UUID;

/** The messages that the domain of sessions answers. */
public final class Auth {
    private Auth() {}

    /** Opens a session. Fails with INVALID_CREDENTIALS, USER_INACTIVE, RATE_LIMITED, OVERLOADED. */
    record Login(EmailAddress email, String password, InetAddress client) implements Request<Tokens> {

        /** Without the password. */
        @Override
        public String toString() {
            return "Login[" + email + "]";
        }
    }

    /**
     * Continues a session: spends its refresh token for new tokens. Fails with INVALID_REFRESH_TOKEN,
     * EXPIRED_REFRESH_TOKEN, TOKEN_REVOKED, USER_INACTIVE.
     */
    record Refresh(String refreshToken) implements Request<Tokens> {

        /** Without the token itself. */
        @Override
        public String toString() {
            return "Refresh[]";
        }
    }

    /** Ends the session of a refresh token; does nothing when the text is no such token. */
    record Logout(String refreshToken) implements Request<Done> {

        /** Without the token itself. */
        @Override
        public String toString() {
            return "Logout[]";
        }
    }

    /** Fails with INVALID_TOKEN once a session has ended. */
    record RequireSession(UUID sessionId) implements Request<Done> {}

    /** Lists a page of a user's sessions that have not expired, ended ones too, the newest first. */
    public record ListSessions(UUID userId, PageRequest page) implements Request<Page<SessionView>> {}

    /** The tokens of a user's session: one to call operations with, one to continue the session with. */
    record Tokens(User user, String accessToken, String refreshToken) {

        /** Without the tokens themselves. */
        @Override
        public String toString() {
            return "Tokens[]";
        }
    }
}
