package com.clicknback.purchases;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads of purchases on a connection of the caller's, so that they agree with everything else its transaction sees. */
public final class StoredPurchases {
    private StoredPurchases() {}

    /** The purchase as it stands now; empty when there is none. */
    public static Future<Optional<Purchase>> find(SqlConnection connection, UUID id) {
        return PurchaseStore.find(connection, id);
    }

    /** The owners of those purchases that exist, by purchase. */
    public static Future<Map<UUID, UUID>> owners(SqlConnection tx, Collection<UUID> purchaseIds) {
        return DecisionStore.findOwners(tx, purchaseIds);
    }

    /** The states of credited purchases, by purchase; their owners' wallets are locked, so nothing changes them. */
    public static Future<Map<UUID, PurchaseState>> states(SqlConnection tx, Collection<UUID> purchaseIds) {
        return DecisionStore.findStates(tx, purchaseIds);
    }

    /**
     * Gives the partner's rejection of a purchase an earlier time, and its reason; false when it is not rejected, or had this
     * reason.
     *
     * @param toldAt the partner's time, up to which what it told of the purchase counts
     */
    public static Future<Boolean> restateRejection(
            SqlConnection tx, UUID purchaseId, String reason, Instant toldAt, Instant now) {
        return DecisionStore.restateRejection(tx, purchaseId, reason, toldAt, now);
    }
}
