package com.clicknback.ledger;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the journal as it was posted.
 *
 * @param debit the account that it left
 * @param credit the account that it entered
 * @param refundId the refund of a purchase that caused it, if one did
 */
public record JournalEntry(
        UUID id,
        TransferKind kind,
        Account debit,
        Account credit,
        Money amount,
        @Nullable UUID refundId,
        Instant createdAt) {}
