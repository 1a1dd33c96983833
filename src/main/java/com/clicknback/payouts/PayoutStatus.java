package com.clicknback.payouts;

import java.util.List;

/** The states of a payout; completed and failed are final. */
public enum PayoutStatus {
    REQUESTED,
    PROCESSING,
    COMPLETED,
    FAILED;

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
