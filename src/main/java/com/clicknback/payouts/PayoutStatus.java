package com.clicknback.payouts;

import java.util.List;
import java.util.Locale;

/** The states of a payout; completed and failed are final. */
public enum PayoutStatus {
    REQUESTED,
    PROCESSING,
    COMPLETED,
    FAILED;

    /** The name in the database and on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PayoutStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The states that may follow. */
    List<PayoutStatus> next() {
        return switch (this) {
            case REQUESTED -> List.of(PROCESSING, COMPLETED, FAILED);
            case PROCESSING -> List.of(COMPLETED, FAILED);
            case COMPLETED, FAILED -> List.of();
        };
    }

    boolean isFinal() {
        return next().isEmpty();
    }
}
