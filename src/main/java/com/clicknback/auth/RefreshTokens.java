package com.clicknback.auth;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The tokens with which a session is continued. */
final class RefreshTokens {
    private final SignedTokens signed;

    RefreshTokens(Vertx vertx, AuthSettings settings, Clock clock) {
        signed = new SignedTokens(vertx, settings.secret(), "refresh", settings.refreshLifetime(), clock);
    }

    SignedTokens.Signed issue(UUID userId) {
        return signed.sign(userId, new JsonObject());
    }

    /** The token that was issued with these claims, written again. */
    SignedTokens.Signed again(UUID userId, UUID id, Instant issuedAt, Instant expiresAt) {
        return signed.sign(userId, new JsonObject(), id, issuedAt, expiresAt);
    }

    /** Returns the id of the token's user; fails with INVALID_REFRESH_TOKEN or EXPIRED_REFRESH_TOKEN. */
    Future<UUID> verify(String token) {
        return signed.read(token).map(RefreshTokens::owner);
    }

    private static UUID owner(Optional<SignedTokens.Claims> read) {
        SignedTokens.Claims claims = read.orElseThrow(RefreshTokens::invalid);
        if (claims.expired()) {
            throw new DomainException(ErrorCode.EXPIRED_REFRESH_TOKEN, "The refresh token has expired.");
        }
        return claims.userId();
    }

    static DomainException invalid() {
        return new DomainException(ErrorCode.INVALID_REFRESH_TOKEN, "Invalid or expired refresh token.");
    }

    static DomainException revoked() {
        return new DomainException(ErrorCode.TOKEN_REVOKED, "The refresh token has been revoked. Log in again.");
    }
}
