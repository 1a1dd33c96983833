package com.clicknback.explanations;

import com.clicknback.purchases.PurchaseStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase entering a state.
 *
 * @param from null when the purchase was ingested
 * @param actor null when it is not on record
 */
public record StateChange(
        @Nullable PurchaseStatus from,
        PurchaseStatus to,
        Instant at,
        @Nullable Kind actor,
        @Nullable UUID actorId,
        @Nullable String reason) {

    /** The kinds of author of a change of state. */
    public enum Kind {
        USER,
        PARTNER,
        ADMIN,
        SYSTEM
    }
}
