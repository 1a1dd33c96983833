package com.clicknback.events;

import com.clicknback.platform.events.EventType;
import java.util.List;
import java.util.UUID;

/** The events of cashback in the log. */
public final class CashbackEvents {
    /** Purchases were credited. */
    public static final EventType<Credited> CREDITED = new EventType<>("cashback.credited", Credited.class);

    private CashbackEvents() {}

    /** The credits of one transaction. */
    public record Credited(List<Entry> credits) {}

    /** One credit, in minor units after the monthly cap. */
    public record Entry(UUID purchaseId, UUID userId, long amountMinor) {}
}
