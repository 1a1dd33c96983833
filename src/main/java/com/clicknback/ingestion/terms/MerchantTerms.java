package com.clicknback.ingestion.terms;

import com.clicknback.cashback.CashbackTerms;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a merchant on one day, as they changed in the course of it.
 *
 * @param known false when there is no such merchant
 * @param periods in the order in which they began to be recorded
 */
public record MerchantTerms(boolean known, List<Period> periods) {
    /** Those of no merchant. */
    public static final MerchantTerms UNKNOWN = new MerchantTerms(false, List.of());

    /**
     * A stretch of time in which a merchant or one of its offers was active.
     *
     * @param until exclusive
     * @param terms of the offer; without one, the merchant's default, which may be zero; the hold is not in them yet
     * @param holdDays null when the offer leaves it to its merchant, or the merchant to the setting
     */
    public record Period(
            Instant from,
            Instant until,
            CashbackTerms terms,
            @Nullable Integer holdDays) {
        boolean covers(Instant time) {
            return !time.isBefore(from) && time.isBefore(until);
        }

        boolean isOfOffer() {
            return terms.offerId() != null;
        }
    }

    /** The hold of a purchase of a time whatever its other terms, as those of a click. */
    public int holdAt(Instant time, int byDefault) {
        Period ofOffer = inForce(time, true);
        Period inForce = ofOffer == null ? inForce(time, false) : ofOffer;
        return inForce == null ? byDefault : hold(inForce, time, byDefault);
    }

    private int hold(Period inForce, Instant time, int byDefault) {
        Integer days = inForce.holdDays();
        if (days == null) {
            Period ofMerchant = inForce(time, false);
            days = ofMerchant == null ? null : ofMerchant.holdDays();
        }
        return days == null ? byDefault : days;
    }

    /** The first period of an offer, or of the merchant itself, that covers a time; null when there is none. */
    private @Nullable Period inForce(Instant time, boolean ofOffer) {
        for (Period period : periods) {
            if (period.isOfOffer() == ofOffer && period.covers(time)) {
                return period;
            }
        }
        return null;
    }

    /** True when the merchant was active; null when there is no such merchant. */
    public @Nullable Boolean isActive(Instant time) {
        return known ? Boolean.valueOf(inForce(time, false) != null) : null;
    }

    /**
     * The terms of a purchase of a time; null when there are none. Of two offers that claim one time, as after one replaced
     * the other, the one that was recorded first was in force.
     *
     * @param holdDays the hold where neither the offer nor its merchant has one
     */
    public @Nullable CashbackTerms at(Instant time, int holdDays) {
        Period ofOffer = inForce(time, true);
        Period inForce = ofOffer == null ? inForce(time, false) : ofOffer;
        return inForce == null || ofOffer == null && inForce.terms().valueE4() <= 0
                ? null
                : inForce.terms().withHold(hold(inForce, time, holdDays));
    }
}
