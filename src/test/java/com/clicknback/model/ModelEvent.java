package com.clicknback.model;

import com.clicknback.model.ModelSubmission.Name;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * An event that a partner reports about a purchase, which may not have arrived yet.
 *
 * @param refundId the id of a refund or correction, else empty
 * @param amountMinor of a refund or correction, else 0; a correction of 0 leaves the amount as it is
 * @param occurredAt the partner's time
 */
record ModelEvent(Name purchase, Kind kind, String refundId, long amountMinor, Instant occurredAt) {
    /** The kinds, in the order in which events of one time are applied. */
    enum Kind {
        CONFIRMED,
        CORRECTED,
        REFUNDED,
        REJECTED;

        String wireName() {
            return "purchase." + name().toLowerCase(Locale.ROOT);
        }
    }

    static final Comparator<ModelEvent> IN_ORDER = Comparator.comparing(ModelEvent::occurredAt)
            .thenComparing(ModelEvent::kind)
            .thenComparing(ModelEvent::refundId);

    /** The parts that make two events the same. */
    record Identity(Kind kind, String refundId) {}

    Identity identity() {
        return new Identity(kind, refundId);
    }
}
