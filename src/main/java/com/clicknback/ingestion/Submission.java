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
 */
public record Submission(
        PurchaseKey key,
        UUID userId,
        UUID merchantId,
        Money amount,
        String currency,
        @Nullable Instant purchasedAt) {

    public String externalId() {
        return key.externalId();
    }
}
