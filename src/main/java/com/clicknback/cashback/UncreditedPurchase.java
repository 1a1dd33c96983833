package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase that waits for its credit.
 *
 * @param cashback before the cap
 * @param offerId null with the merchant's default, which has no cap
 * @param cap of the offer, per user and month; null without an offer
 */
record UncreditedPurchase(
        UUID id,
        UUID userId,
        Money cashback,
        LocalDate capMonth,
        @Nullable UUID offerId,
        @Nullable Money cap) {

    /** The cap that it draws on; only with an offer. */
    CapKey capKey() {
        return new CapKey(userId, offerId, capMonth);
    }
}
