package com.clicknback.flags;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** The part of an erasure that concerns feature flags, in the transaction of the caller. */
public final class ErasedDescriptions {
    private ErasedDescriptions() {}

    /** Deletes what administrators wrote at the flags of a user. Their values stay: they decide about purchases. */
    public static Future<Void> erase(SqlConnection tx, UUID userId) {
        return FlagStore.clearDescriptions(tx, userId);
    }
}
