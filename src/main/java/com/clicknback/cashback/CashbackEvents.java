package com.clicknback.cashback;

import com.clicknback.platform.events.EventType;
import java.util.List;
import java.util.UUID;

/** The events of cashback in the log. */
public final class CashbackEvents {
    /** Purchases were credited. */
    public static final EventType<Credited> CREDITED = new EventType<>("cashback.credited", Credited.class);

    private CashbackEvents() {}

    /** The credits of one transaction. */
    public record Credited(List<Entry> credits) {
        public static Credited of(List<Credit> credits) {
            return new Credited(credits.stream()
                    .map(c -> new Entry(c.purchaseId(), c.userId(), c.amount().minor()))
                    .toList());
        }
    }

    /** One credit, in minor units after the monthly cap. */
    public record Entry(UUID purchaseId, UUID userId, long amountMinor) {}
}
