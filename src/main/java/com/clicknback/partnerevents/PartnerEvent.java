package com.clicknback.partnerevents;

import com.clicknback.audit.Actor;
import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a partner tells about a purchase that it sent or is going to send.
 *
 * @param externalId of the purchase
 * @param reason of a rejection, else null
 * @param refundId the partner's own id of a refund, else null
 * @param amount of a refund, else null
 * @param occurredAt the partner's time, which orders the events of a purchase
 * @param requestId of the request that reported the event
 */
public record PartnerEvent(
        UUID partnerId,
        String externalId,
        Kind kind,
        @Nullable String reason,
        @Nullable String refundId,
        @Nullable Money amount,
        Instant occurredAt,
        String requestId) {

    /** The author of the change that the event makes. */
    Actor actor() {
        return Actor.partner(partnerId, requestId);
    }

    /** The kinds of event, named as in the database. */
    public enum Kind {
        CONFIRMED,
        REFUNDED,
        REJECTED
    }
}
