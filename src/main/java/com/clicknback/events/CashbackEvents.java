package com.clicknback.events;

import com.clicknback.platform.events.EventType;
import java.util.List;
import java.util.UUID;

/** The events of cashback in the log. */
public final class CashbackEvents {
    /** Purchases were credited. */
    public static final EventType<Credited> CREDITED = new EventType<>("cashback.credited", Credited.class);

    /** Amounts changed after their credit: by a refund or correction, or by another purchase of the same cap. */
    public static final EventType<Rerated> RERATED = new EventType<>("cashback.rerated", Rerated.class);

    /** Confirmed cashback became available after its hold. */
    public static final EventType<Released> RELEASED = new EventType<>("cashback.released", Released.class);

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
