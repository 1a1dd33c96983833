package com.clicknback.ingestion;

import com.clicknback.events.PurchaseKey;
import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed purchase that a partner or a user submits.
 *
 * @param key names its sender and the sender's own id of it
 * @param currency as sent
 * @param purchasedAt null when the sender leaves it to the time of receipt
 * @param orderRef the merchant's reference of the order, by which the reports of partner and user find each other; null
 *     when the sender names none
 */
public record Submission(
        PurchaseKey key,
        UUID userId,
        UUID merchantId,
        Money amount,
        String currency,
        @Nullable Instant purchasedAt,
        @Nullable String orderRef) {

    /** A purchase whose order is not named. */
    public Submission(
            PurchaseKey key,
            UUID userId,
            UUID merchantId,
            Money amount,
            String currency,
            @Nullable Instant purchasedAt) {
        this(key, userId, merchantId, amount, currency, purchasedAt, null);
    }

    boolean isByUser() {
        return key.partnerId() == null;
    }

    public String externalId() {
        return key.externalId();
    }
}
