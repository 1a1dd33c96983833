package com.clicknback.partnerevents;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that a partner reported, with what became of it; also its form on the wire.
 *
 * @param type as the partner names it
 * @param purchaseId null while there is no such purchase
 * @param requestId of the request that brought it
 * @param code of its refusal, else null
 * @param message why it was refused or expired, as a sentence; null when that is not on record
 * @param settledAt when its wait ended; null while parked, and when it is not on record
 */
public record RecordedEvent(
        UUID id,
        String type,
        String externalId,
        @Nullable UUID purchaseId,
        @Nullable String refundId,
        @Nullable String correctionId,
        @Nullable Money amount,
        @Nullable String reason,
        Instant occurredAt,
        Instant receivedAt,
        String requestId,
        EventOutcome outcome,
        @Nullable String code,
        @Nullable String message,
        @Nullable Instant settledAt) {}
