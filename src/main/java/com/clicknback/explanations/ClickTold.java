package com.clicknback.explanations;

import com.clicknback.clicks.ClickId;
import com.clicknback.purchases.Purchase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The click that a purchase was reported with, told as a sentence; also its form on the wire. An expired click is refused,
 * so only a purchase that was made before its click has other terms than the click promised.
 *
 * @param termsApplied whether the purchase earns by the terms of the click
 */
public record ClickTold(ClickId id, Instant issuedAt, boolean termsApplied, String message) {

    /** Null for a purchase that names no click. */
    static @Nullable ClickTold of(Purchase purchase) {
        ClickId id = purchase.clickId();
        if (id == null) {
            return null;
        }
        Instant issuedAt = id.issuedAt();
        boolean applied = !purchase.purchasedAt().isBefore(issuedAt);
        String message = applied
                ? "The terms are those of the click " + id + " of " + issuedAt + "."
                : "The purchase was made at " + purchase.purchasedAt() + ", before the click " + id + " of " + issuedAt
                        + ": the terms are those in force when it was made.";
        return new ClickTold(id, issuedAt, applied, message);
    }
}
