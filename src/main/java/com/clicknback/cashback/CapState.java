package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cap as far as it is handed out.
 *
 * @param used the sum of what its purchases are credited with
 * @param cut the sum of what they are entitled to, less {@code used}
 * @param least the lowest cap that applies to one of its purchases; a raised cap leaves it to those made before
 * @param latestAt with the id the last of its credited purchases in the order of ingestion; null when unknown
 */
record CapState(
        Money used,
        Money cut,
        Money least,
        @Nullable Instant latestAt,
        @Nullable UUID latestId) {
    static final CapState UNUSED = new CapState(Money.ZERO, Money.ZERO, Money.MAX, null, null);

    /** True when the purchases get all that they are entitled to, as the others did and still do. */
    boolean fits(Money more, Money limit) {
        return cut.isZero() && used.plus(more).compareTo(Money.min(limit, least)) <= 0;
    }

    /** True when the purchase comes after all that are credited, so that it takes from none of them. */
    boolean isFollowedBy(RatedPurchase purchase) {
        if (latestAt == null || latestId == null) {
            return used.isZero() && cut.isZero();
        }
        return RatedPurchase.isBefore(latestAt, latestId, purchase);
    }
}
