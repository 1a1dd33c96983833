package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The cashback that a purchase is credited with.
 *
 * @param amount after the cap; may be zero
 * @param capUsedBefore the part of the cap that earlier purchases have; null without an offer
 */
public record Credit(
        UUID purchaseId,
        UUID userId,
        Money amount,
        LocalDate capMonth,
        @Nullable UUID offerId,
        @Nullable Money capUsedBefore) {

    static Credit of(RatedPurchase purchase, Money amount, Money capUsedBefore) {
        return new Credit(
                purchase.id(),
                purchase.userId(),
                amount,
                purchase.capMonth(),
                purchase.terms().offerId(),
                purchase.isCapped() ? capUsedBefore : null);
    }
}
