package com.clicknback.purchases;

import com.clicknback.clicks.ClickId;
import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as it stands now.
 *
 * @param clickId that it was reported with; null without one
 * @param cashbackAmount before the cap until credited, then what was credited; zero once reversed
 * @param cashbackStatus null only until credited
 * @param payableAt when the cashback becomes available, or became so; null while unknown
 */
public record Purchase(
        UUID id,
        String externalId,
        UUID userId,
        UUID merchantId,
        String merchantName,
        @Nullable UUID offerId,
        @Nullable ClickId clickId,
        PurchaseSource source,
        Money amount,
        String currency,
        PurchaseStatus status,
        Money cashbackAmount,
        @Nullable CashbackStatus cashbackStatus,
        @Nullable Instant payableAt,
        @Nullable String rejectionReason,
        Instant purchasedAt,
        Instant createdAt,
        Instant updatedAt) {}
