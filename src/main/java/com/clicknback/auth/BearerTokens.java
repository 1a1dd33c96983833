package com.clicknback.auth;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Caller;
import com.clicknback.platform.http.TokenAuthenticator;
import com.clicknback.users.Role;
import com.clicknback.users.User;
import com.clicknback.users.Users;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Admits the bearer of an access token. Each call reads the user anew, so that promotion, demotion, deactivation
 * and a change of the password apply at once.
 */
public final class BearerTokens implements TokenAuthenticator {
    private final AccessTokens tokens;
    private final Bus bus;

    public BearerTokens(Vertx vertx, AuthSettings settings, Bus bus, Clock clock) {
        this.tokens = new AccessTokens(vertx, settings, clock);
        this.bus = bus;
    }

    @Override
    public Future<Caller.User> authenticate(String accessToken) {
        return tokens.verify(accessToken)
                .compose(bearer -> bus.ask(new Users.Find(bearer.userId())).map(found -> caller(bearer, found.user())));
    }

    @Override
    public Future<Caller.User> authenticateAgain(String accessToken) {
        return authenticate(accessToken)
                .compose(user -> user.sessionId() == null
                        ? Future.succeededFuture(user)
                        : bus.ask(new Auth.RequireSession(user.sessionId())).map(user));
    }

    private static Caller.User caller(AccessTokens.Bearer bearer, @Nullable User user) {
        if (user == null) {
            throw new DomainException(ErrorCode.INVALID_TOKEN, "The account of this token no longer exists.");
        }
        if (!user.active()) {
            throw Sessions.inactive(user);
        }
        if (!user.password().admits(bearer.passwordVersion(), bearer.sessionId())) {
            throw new DomainException(
                    ErrorCode.INVALID_TOKEN,
                    "The user's sessions were ended after this token was issued. Log in again.");
        }
        return new Caller.User(user.id(), user.role() == Role.ADMIN, bearer.sessionId());
    }
}
