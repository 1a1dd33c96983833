package com.clicknback.ledger;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the journal as it was posted.
 *
 * @param source the account that the amount left
 * @param destination the account that the amount entered
 * @param refundId the refund that caused it; null for every other cause
 */
public record JournalEntry(
        UUID id,
        TransferKind kind,
        Account source,
        Account destination,
        Money amount,
        @Nullable UUID refundId,
        Instant createdAt) {}
