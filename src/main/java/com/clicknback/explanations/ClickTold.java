package com.clicknback.explanations;

import com.clicknback.clicks.ClickId;
import com.clicknback.explanations.Explanation.Order;
import com.clicknback.purchases.Purchase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The click that a purchase was reported with, told as a sentence; also its form on the wire. An expired click is refused.
 * So a purchase has other terms than its click promised only if it was made before the click, or first submitted by its
 * user, who names none.
 *
 * @param termsApplied whether the purchase earns by the terms of the click
 */
public record ClickTold(ClickId id, Instant issuedAt, boolean termsApplied, String message) {

    /** Null for a purchase that names no click. */
    static @Nullable ClickTold of(Purchase purchase, @Nullable Order order) {
        ClickId id = purchase.clickId();
        if (id == null) {
            return null;
        }
        Instant issuedAt = id.issuedAt();
        if (purchase.purchasedAt().isBefore(issuedAt)) {
            return new ClickTold(
                    id,
                    issuedAt,
                    false,
                    "The purchase was made at " + purchase.purchasedAt() + ", before the click " + id + " of "
                            + issuedAt + ": the terms are those in force when it was made.");
        }
        return order != null && order.isFirstByUser()
                ? new ClickTold(
                        id,
                        issuedAt,
                        false,
                        "The partner named the click " + id + " of " + issuedAt
                                + " after the user had submitted the order: the terms are those in force when it was made.")
                : new ClickTold(id, issuedAt, true, "The terms are those of the click " + id + " of " + issuedAt + ".");
    }
}
