package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase that waits for its credit.
 *
 * @param cashback what it earned before the cap
 * @param offerId null without an offer, and then without a cap
 * @param cap of the offer, per user and month; null without an offer
 */
record UncreditedPurchase(
        UUID id,
        UUID userId,
        Money cashback,
        LocalDate capMonth,
        @Nullable UUID offerId,
        @Nullable Money cap) {

    /** Which cap it draws on; only with an offer. */
    CapKey capKey() {
        return new CapKey(userId, offerId, capMonth);
    }
}
