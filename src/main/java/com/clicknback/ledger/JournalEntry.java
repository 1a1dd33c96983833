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
 * @param causeId the refund, the correction or the other purchase of the same cap that caused it, or the reinstatement that
 *     it followed; else null
 */
public record JournalEntry(
        UUID id,
        TransferKind kind,
        Account source,
        Account destination,
        Money amount,
        @Nullable UUID causeId,
        Instant createdAt) {}
