package com.clicknback.events;

import static com.clicknback.platform.events.PackedForm.id;
import static com.clicknback.platform.events.PackedForm.nullableId;
import static com.clicknback.platform.events.PackedForm.put;
import static com.clicknback.platform.events.PackedForm.putNullable;

import com.clicknback.platform.events.EventType;
import com.clicknback.platform.events.PackedForm;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events of purchases in the log; one event covers all purchases of one transaction. */
public final class PurchaseEvents {
    /** The ids of a purchase and of its owner. The statement that stores purchases writes this form as well. */
    private static final PackedForm<Entry> OWNED = new PackedForm<>(
            1,
            32,
            (bytes, entry) -> {
                put(bytes, entry.purchaseId());
                put(bytes, entry.userId());
            },
            bytes -> new Entry(id(bytes), id(bytes)));

    /** The same with the id of the cause. */
    private static final PackedForm<Entry> CAUSED = new PackedForm<>(
            2,
            48,
            (bytes, entry) -> {
                put(bytes, entry.purchaseId());
                put(bytes, entry.userId());
                putNullable(bytes, entry.causeId());
            },
            bytes -> new Entry(id(bytes), id(bytes), nullableId(bytes)));

    /** Purchases were accepted; each awaits its credit. */
    public static final EventType<Purchases> INGESTED = ofPurchases("purchases.ingested", OWNED);

    public static final EventType<Purchases> CONFIRMED = ofPurchases("purchases.confirmed", CAUSED);

    public static final EventType<Purchases> REJECTED = ofPurchases("purchases.rejected", CAUSED);

    /** Purchases that were rejected are pending again. */
    public static final EventType<Purchases> REINSTATED = ofPurchases("purchases.reinstated", CAUSED);

    /** A part of each purchase was refunded; a refund that leaves nothing of it is a reversal. */
    public static final EventType<Purchases> REFUNDED = ofPurchases("purchases.refunded", CAUSED);

    /** The amount of each purchase was corrected; a correction that leaves nothing of it is a reversal. */
    public static final EventType<Purchases> CORRECTED = ofPurchases("purchases.corrected", CAUSED);

    public static final EventType<Purchases> REVERSED = ofPurchases("purchases.reversed", CAUSED);

    /** Partner events were parked, or are still parked, and may be due. */
    public static final EventType<Awaited> PARKED = new EventType<>("partner_events.parked", Awaited.class);

    private PurchaseEvents() {}

    private static EventType<Purchases> ofPurchases(String name, PackedForm<Entry> form) {
        return EventType.packed(name, Purchases.class, form, Purchases::purchases, Purchases::new);
    }

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
