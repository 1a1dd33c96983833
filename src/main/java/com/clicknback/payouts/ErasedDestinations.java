package com.clicknback.payouts;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** The part of an erasure that concerns payouts, in the transaction of the caller. */
public final class ErasedDestinations {
    private ErasedDestinations() {}

    /** The number of a user's payouts whose destination is stored. */
    public static Future<Long> count(SqlConnection connection, UUID userId) {
        return DestinationStore.countOfUser(connection, userId);
    }

    /**
     * Deletes the destinations of a user's payouts, all of which must have ended, and the keys of their requests with the
     * fingerprints. The caller holds the user's wallet.
     */
    public static Future<Void> erase(SqlConnection tx, UUID userId) {
        return DestinationStore.eraseOfUser(tx, userId);
    }
}
