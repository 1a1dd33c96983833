package com.clicknback.users;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.errors.Violation;
import com.clicknback.users.UserStore.Account;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Replaces the password of a user who knows the present one, with an audit row. The database ends the sessions. */
final class PasswordChange {
    /** A login may renew the stored hash meanwhile, once. Whatever else changes it also changes the password. */
    private static final int ATTEMPTS = 2;

    private final Database database;
    private final AuditTrail audit;
    private final Passwords passwords;
    private final AccountLimit accountLimit;

    PasswordChange(Database database, AuditTrail audit, Passwords passwords, AccountLimit accountLimit) {
        this.database = database;
        this.audit = audit;
        this.passwords = passwords;
        this.accountLimit = accountLimit;
    }

    Future<User> of(Users.ChangePassword message) {
        PasswordRules.require("new_password", Passwords.normalise(message.newPassword()));
        return attempt(message, ATTEMPTS);
    }

    private Future<User> attempt(Users.ChangePassword message, int attemptsLeft) {
        return UserStore.findWithHash(database, message.userId())
                .map(found -> found.orElseThrow(PasswordChange::gone))
                .compose(account -> accountLimit
                        .guardChange(message.userId(), () -> check(account, message))
                        .compose(right -> passwords.hash(message.newPassword()))
                        .compose(hash -> store(account, hash, message))
                        .compose(stored ->
                                stored ? Future.succeededFuture(account.user()) : again(message, attemptsLeft - 1)));
    }

    private Future<User> again(Users.ChangePassword message, int attemptsLeft) {
        return attemptsLeft > 0 ? attempt(message, attemptsLeft) : Future.failedFuture(wrongPassword());
    }

    private Future<Account> check(Account account, Users.ChangePassword message) {
        return passwords
                .matches(message.currentPassword(), account.passwordHash())
                .map(matches -> {
                    if (!matches) {
                        throw wrongPassword();
                    }
                    return account;
                });
    }

    private Future<Boolean> store(Account account, String hash, Users.ChangePassword message) {
        AuditEntry entry = new AuditEntry(
                Actor.user(message.userId(), message.requestId()),
                AuditAction.PASSWORD_CHANGED,
                "user",
                message.userId().toString(),
                Map.of());
        return database.inTransaction(tx -> UserStore.changePassword(tx, account, hash, message.sessionId())
                .compose(changed -> changed ? audit.record(tx, entry).map(true) : Future.succeededFuture(false)));
    }

    private static DomainException gone() {
        return new DomainException(ErrorCode.INVALID_TOKEN, "The account of this token no longer exists.");
    }

    private static DomainException wrongPassword() {
        return DomainException.withViolations(
                ErrorCode.WRONG_PASSWORD,
                "The current password is not right.",
                List.of(new Violation("current_password", "is not the password of this account")));
    }
}
