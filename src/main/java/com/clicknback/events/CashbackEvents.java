package com.clicknback.events;

import static com.clicknback.platform.events.PackedForm.id;
import static com.clicknback.platform.events.PackedForm.put;

import com.clicknback.platform.events.EventType;
import com.clicknback.platform.events.PackedForm;
import java.util.List;
import java.util.UUID;

/** The events of cashback in the log. */
public final class CashbackEvents {
    /** The ids of a purchase and of its owner, and an amount. */
    private static final PackedForm<Entry> AMOUNTS = new PackedForm<>(
            3,
            40,
            (bytes, entry) -> {
                put(bytes, entry.purchaseId());
                put(bytes, entry.userId());
                bytes.putLong(entry.amountMinor());
            },
            bytes -> new Entry(id(bytes), id(bytes), bytes.getLong()));

    /** Purchases were credited. */
    public static final EventType<Credited> CREDITED =
            EventType.packed("cashback.credited", Credited.class, AMOUNTS, Credited::credits, Credited::new);

    /** Amounts changed after their credit: by a refund or correction, or by another purchase of the same cap. */
    public static final EventType<Rerated> RERATED = new EventType<>("cashback.rerated", Rerated.class);

    /** Confirmed cashback became available after its hold. */
    public static final EventType<Released> RELEASED =
            EventType.packed("cashback.released", Released.class, AMOUNTS, Released::releases, Released::new);

    private CashbackEvents() {}

    /** The credits of one transaction. */
    public record Credited(List<Entry> credits) {}

    /** The releases of one transaction. */
    public record Released(List<Entry> releases) {}

    /** The cashback of one purchase, in minor units after the monthly cap. */
    public record Entry(UUID purchaseId, UUID userId, long amountMinor) {}

    /** The changes of amounts of one transaction, in their order. */
    public record Rerated(List<Change> changes) {}

    /**
     * A change of one amount, in minor units.
     *
     * @param causePurchaseId the purchase itself, or the one of the same cap that gave allowance back or took it
     */
    public record Change(UUID purchaseId, UUID userId, long beforeMinor, long amountMinor, UUID causePurchaseId) {}
}
