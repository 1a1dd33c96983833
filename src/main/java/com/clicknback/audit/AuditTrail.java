package com.clicknback.audit;

import com.clicknback.platform.db.TimeOrderedIds;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Writes audit rows in the transaction of the change that they record. */
public final class AuditTrail {
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
        return entries.isEmpty() ? Future.succeededFuture() : AuditStore.insert(tx, entries, ids, clock.instant());
    }

    /** The changes of a resource by some actions that are on record, earliest first. */
    public static Future<List<AuditedChange>> of(
            SqlConnection connection, String resourceType, String resourceId, Set<AuditAction> actions) {
        return AuditStore.findChanges(connection, resourceType, resourceId, actions);
    }
}
