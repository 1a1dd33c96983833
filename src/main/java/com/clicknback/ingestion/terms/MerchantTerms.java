package com.clicknback.ingestion.terms;

import com.clicknback.cashback.CashbackTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
        return periods.stream()
                .filter(period -> period.isOfOffer() && period.covers(time))
                .findFirst()
                .or(() -> active(time))
                .map(period -> hold(period, time, byDefault))
                .orElse(byDefault);
    }

    private int hold(Period inForce, Instant time, int byDefault) {
        return Optional.ofNullable(inForce.holdDays())
                .or(() -> active(time).map(Period::holdDays))
                .orElse(byDefault);
    }

    /** The merchant's own period at a time; empty while it was not active. */
    private Optional<Period> active(Instant time) {
        return periods.stream()
                .filter(period -> !period.isOfOffer() && period.covers(time))
                .findFirst();
    }

    /** True when the merchant was active; null when there is no such merchant. */
    public @Nullable Boolean isActive(Instant time) {
        return known ? active(time).isPresent() : null;
    }

    /**
     * The terms of a purchase of a time; null when there are none. Of two offers that claim one time, as after one replaced
     * the other, the one that was recorded first was in force.
     *
     * @param holdDays the hold where neither the offer nor its merchant has one
     */
    public @Nullable CashbackTerms at(Instant time, int holdDays) {
        return periods.stream()
                .filter(period -> period.isOfOffer() && period.covers(time))
                .findFirst()
                .or(() -> active(time).filter(period -> period.terms().valueE4() > 0))
                .map(period -> period.terms().withHold(hold(period, time, holdDays)))
                .orElse(null);
    }
}
