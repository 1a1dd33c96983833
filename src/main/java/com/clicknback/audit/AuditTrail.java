package com.clicknback.audit;

import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.security.SecurityLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes audit rows in the transaction of the change that they record. */
public final class AuditTrail {
    /** The changes that the log of security events tells too. Of registrations, those that the operator makes. */
    private static final Map<AuditAction, String> SECURITY_EVENTS = Map.of(
            AuditAction.PASSWORD_CHANGED, "password_changed",
            AuditAction.USER_ACTIVATED, "user_activated",
            AuditAction.USER_DEACTIVATED, "user_deactivated",
            AuditAction.USER_ERASED, "user_erased",
            AuditAction.USER_ROLE_SET, "role_set",
            AuditAction.USER_SESSIONS_ENDED, "sessions_ended",
            AuditAction.PARTNER_DEACTIVATED, "partner_deactivated",
            AuditAction.USER_REGISTERED, "admin_created");

    private final SecurityLog security = new SecurityLog();
    private final TimeOrderedIds ids;
    private final Clock clock;

    public AuditTrail(TimeOrderedIds ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    public Future<Void> record(SqlConnection tx, AuditEntry entry) {
        return record(tx, List.of(entry));
    }

    /** Writes all entries in one statement. */
    public Future<Void> record(SqlConnection tx, List<AuditEntry> entries) {
        return entries.isEmpty()
                ? Future.succeededFuture()
                : AuditStore.insert(tx, entries, ids, clock.instant())
                        .onSuccess(recorded ->
                                Database.committed(tx).onSuccess(done -> entries.forEach(this::tellSecurity)));
    }

    private void tellSecurity(AuditEntry entry) {
        String event = SECURITY_EVENTS.get(entry.action());
        boolean ownRegistration =
                entry.action() == AuditAction.USER_REGISTERED && entry.actor().type() != Actor.Type.SYSTEM;
        if (event != null && !ownRegistration) {
            security.changed(
                    event,
                    entry.resourceType(),
                    entry.resourceId(),
                    entry.actor().cause());
        }
    }

    /** The changes of a resource by some actions that are on record, earliest first; at most so many. */
    public static Future<List<AuditedChange>> of(
            SqlConnection connection, String resourceType, String resourceId, Set<AuditAction> actions, int max) {
        return AuditStore.findChanges(connection, resourceType, resourceId, actions, max);
    }
}
