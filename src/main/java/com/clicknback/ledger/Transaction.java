package com.clicknback.ledger;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One movement of a user's journal.
 *
 * @param from the balance it left, or null when it came from outside
 * @param to the balance it entered, or null when it went outside
 * @param status present state of the purchase's cashback or of the payout that it belongs to
 */
public record Transaction(
        UUID id,
        String type,
        Money amount,
        @Nullable String from,
        @Nullable String to,
        String status,
        @Nullable UUID relatedPurchaseId,
        @Nullable UUID relatedPayoutId,
        Instant createdAt) {}
