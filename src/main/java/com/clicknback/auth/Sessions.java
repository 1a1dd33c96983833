package com.clicknback.auth;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.users.CheckCredentials;
import com.clicknback.users.FindUser;
import com.clicknback.users.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens, continues and ends sessions. A session is a family of refresh tokens, each of which is spent once; a second use
 * means that somebody has a copy, and ends the session for both.
 */
final class Sessions {
    /** What became of a refresh token; a refusal too is committed, because it may have revoked the family. */
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

    Future<Tokens> login(Login message) {
        return bus.ask(new CheckCredentials(message.email(), message.password()))
                .compose(user -> user.active() ? open(user) : Future.failedFuture(inactive(user)));
    }

    private Future<Tokens> open(User user) {
        SignedTokens.Signed first = refreshTokens.issue(user.id());
        return SessionStore.open(database, ids.next(), user.id(), first)
                .recover(SqlFailures.refuseOn(
                        SessionStore.USER_EXISTS,
                        () -> new DomainException(ErrorCode.INVALID_CREDENTIALS, "The account no longer exists.")))
                .map(opened -> new Tokens(accessTokens.issue(user), first.text()));
    }

    /** Asks for the user first: a transaction that waited for another domain would hold a connection meanwhile. */
    Future<Tokens> refresh(RefreshSession message) {
        String token = message.refreshToken();
        return refreshTokens
                .verify(token)
                .compose(userId -> bus.ask(new FindUser(userId)).compose(found -> rotate(token, userId, found.user())));
    }

    private Future<Tokens> rotate(String token, UUID userId, @Nullable User user) {
        SignedTokens.Signed next = refreshTokens.issue(userId);
        return database.inTransaction(tx -> SessionStore.lock(tx, token, userId)
                        .compose(presented -> settle(tx, token, presented, user, next)))
                .map(outcome -> switch (outcome) {
                    case ROTATED -> new Tokens(accessTokens.issue(user), next.text());
                    case NOT_STORED -> throw RefreshTokens.invalid();
                    case SPENT -> throw RefreshTokens.revoked();
                    case USER_INACTIVE -> throw inactive(user);
                });
    }

    private Future<Outcome> settle(
            SqlConnection tx,
            String token,
            Optional<SessionStore.Presented> presented,
            @Nullable User user,
            SignedTokens.Signed next) {
        // Without its user a token is not stored either: the database deletes both together.
        if (presented.isEmpty() || user == null) {
            return Future.succeededFuture(Outcome.NOT_STORED);
        }
        if (presented.get().spent()) {
            return SessionStore.revoke(tx, presented.get().familyId(), now()).map(Outcome.SPENT);
        }
        return user.active()
                ? SessionStore.rotate(tx, token, next).map(Outcome.ROTATED)
                : Future.succeededFuture(Outcome.USER_INACTIVE);
    }

    Future<Done> logout(Logout message) {
        return SessionStore.revokeByToken(database, message.refreshToken(), now())
                .map(Done.DONE);
    }

    /** Deletes some of the tokens that have expired; returns how many. */
    Future<Integer> purge(int tokensMax) {
        return database.inTransaction(tx -> SessionStore.deleteExpired(tx, now(), tokensMax));
    }

    private Instant now() {
        return clock.instant();
    }
}
