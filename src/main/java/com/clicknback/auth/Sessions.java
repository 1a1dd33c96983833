package com.clicknback.auth;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.users.User;
import com.clicknback.users.Users;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Opens, continues and ends sessions. A session is a family of refresh tokens, each of which is spent once. A second use
 * means that somebody has a copy, so it ends the session for both.
 */
final class Sessions {
    /** The result of presenting a refresh token. Refusals are committed too: one of them revokes the family. */
    private enum Outcome {
        ROTATED,
        NOT_STORED,
        SPENT,
        USER_INACTIVE
    }

    private final Bus bus;
    private final Database database;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;

    Sessions(Vertx vertx, Bus bus, Database database, TimeOrderedIds ids, Clock clock, AuthSettings settings) {
        this.bus = bus;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.accessTokens = new AccessTokens(vertx, settings, clock);
        this.refreshTokens = new RefreshTokens(vertx, settings, clock);
    }

    static DomainException inactive(User user) {
        return new DomainException(
                ErrorCode.USER_INACTIVE,
                "The account is not active.",
                Map.of("user_id", user.id().toString()));
    }

    Future<Auth.Tokens> login(Auth.Login message) {
        return bus.ask(new Users.CheckCredentials(message.email(), message.password()))
                .compose(user -> user.active() ? open(user) : Future.failedFuture(inactive(user)));
    }

    private Future<Auth.Tokens> open(User user) {
        SignedTokens.Signed first = refreshTokens.issue(user.id());
        return SessionStore.open(database, ids.next(), user.id(), first)
                .recover(SqlFailures.refuseOn(
                        SessionStore.USER_EXISTS,
                        () -> new DomainException(ErrorCode.INVALID_CREDENTIALS, "The account no longer exists.")))
                .map(opened -> new Auth.Tokens(accessTokens.issue(user), first.text()));
    }

    /** Finds the user first: a transaction that waits for another domain would hold a connection meanwhile. */
    Future<Auth.Tokens> refresh(Auth.Refresh message) {
        String token = message.refreshToken();
        return refreshTokens
                .verify(token)
                .compose(userId -> bus.ask(new Users.Find(userId)).compose(found -> {
                    User user = found.user();
                    // A token without its user is not stored: the database deletes both together.
                    return user == null ? Future.failedFuture(RefreshTokens.invalid()) : rotate(token, user);
                }));
    }

    private Future<Auth.Tokens> rotate(String token, User user) {
        SignedTokens.Signed next = refreshTokens.issue(user.id());
        return database.inTransaction(tx -> SessionStore.lock(tx, token, user.id())
                        .compose(presented -> settle(tx, token, presented, user, next)))
                .map(outcome -> switch (outcome) {
                    case ROTATED -> new Auth.Tokens(accessTokens.issue(user), next.text());
                    case NOT_STORED -> throw RefreshTokens.invalid();
                    case SPENT -> throw RefreshTokens.revoked();
                    case USER_INACTIVE -> throw inactive(user);
                });
    }

    private Future<Outcome> settle(
            SqlConnection tx,
            String token,
            Optional<SessionStore.Presented> presented,
            User user,
            SignedTokens.Signed next) {
        if (presented.isEmpty()) {
            return Future.succeededFuture(Outcome.NOT_STORED);
        }
        if (presented.get().spent()) {
            return SessionStore.revoke(tx, presented.get().familyId(), now()).map(Outcome.SPENT);
        }
        return user.active()
                ? SessionStore.rotate(tx, token, next).map(Outcome.ROTATED)
                : Future.succeededFuture(Outcome.USER_INACTIVE);
    }

    Future<Done> logout(Auth.Logout message) {
        return SessionStore.revokeByToken(database, message.refreshToken(), now())
                .map(Done.DONE);
    }

    /** Deletes some of the expired tokens and returns how many. */
    Future<Integer> purge(int tokensMax) {
        return database.inTransaction(tx -> SessionStore.deleteExpired(tx, now(), tokensMax));
    }

    private Instant now() {
        return clock.instant();
    }
}
