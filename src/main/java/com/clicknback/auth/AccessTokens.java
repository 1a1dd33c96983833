package com.clicknback.auth;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
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

/** The tokens with which a user calls operations. */
final class AccessTokens {
    private static final String ROLE = "user_role";
    private static final Set<String> ROLES = Set.of(nameOf(Role.USER), nameOf(Role.ADMIN));

    private final SignedTokens signed;

    AccessTokens(Vertx vertx, AuthSettings settings, Clock clock) {
        signed = new SignedTokens(vertx, settings.secret(), "access", settings.accessLifetime(), clock);
    }

    String issue(User user) {
        return signed.sign(user.id(), new JsonObject().put(ROLE, nameOf(user.role())))
                .text();
    }

    /**
     * Returns the id of the token's user; fails with INVALID_TOKEN or EXPIRED_TOKEN. The token's role is not returned,
     * since the stored user decides.
     */
    Future<UUID> verify(String token) {
        return signed.read(token).map(AccessTokens::bearer);
    }

    private static UUID bearer(Optional<SignedTokens.Claims> read) {
        SignedTokens.Claims claims = read.filter(
                        found -> found.all().getValue(ROLE) instanceof String role && ROLES.contains(role))
                .orElseThrow(() -> new DomainException(ErrorCode.INVALID_TOKEN, "The access token is not valid."));
        if (claims.expired()) {
            throw new DomainException(ErrorCode.EXPIRED_TOKEN, "The access token has expired.");
        }
        return claims.userId();
    }

    private static String nameOf(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
