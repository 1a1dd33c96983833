package com.clicknback.ingestion.references;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.UUID;

/** The references that users give their purchases and orders. */
public final class UserReferences {
    private UserReferences() {}

    /** The orders of a user, those of the latest purchases first. */
    public static Future<Page<ReportedOrder>> listOrders(Database database, UUID userId, PageRequest page) {
        return ReferenceStore.listOrders(database, userId, page);
    }

    /**
     * Replaces what a user called purchases and orders, which may be any text, in the transaction of the caller. The names
     * that partners gave stay: a repeated report is recognised by them. Some thousands are replaced at a time; true when
     * there may be more.
     */
    public static Future<Boolean> erase(SqlConnection tx, UUID userId) {
        return ReferenceStore.eraseOfUser(tx, userId);
    }

    /**
     * Keeps external ids from reports that attach until the transaction ends. Those keep theirs elsewhere than purchases do,
     * so no constraint sees both. Others may use the ids for purchases meanwhile.
     */
    public static Future<Void> keepFromReports(SqlConnection tx, Collection<String> externalIds) {
        return ReferenceStore.lockShared(tx, externalIds);
    }

    /** Keeps external ids from all other submissions of users until the transaction ends. */
    public static Future<Void> keepForReports(SqlConnection tx, Collection<String> externalIds) {
        return ReferenceStore.lock(tx, externalIds);
    }
}
