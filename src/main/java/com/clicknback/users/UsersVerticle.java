package com.clicknback.users;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditTrail;
import com.clicknback.platform.batch.Batcher;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.intake.RateLimiter;
import com.clicknback.users.UserStore.Account;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** Answers the messages about accounts: registration, lookups, checks of credentials. */
public final class UsersVerticle extends VerticleBase {
    private static final int LOOKUPS_PER_QUERY_MAX = 1_000;

    /** Upper bound on the lookups that wait; each belongs to a request that the edge has admitted. */
    private static final int LOOKUPS_WAITING_MAX = 10_000;

    private final Bus bus;
    private final Database database;
    private final AuditTrail audit;
    private final Registration registration;
    private final AccountLimit accountLimit;
    private final PasswordCost cost;

    /**
     * @param wrongPasswords bounds them for each account
     */
    public UsersVerticle(
            Bus bus,
            Database database,
            AuditTrail audit,
            TimeOrderedIds ids,
            Clock clock,
            RateLimiter wrongPasswords,
            PasswordCost cost) {
        this.bus = bus;
        this.database = database;
        this.audit = audit;
        this.registration = new Registration(database, audit, ids, clock);
        this.accountLimit = new AccountLimit(wrongPasswords, clock);
        this.cost = cost;
    }

    @Override
    public Future<?> start() {
        Passwords passwords = new Passwords(vertx, cost);
        Batcher<UUID, Users.Found> lookups =
                new Batcher<>(vertx, this::find, LOOKUPS_PER_QUERY_MAX, LOOKUPS_WAITING_MAX);
        bus.answer(Users.Find.class, message -> lookups.submit(message.id()));
        bus.answer(
                Users.Get.class, message -> lookups.submit(message.id()).map(found -> existing(found, message.id())));
        bus.<Page<User>, Users.ListAll>answer(Users.ListAll.class, message -> UserStore.list(database, message));
        bus.answer(
                Users.FindByEmail.class,
                message -> UserStore.findByEmail(database, EmailPrefix.of(message.prefix()))
                        .map(Users.Matches::new));
        bus.answer(Users.Register.class, message -> register(message, passwords));
        bus.answer(Users.CheckCredentials.class, message -> checkCredentials(message, passwords));
        AccessChange access = new AccessChange(database, audit);
        bus.answer(Users.Update.class, access::update);
        bus.answer(Users.EndSessions.class, access::endSessions);
        bus.answer(Users.ChangePassword.class, new PasswordChange(database, audit, passwords, accountLimit)::of);
        return Future.succeededFuture();
    }

    private Future<List<Users.Found>> find(List<UUID> userIds) {
        return UserStore.findAll(database, new HashSet<>(userIds))
                .map(users -> userIds.stream()
                        .map(id -> new Users.Found(users.get(id)))
                        .toList());
    }

    private static User existing(Users.Found found, UUID id) {
        if (found.user() == null) {
            throw DomainException.notFound("user", id);
        }
        return found.user();
    }

    private Future<User> register(Users.Register message, Passwords passwords) {
        return registration.open(
                message.email(), message.password(), Role.USER, id -> Actor.user(id, message.requestId()), passwords);
    }

    private Future<User> checkCredentials(Users.CheckCredentials message, Passwords passwords) {
        return accountLimit.guard(message.email(), message.client(), () -> findOwner(message, passwords));
    }

    private Future<User> findOwner(Users.CheckCredentials message, Passwords passwords) {
        String password = message.password();
        return UserStore.findByEmail(database, message.email().key())
                .compose(account -> passwords
                        .matches(password, account.map(Account::passwordHash).orElse(null))
                        .map(matches -> account.filter(found -> matches).orElseThrow(UsersVerticle::invalidCredentials))
                        .compose(owner -> renewHash(owner, password, passwords)));
    }

    /** Replaces a hash of an older form by one of today's. Only at a login is the password known. */
    private Future<User> renewHash(Account account, String password, Passwords passwords) {
        if (passwords.isCurrent(account.passwordHash())) {
            return Future.succeededFuture(account.user());
        }
        return passwords
                .hash(password)
                .compose(hash -> UserStore.replaceHash(database, account, hash))
                .map(account.user());
    }

    private static DomainException invalidCredentials() {
        return new DomainException(ErrorCode.INVALID_CREDENTIALS, "Unknown e-mail or wrong password.");
    }
}
