package com.clicknback.users;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Words;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Changes by administrators of what a user may do, each with its audit rows. Nobody takes access from oneself, and the last
 * active administrator keeps it: changes lock all administrators, one after the other.
 */
final class AccessChange {
    private static final String USER = "user";

    private final Database database;
    private final AuditTrail audit;

    AccessChange(Database database, AuditTrail audit) {
        this.database = database;
        this.audit = audit;
    }

    Future<User> update(Users.Update message) {
        return database.inTransaction(tx -> UserStore.lockAdmins(tx)
                .compose(admins -> UserStore.lock(tx, message.id())
                        .map(found -> found.orElseThrow(() -> DomainException.notFound(USER, message.id())))
                        .compose(before -> update(tx, message, before, admins))));
    }

    private Future<User> update(SqlConnection tx, Users.Update message, User before, List<UUID> admins) {
        User after = before.with(
                message.role() == null ? before.role() : message.role(),
                message.active() == null ? before.active() : message.active());
        requireNotErased(before);
        if (before.administers() && !after.administers()) {
            requireOther(before.id(), message.actor(), admins);
        }
        requireAdmin(message.actor(), admins);
        List<AuditEntry> entries = entries(before, after, message.actor());
        return entries.isEmpty()
                ? Future.succeededFuture(before)
                : UserStore.setAccess(tx, after)
                        .compose(set -> audit.record(tx, entries))
                        .map(after);
    }

    private static void requireNotErased(User user) {
        if (user.erasedAt() != null) {
            throw refusal(ErrorCode.ACCOUNT_ERASED, "The account was erased. It cannot be used again.", user.id());
        }
    }

    /** The rule that who has ceased to be an administrator while waiting for the lock changes nothing. */
    static void requireAdmin(Actor actor, List<UUID> admins) {
        if (!admins.contains(actor.id())) {
            throw new DomainException(
                    ErrorCode.FORBIDDEN,
                    "This operation is for admins.",
                    DomainException.details("required_role", "admin", "current_role", "user"));
        }
    }

    /** The rule that nobody takes access from oneself or from the last administrator. */
    static void requireOther(UUID id, Actor actor, List<UUID> admins) {
        if (id.equals(actor.id())) {
            throw refusal(ErrorCode.OWN_ACCOUNT, "Nobody demotes, deactivates or erases oneself.", id);
        }
        if (admins.stream().allMatch(id::equals)) {
            throw refusal(ErrorCode.LAST_ADMIN, "The last active administrator stays one.", id);
        }
    }

    private static DomainException refusal(ErrorCode code, String message, UUID id) {
        return new DomainException(code, message, Map.of("user_id", id.toString()));
    }

    private static List<AuditEntry> entries(User before, User after, Actor actor) {
        List<AuditEntry> entries = new ArrayList<>();
        if (before.role() != after.role()) {
            entries.add(entry(
                    AuditAction.USER_ROLE_SET,
                    after.id(),
                    actor,
                    Map.of("prior_role", Words.of(before.role()), "role", Words.of(after.role()))));
        }
        if (before.active() != after.active()) {
            AuditAction action = after.active() ? AuditAction.USER_ACTIVATED : AuditAction.USER_DEACTIVATED;
            entries.add(entry(action, after.id(), actor, Map.of()));
        }
        return entries;
    }

    private static AuditEntry entry(AuditAction action, UUID id, Actor actor, Map<String, String> details) {
        return new AuditEntry(actor, action, USER, id.toString(), details);
    }

    Future<Done> endSessions(Users.EndSessions message) {
        AuditEntry entry = entry(AuditAction.USER_SESSIONS_ENDED, message.id(), message.actor(), Map.of());
        return database.inTransaction(tx -> UserStore.endSessions(tx, message.id())
                        .compose(ended -> ended
                                ? audit.record(tx, entry)
                                : Future.failedFuture(DomainException.notFound(USER, message.id()))))
                .map(Done.DONE);
    }
}
