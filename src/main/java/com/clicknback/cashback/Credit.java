package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The cashback that a purchase is credited with.
 *
 * @param amount after the cap; may be zero
 * @param capUsedBefore the used amount of the cap before this credit; null without an offer
 */
public record Credit(
        UUID purchaseId,
        UUID userId,
        Money amount,
        LocalDate capMonth,
        @Nullable UUID offerId,
        @Nullable Money capUsedBefore) {

    CapKey capKey() {
        return new CapKey(userId, offerId, capMonth);
    }
}
