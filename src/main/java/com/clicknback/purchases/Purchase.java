package com.clicknback.purchases;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as it stands now.
 *
 * @param source {@link #SOURCE_USER}, or the id of the partner that sent it
 * @param cashbackAmount before the cap until credited, then what was credited; zero once reversed
 * @param cashbackStatus null only until credited
 */
public record Purchase(
        UUID id,
        String externalId,
        UUID userId,
        UUID merchantId,
        String merchantName,
        @Nullable UUID offerId,
        String source,
        Money amount,
        String currency,
        PurchaseStatus status,
        Money cashbackAmount,
        @Nullable String cashbackStatus,
        @Nullable String rejectionReason,
        Instant purchasedAt,
        Instant createdAt,
        Instant updatedAt) {

    /** The source of purchases that their users submit. */
    public static final String SOURCE_USER = "user";
}
