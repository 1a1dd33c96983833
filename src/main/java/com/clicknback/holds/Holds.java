package com.clicknback.holds;

import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The list of held purchases. Whoever changes it has locked the wallets of their owners. */
public final class Holds {
    private Holds() {}

    public static Future<Void> begin(SqlConnection tx, List<HeldPurchase> begun) {
        return begun.isEmpty() ? Future.succeededFuture() : HoldStore.insert(tx, begun);
    }

    public static Future<Void> end(SqlConnection tx, Collection<UUID> purchaseIds) {
        return purchaseIds.isEmpty() ? Future.succeededFuture() : HoldStore.delete(tx, purchaseIds);
    }

    /** The holds of those of the purchases whose cashback is held. */
    public static Future<List<HeldPurchase>> find(SqlConnection connection, Collection<UUID> purchaseIds) {
        return HoldStore.find(connection, purchaseIds);
    }

    /**
     * Claims purchases whose release is due, the longest due first; needs no lock.
     *
     * @param claimedUntil the time at which the claim lapses
     */
    public static Future<List<HeldPurchase>> claim(Database database, Instant now, Instant claimedUntil, int max) {
        return HoldStore.claim(database, now, claimedUntil, max);
    }

    /** The earliest end of a hold; empty when nothing is held. */
    public static Future<Optional<Instant>> oldest(Database database) {
        return HoldStore.oldest(database);
    }

    /** Counts held purchases, up to a number. */
    public static Future<Long> count(Database database, int max) {
        return HoldStore.count(database, max);
    }
}
