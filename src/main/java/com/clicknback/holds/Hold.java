package com.clicknback.holds;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The hold of the cashback of a purchase.
 *
 * @param active true while the cashback of a confirmed purchase is pending
 * @param payableAt the end of the hold, as far as its days go; null unless confirmed, and unknown for old purchases
 */
public record Hold(boolean active, @Nullable Instant payableAt) {
    /** The longest hold that terms may have. */
    public static final int DAYS_MAX = 365;

    public static final Hold NONE = new Hold(false, null);

    /**
     * The hold that a confirmation begins; a closed gate makes one even where the terms have none.
     *
     * @param days of the terms
     */
    public static Hold ofConfirmed(int days, ReleaseGate gate, boolean byPerson) {
        return new Hold(days > 0 || !gate.isOpen(byPerson), gate.at().plus(Duration.ofDays(days)));
    }

    /**
     * True for a hold that its days no longer keep.
     *
     * @param at null when they do not matter
     */
    public boolean isDue(@Nullable Instant at) {
        return at == null || payableAt == null || !payableAt.isAfter(at);
    }

    /** The hold once the cashback is available; an early release ends it. */
    public Hold released(Instant at) {
        return new Hold(false, payableAt == null || payableAt.isAfter(at) ? at : payableAt);
    }
}
