package com.clicknback.auth;

import static java.util.Objects.requireNonNull;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.users.User;
import com.clicknback.users.Users;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens, continues and ends sessions. A session is a family of refresh tokens, each of which is spent once. A second
 * use after a short grace means that somebody has a copy, so it ends the session for both.
 */
final class Sessions {
    /** The result of presenting a refresh token. Refusals are committed too: one of them revokes the family. */
    private enum Outcome {
        CONTINUED,
        NOT_STORED,
        REUSED,
        ENDED,
        USER_INACTIVE
    }

    /**
     * An outcome and what it yields.
     *
     * @param sessionId null unless the session is continued
     * @param refreshToken null unless the session is continued
     */
    private record Settled(
            Outcome outcome,
            @Nullable UUID sessionId,
            @Nullable String refreshToken) {
        static Settled as(Outcome refusal) {
            return new Settled(refusal, null, null);
        }

        static Settled with(UUID sessionId, String refreshToken) {
            return new Settled(Outcome.CONTINUED, sessionId, refreshToken);
        }

        /** Without the token itself. */
        @Override
        public String toString() {
            return "Settled[" + outcome + "]";
        }
    }

    private final Bus bus;
    private final Database database;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final Duration grace;

    Sessions(Vertx vertx, Bus bus, Database database, TimeOrderedIds ids, Clock clock, AuthSettings settings) {
        this.bus = bus;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.accessTokens = new AccessTokens(vertx, settings, clock);
        this.refreshTokens = new RefreshTokens(vertx, settings, clock);
        this.grace = settings.refreshGrace();
    }

    static DomainException inactive(User user) {
        return new DomainException(
                ErrorCode.USER_INACTIVE,
                "The account is not active.",
                Map.of("user_id", user.id().toString()));
    }

    Future<Auth.Tokens> login(Auth.Login message) {
        return bus.ask(new Users.CheckCredentials(message.email(), message.password(), message.client()))
                .compose(user -> user.active() ? open(user) : Future.failedFuture(inactive(user)));
    }

    private Future<Auth.Tokens> open(User user) {
        SignedTokens.Signed first = refreshTokens.issue(user.id());
        UUID sessionId = ids.next();
        return SessionStore.open(database, sessionId, user, first)
                .compose(opened -> opened
                        ? Future.succeededFuture(
                                new Auth.Tokens(user, accessTokens.issue(user, sessionId), first.text()))
                        : overtaken(user));
    }

    /** The account changed after its password was found right. */
    private Future<Auth.Tokens> overtaken(User user) {
        return bus.ask(new Users.Find(user.id())).compose(found -> {
            User now = found.user();
            return Future.failedFuture(
                    now == null || now.active()
                            ? new DomainException(ErrorCode.INVALID_CREDENTIALS, "The account has just changed.")
                            : inactive(now));
        });
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
                        .compose(presented -> presented.isEmpty()
                                ? Future.succeededFuture(Settled.as(Outcome.NOT_STORED))
                                : settle(tx, token, presented.get(), user, next)))
                .map(settled -> switch (settled.outcome()) {
                    case CONTINUED ->
                        new Auth.Tokens(
                                user,
                                accessTokens.issue(user, requireNonNull(settled.sessionId())),
                                requireNonNull(settled.refreshToken()));
                    case NOT_STORED -> throw RefreshTokens.invalid();
                    case REUSED -> throw RefreshTokens.revoked().because(RefreshFault.REUSED);
                    case ENDED -> throw RefreshTokens.revoked().because(RefreshFault.SESSION_ENDED);
                    case USER_INACTIVE -> throw inactive(user);
                });
    }

    private Future<Settled> settle(
            SqlConnection tx, String token, SessionStore.Presented presented, User user, SignedTokens.Signed next) {
        if (!user.active()) {
            return Future.succeededFuture(Settled.as(Outcome.USER_INACTIVE));
        }
        if (presented.revoked()) {
            return Future.succeededFuture(Settled.as(Outcome.ENDED));
        }
        Instant rotatedAt = presented.rotatedAt();
        if (rotatedAt == null) {
            return SessionStore.rotate(tx, token, next, now()).map(Settled.with(presented.familyId(), next.text()));
        }
        // One that was spent in the future was spent before the clock was set back: nobody knows how long ago.
        return Duration.between(rotatedAt, now()).abs().compareTo(grace) < 0
                ? current(tx, presented.familyId(), user)
                : revoke(tx, presented.familyId());
    }

    /**
     * The family's current token, written again, for a client that refreshes twice at once, as two tabs do. A new one would
     * be a fork. Without the settings that it was signed with, it cannot be written again.
     */
    private Future<Settled> current(SqlConnection tx, UUID familyId, User user) {
        return SessionStore.findCurrent(tx, familyId).compose(found -> {
            Optional<String> text = found.flatMap(current -> Optional.of(refreshTokens
                            .again(user.id(), current.id(), current.issuedAt(), current.expiresAt())
                            .text())
                    .filter(current::isHashOf));
            return text.isPresent() ? Future.succeededFuture(Settled.with(familyId, text.get())) : revoke(tx, familyId);
        });
    }

    private Future<Settled> revoke(SqlConnection tx, UUID familyId) {
        return SessionStore.revoke(tx, familyId, now()).map(Settled.as(Outcome.REUSED));
    }

    Future<Done> logout(Auth.Logout message) {
        return SessionStore.revokeByToken(database, message.refreshToken(), now())
                .map(Done.DONE);
    }

    Future<Done> require(Auth.RequireSession message) {
        return SessionStore.isOpen(database, message.sessionId()).map(open -> {
            if (!open) {
                throw new DomainException(ErrorCode.INVALID_TOKEN, "The session of this token has ended.");
            }
            return Done.DONE;
        });
    }

    /** Deletes some of the expired tokens and returns how many. */
    Future<Integer> purge(int tokensMax) {
        return database.inTransaction(tx -> SessionStore.deleteExpired(tx, now(), tokensMax));
    }

    private Instant now() {
        return clock.instant();
    }
}
