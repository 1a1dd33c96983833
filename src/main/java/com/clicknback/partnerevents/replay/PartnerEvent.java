package com.clicknback.partnerevents.replay;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.events.PurchaseKey;
import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that a partner reports about a purchase that it sent or is going to send.
 *
 * @param key of the purchase
 * @param reason of a rejection, else null
 * @param refundId the partner's own id of a refund, else null
 * @param correctionId the partner's own id of a correction, else null
 * @param amount of a refund; the new one of a correction, null when that leaves it as it is; else null
 * @param occurredAt the partner's time, which orders the events of a purchase
 * @param requestId of the request that reported the event
 */
public record PartnerEvent(
        PurchaseKey key,
        Kind kind,
        @Nullable String reason,
        @Nullable String refundId,
        @Nullable String correctionId,
        @Nullable Money amount,
        Instant occurredAt,
        String requestId) {

    public UUID partnerId() {
        return requireNonNull(key.partnerId());
    }

    /** The author of the change that the event makes. */
    public Actor actor() {
        return Actor.partner(partnerId(), requestId);
    }

    /** The event as a sentence names it. */
    public String title() {
        return switch (kind) {
            case CONFIRMED -> "The confirmation";
            case REJECTED -> "The rejection";
            case REFUNDED -> "The refund " + refundId + " of " + amount;
            case CORRECTED -> "The correction " + correctionId + (amount == null ? "" : " to " + amount);
        };
    }

    /** The kinds of event, named as in the database. */
    public enum Kind {
        CONFIRMED,
        CORRECTED,
        REFUNDED,
        REJECTED;

        /** True for a confirmation or rejection; the others are about amounts. */
        public boolean isDecision() {
            return this == CONFIRMED || this == REJECTED;
        }
    }
}
