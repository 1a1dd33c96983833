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
 * @param latestAt with the id a place in the order of ingestion after which no purchase has a part of the cap; null when
 *     unknown
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

    /**
     * True when the purchase comes after all that have a part of the cap, so that it takes from none of them. Those that
     * got nothing still get nothing, however many they are.
     */
    boolean isFollowedBy(RatedPurchase purchase) {
        return used.isZero()
                || latestAt != null && latestId != null && RatedPurchase.isBefore(latestAt, latestId, purchase);
    }
}
