package com.clicknback.offers;

import com.clicknback.cashback.CashbackType;
import com.clicknback.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The cashback that a merchant's customers earn during a window.
 *
 * @param cashbackValueE4 ten-thousandths of a percent or of a currency unit
 * @param monthlyCap the most that one user can earn with it in a calendar month
 * @param holdDays between the confirmation of a purchase and its cashback becoming available; null leaves it to the
 *     merchant
 */
public record Offer(
        UUID id,
        UUID merchantId,
        OfferingMerchant merchant,
        CashbackType cashbackType,
        long cashbackValueE4,
        Money monthlyCap,
        @Nullable Integer holdDays,
        OfferWindow window,
        boolean active,
        Instant createdAt) {

    /**
     * The merchant at present.
     *
     * @param takesClicks whether shoppers can be led there
     */
    public record OfferingMerchant(String name, boolean active, boolean takesClicks) {}

    /** The offer with another last day and cap. */
    Offer with(LocalDate end, Money newMonthlyCap, @Nullable Integer newHoldDays) {
        return new Offer(
                id,
                merchantId,
                merchant,
                cashbackType,
                cashbackValueE4,
                newMonthlyCap,
                newHoldDays,
                new OfferWindow(window.start(), end),
                active,
                createdAt);
    }

    Offer withActive(boolean newActive) {
        return new Offer(
                id,
                merchantId,
                merchant,
                cashbackType,
                cashbackValueE4,
                monthlyCap,
                holdDays,
                window,
                newActive,
                createdAt);
    }
}
