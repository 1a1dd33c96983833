package com.clicknback.users;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.db.Words;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Opens accounts, each with its audit row. */
public final class Registration {
    private final Database database;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    public Registration(Database database, AuditTrail audit, TimeOrderedIds ids, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Opens the account of an administrator. Fails with PASSWORD_NOT_COMPLEX_ENOUGH, EMAIL_ALREADY_REGISTERED. */
    public Future<User> ofAdmin(Vertx vertx, EmailAddress email, String password, String cause) {
        return open(email, password, Role.ADMIN, id -> Actor.system(cause), new Passwords(vertx, PasswordCost.OWASP));
    }

    /** Opens an account. Fails with PASSWORD_NOT_COMPLEX_ENOUGH, EMAIL_ALREADY_REGISTERED, OVERLOADED. */
    Future<User> open(
            EmailAddress email, String password, Role role, Function<UUID, Actor> actor, Passwords passwords) {
        PasswordRules.require("password", Passwords.normalise(password));
        User user = new User(ids.next(), email.value(), role, true, clock.instant(), PasswordVersion.FIRST, null);
        AuditEntry entry = new AuditEntry(
                actor.apply(user.id()),
                AuditAction.USER_REGISTERED,
                "user",
                user.id().toString(),
                Map.of("role", Words.of(role)));
        // Hashing inside the transaction would hold a connection for as long as it takes.
        return passwords
                .hash(password)
                .compose(hash -> database.inTransaction(tx ->
                        UserStore.insert(tx, user, email.key(), hash).compose(inserted -> audit.record(tx, entry))))
                .recover(SqlFailures.refuseOn(UserStore.EMAIL_UNIQUE, () -> alreadyRegistered(user.email())))
                .map(user);
    }

    private static DomainException alreadyRegistered(String email) {
        return new DomainException(
                ErrorCode.EMAIL_ALREADY_REGISTERED, email + " is already registered.", Map.of("email", email));
    }
}
