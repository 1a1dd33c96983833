package com.clicknback.payouts;

import com.clicknback.events.PayoutEvents;
import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payout as it stands now; also its form on the wire.
 *
 * @param ibanLast4 the only part of the destination that is ever shown
 * @param processedAt set on completion and failure
 * @param externalReference the bank's or the administrator's name for the transfer
 */
public record Payout(
        UUID id,
        UUID userId,
        Money amount,
        PayoutMethod method,
        String ibanLast4,
        PayoutStatus status,
        Instant requestedAt,
        @Nullable Instant processedAt,
        @Nullable String externalReference,
        @Nullable String failureReason) {

    static Payout requested(UUID id, UUID userId, Money amount, String ibanLast4, Instant requestedAt) {
        return new Payout(
                id,
                userId,
                amount,
                PayoutMethod.BANK_TRANSFER,
                ibanLast4,
                PayoutStatus.REQUESTED,
                requestedAt,
                null,
                null,
                null);
    }

    /** The payload of the event that tells of a movement of its amount. */
    PayoutEvents.Moved moved() {
        return new PayoutEvents.Moved(id, userId, amount.minor());
    }
}
