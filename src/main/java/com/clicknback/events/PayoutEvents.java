package com.clicknback.events;

import com.clicknback.platform.events.EventType;
import java.util.UUID;

/** The events of payouts in the log. */
public final class PayoutEvents {
    /** An amount was reserved for a payout. */
    public static final EventType<Moved> REQUESTED = new EventType<>("payouts.requested", Moved.class);

    /** The reserved amount was paid. */
    public static final EventType<Moved> COMPLETED = new EventType<>("payouts.completed", Moved.class);

    /** The reserved amount is available again. */
    public static final EventType<Moved> FAILED = new EventType<>("payouts.failed", Moved.class);

    private PayoutEvents() {}

    /** The payload of all of them, the amount in minor units. */
    public record Moved(UUID payoutId, UUID userId, long amountMinor) {}
}
