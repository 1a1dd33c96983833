package com.clicknback.ingestion.http;

import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.Submission;
import com.clicknback.money.Money;
import com.clicknback.platform.json.CodePoints;
import com.clicknback.platform.json.OrNull;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The members of a submitted purchase, in a user's own request as in a partner's webhook. */
public record PurchaseMembers(
        @NotNull @CodePoints(min = 1, max = 255) String externalId,
        @NotNull UUID userId,
        @NotNull UUID merchantId,
        @NotNull Money amount,

        @NotNull @CodePoints(min = 3, max = 3, message = "must have exactly 3 characters")
        String currency,

        @OrNull @Nullable Instant purchasedAt,

        @OrNull @Nullable @CodePoints(min = 1, max = 255) String orderRef) {

    Submission toSubmission() {
        return new Submission(
                new PurchaseKey(null, externalId), userId, merchantId, amount, currency, purchasedAt, orderRef, null);
    }
}
