package com.clicknback.partners.deliveries;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that a partner sent, with its verdict; also its form on the wire.
 *
 * @param code the error code of the answer, or that of the first rejected purchase; the finer one where
 *     the partner is told less
 * @param reason why the signature was refused; null for every other outcome
 * @param omittedBefore messages of this outcome's kind since the one before that were not recorded
 */
public record PartnerDelivery(
        UUID id,
        Instant receivedAt,
        DeliveryOutcome outcome,
        boolean batch,
        @Nullable String messageId,
        String requestId,
        int status,
        @Nullable String code,
        @Nullable SignatureFault reason,
        @Nullable String externalId,
        int accepted,
        int duplicates,
        int rejected,
        int omittedBefore) {

    boolean refused() {
        return outcome == DeliveryOutcome.REFUSED;
    }

    PartnerDelivery after(int omitted) {
        return new PartnerDelivery(
                id,
                receivedAt,
                outcome,
                batch,
                messageId,
                requestId,
                status,
                code,
                reason,
                externalId,
                accepted,
                duplicates,
                rejected,
                omittedBefore + omitted);
    }
}
