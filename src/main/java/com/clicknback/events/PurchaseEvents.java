package com.clicknback.events;

import com.clicknback.platform.events.EventType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events of purchases in the log; one event covers all purchases of one transaction. */
public final class PurchaseEvents {
    /** Purchases were accepted; each awaits its credit. */
    public static final EventType<Purchases> INGESTED = new EventType<>("purchases.ingested", Purchases.class);

    public static final EventType<Purchases> CONFIRMED = new EventType<>("purchases.confirmed", Purchases.class);

    public static final EventType<Purchases> REJECTED = new EventType<>("purchases.rejected", Purchases.class);

    /** Purchases that were rejected are pending again. */
    public static final EventType<Purchases> REINSTATED = new EventType<>("purchases.reinstated", Purchases.class);

    /** A part of each purchase was refunded; a refund that leaves nothing of it is a reversal. */
    public static final EventType<Purchases> REFUNDED = new EventType<>("purchases.refunded", Purchases.class);

    /** The amount of each purchase was corrected; a correction that leaves nothing of it is a reversal. */
    public static final EventType<Purchases> CORRECTED = new EventType<>("purchases.corrected", Purchases.class);

    public static final EventType<Purchases> REVERSED = new EventType<>("purchases.reversed", Purchases.class);

    /** Partner events were parked, or are still parked, and may be due. */
    public static final EventType<Awaited> PARKED = new EventType<>("partner_events.parked", Awaited.class);

    private PurchaseEvents() {}

    /** Purchases and their owners. */
    public record Purchases(List<Entry> purchases) {}

    /**
     * One purchase and its owner.
     *
     * @param causeId the refund, correction or reinstatement that the journal has as the cause; null where it has none
     */
    public record Entry(
            UUID purchaseId, UUID userId, @Nullable UUID causeId) {
        public Entry(UUID purchaseId, UUID userId) {
            this(purchaseId, userId, null);
        }
    }

    /** The purchases that parked events are about, arrived or not. */
    public record Awaited(List<PurchaseKey> purchases) {}
}
