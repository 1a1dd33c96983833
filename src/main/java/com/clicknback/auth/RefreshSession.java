package com.clicknback.auth;

import com.clicknback.platform.bus.Request;

/**
 * Continues a session: spends its refresh token for new tokens. Fails with {@code INVALID_REFRESH_TOKEN}, {@code
 * EXPIRED_REFRESH_TOKEN}, {@code TOKEN_REVOKED} and {@code USER_INACTIVE}.
 */
record RefreshSession(String refreshToken) implements Request<Tokens> {

    /** Without the token itself. */
    @Override
    public String toString() {
        return "RefreshSession[]";
    }
}
