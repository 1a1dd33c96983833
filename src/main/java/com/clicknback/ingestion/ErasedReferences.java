package com.clicknback.ingestion;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** The part of an erasure that concerns references of purchases, in the transaction of the caller. */
public final class ErasedReferences {
    private ErasedReferences() {}

    /**
     * Replaces what a user called purchases and orders, which may be any text. The names that partners gave stay: a
     * repeated report is recognised by them. Some thousands are replaced at a time; true when there may be more.
     */
    public static Future<Boolean> erase(SqlConnection tx, UUID userId) {
        return ReferenceStore.eraseOfUser(tx, userId);
    }
}
