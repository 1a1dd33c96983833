package com.clicknback.ledger;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the journal as its owner sees it.
 *
 * @param status the present state of the purchase's cashback, or of the payout, that it belongs to
 * @param payableAt of the purchase: when its cashback becomes available, or became so; null while unknown
 */
public record Transaction(
        UUID id,
        TransferKind kind,
        Account source,
        Account destination,
        Money amount,
        Status status,
        @Nullable UUID purchaseId,
        @Nullable UUID payoutId,
        @Nullable Instant payableAt,
        Instant createdAt) {

    /** The states of cashback and payouts, in the words that both share. */
    public enum Status {
        PENDING,
        HELD,
        AVAILABLE,
        REJECTED,
        REVERSED,
        PAID
    }
}
