package com.clicknback.users;

import com.clicknback.audit.Actor;
import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.UUID;

/** The part of an erasure that concerns the account itself, in the transaction of the caller. */
public final class ErasedUsers {
    /** A top-level domain that is never registered (RFC 2606). */
    private static final String DOMAIN = "@erased.invalid";

    private final Passwords passwords;

    public ErasedUsers(Vertx vertx) {
        this.passwords = new Passwords(vertx, PasswordCost.OWASP);
    }

    /**
     * Reads an account that is to be erased and blocks other changes of it until the transaction ends. Fails with NOT_FOUND,
     * OWN_ACCOUNT, LAST_ADMIN, FORBIDDEN.
     */
    public Future<User> lock(SqlConnection tx, UUID id, Actor actor) {
        return UserStore.lockAdmins(tx)
                .compose(admins -> UserStore.lock(tx, id)
                        .map(found -> found.orElseThrow(() -> DomainException.notFound("user", id)))
                        .map(user -> {
                            if (user.administers()) {
                                AccessChange.requireOther(id, actor, admins);
                            }
                            AccessChange.requireAdmin(actor, admins);
                            return user;
                        }));
    }

    /**
     * Replaces the e-mail, makes the password unusable, takes role and activity, and ends all sessions. The address is free
     * for a new account from then on.
     */
    public Future<Void> erase(SqlConnection tx, UUID id, Instant now) {
        return UserStore.erase(tx, id, "erased-" + id + DOMAIN, passwords.hashOfNothing(), now);
    }
}
