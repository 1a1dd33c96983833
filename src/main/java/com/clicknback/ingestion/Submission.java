package com.clicknback.ingestion;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed purchase that somebody submits.
 *
 * @param partnerId null when its user submits it
 * @param currency as sent
 * @param purchasedAt null when the sender leaves it to the time of receipt
 * @param memberPrefix what stands before member names in violations, such as {@code data.}
 */
public record Submission(
        @Nullable UUID partnerId,
        String externalId,
        UUID userId,
        UUID merchantId,
        Money amount,
        String currency,
        @Nullable Instant purchasedAt,
        String memberPrefix) {

    public Key key() {
        return new Key(partnerId, externalId);
    }

    /** What makes a purchase unique for ever. */
    public record Key(@Nullable UUID partnerId, String externalId) {}
}
