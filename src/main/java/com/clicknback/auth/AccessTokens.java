package com.clicknback.auth;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.json.CanonicalUuid;
import com.clicknback.users.Role;
import com.clicknback.users.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tokens with which a user calls operations. */
final class AccessTokens {
    private static final String ROLE = "user_role";
    private static final String SESSION = "session_id";

    /** Absent from tokens that others sign with the key: they hold until the first change of the password. */
    private static final String PASSWORD_VERSION = "password_version";

    private static final Set<String> ROLES = Set.of(nameOf(Role.USER), nameOf(Role.ADMIN));

    private final SignedTokens signed;

    AccessTokens(Vertx vertx, AuthSettings settings, Clock clock) {
        signed = new SignedTokens(vertx, settings.secret(), "access", settings.accessLifetime(), clock);
    }

    /** The bearer of a valid token. */
    record Bearer(
            UUID userId, int passwordVersion, @Nullable UUID sessionId) {}

    String issue(User user, UUID sessionId) {
        JsonObject claims = new JsonObject()
                .put(ROLE, nameOf(user.role()))
                .put(SESSION, sessionId.toString())
                .put(PASSWORD_VERSION, user.password().number());
        return signed.sign(user.id(), claims).text();
    }

    /**
     * Returns the token's bearer; fails with INVALID_TOKEN or EXPIRED_TOKEN. The token's role is not returned,
     * since the stored user decides.
     */
    Future<Bearer> verify(String token) {
        return signed.read(token).map(AccessTokens::bearer);
    }

    private static Bearer bearer(Optional<SignedTokens.Claims> read) {
        SignedTokens.Claims claims = read.filter(
                        found -> found.all().getValue(ROLE) instanceof String role && ROLES.contains(role))
                .filter(found -> found.all().getValue(PASSWORD_VERSION, 0) instanceof Integer)
                .orElseThrow(() -> new DomainException(ErrorCode.INVALID_TOKEN, "The access token is not valid."));
        if (claims.expired()) {
            throw new DomainException(ErrorCode.EXPIRED_TOKEN, "The access token has expired.");
        }
        return new Bearer(claims.userId(), claims.all().getInteger(PASSWORD_VERSION, 0), sessionId(claims.all()));
    }

    private static @Nullable UUID sessionId(JsonObject claims) {
        return claims.getValue(SESSION) instanceof String text ? CanonicalUuid.of(text) : null;
    }

    private static String nameOf(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
