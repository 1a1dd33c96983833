package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The terms under which a purchase earns cashback, fixed at ingestion.
 *
 * @param offerId the offer in force, or null where the merchant's default percentage applies
 * @param valueE4 ten-thousandths of a percent or of a currency unit
 * @param monthlyCap of the offer for each user; null with the merchant's default, which has none
 * @param holdDays between the confirmation and the cashback becoming available; 0 for none
 */
public record CashbackTerms(
        @Nullable UUID offerId,
        CashbackType type,
        long valueE4,
        @Nullable Money monthlyCap,
        int holdDays) {

    /** Terms without a hold. */
    public CashbackTerms(@Nullable UUID offerId, CashbackType type, long valueE4, @Nullable Money monthlyCap) {
        this(offerId, type, valueE4, monthlyCap, 0);
    }

    /** The merchant's default percentage, without a cap and without a hold. */
    public static CashbackTerms merchantDefault(long percentageE4) {
        return new CashbackTerms(null, CashbackType.PERCENT, percentageE4, null);
    }

    /** The same with another hold. */
    public CashbackTerms withHold(int days) {
        return days == holdDays ? this : new CashbackTerms(offerId, type, valueE4, monthlyCap, days);
    }
}
