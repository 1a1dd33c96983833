package com.clicknback.cashback;

import com.clicknback.ledger.Account;
import com.clicknback.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as the rule that decides amounts sees it.
 *
 * @param ingestedAt with the id its place in the order of ingestion
 * @param capMonth the month whose cap it draws on
 * @param terms in force when it was made, frozen since
 * @param gross the amount as last corrected
 * @param refunded the part of it that came back
 * @param carried what earlier rules left as its entitlement, until its amount changes; null for today's rule
 * @param balance the one that its cashback is in; null once rejected or reversed
 * @param credited its cashback at present
 */
public record RatedPurchase(
        UUID id,
        UUID userId,
        Instant ingestedAt,
        LocalDate capMonth,
        CashbackTerms terms,
        Money gross,
        Money refunded,
        @Nullable Money carried,
        @Nullable Account balance,
        Money credited) {
    /** The order of ingestion, in which a cap is handed out; ids compare as in the database. */
    public static final Comparator<RatedPurchase> BY_INGESTION =
            Comparator.comparing(RatedPurchase::ingestedAt).thenComparing(RatedPurchase::id, RatedPurchase::compareIds);

    private static int compareIds(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }

    /** True when a place in the order of ingestion lies before that of a purchase. */
    static boolean isBefore(Instant at, UUID id, RatedPurchase purchase) {
        int byTime = at.compareTo(purchase.ingestedAt);
        return byTime != 0 ? byTime < 0 : compareIds(id, purchase.id) < 0;
    }

    /** The cashback that it would get without a cap. */
    public Money entitled() {
        if (balance == null) {
            return Money.ZERO;
        }
        return carried != null
                ? carried
                : CashbackCalculator.entitled(terms, gross, Money.max(gross.minus(refunded), Money.ZERO));
    }

    boolean isCapped() {
        return terms.monthlyCap() != null;
    }

    /** The cap that it draws on; only with an offer. */
    CapKey capKey() {
        return new CapKey(userId, terms.offerId(), capMonth);
    }

    RatedPurchase withCredited(Money amount) {
        return new RatedPurchase(id, userId, ingestedAt, capMonth, terms, gross, refunded, carried, balance, amount);
    }
}
