package com.clicknback.statistics;

import com.clicknback.events.CashbackEvents;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseEvents.Purchases;
import com.clicknback.platform.events.EventType;
import com.clicknback.platform.events.LoggedEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds what the event log tells to the days on which it happened. */
final class DailyProjection {
    private static final Map<EventType<Purchases>, Kind> KINDS = Map.of(
            PurchaseEvents.INGESTED, Kind.ACCEPTED,
            PurchaseEvents.CONFIRMED, Kind.CONFIRMED,
            PurchaseEvents.REJECTED, Kind.REJECTED,
            PurchaseEvents.REVERSED, Kind.REVERSED,
            PurchaseEvents.REFUNDED, Kind.REFUNDED,
            PurchaseEvents.CORRECTED, Kind.CORRECTED);

    private DailyProjection() {}

    /** A thing that happens to a purchase. */
    enum Kind {
        ACCEPTED,
        CREDITED,
        CHANGED,
        CONFIRMED("cashback_confirmed"),
        RELEASED,
        REJECTED("cashback_rejected"),
        REVERSED("cashback_reversed"),
        REFUNDED,
        CORRECTED;

        private final @Nullable String transfer;

        Kind() {
            this(null);
        }

        Kind(@Nullable String transfer) {
            this.transfer = transfer;
        }

        /** The kind of the transfer that says how much it was; null where the event or the purchase says it. */
        @Nullable
        String transfer() {
            return transfer;
        }
    }

    /**
     * One thing that happened to one purchase.
     *
     * @param amountMinor null where the event does not say it
     * @param causeId of the transfer that says it; null where that has none
     */
    record Happened(
            UUID purchaseId,
            LocalDate day,
            Kind kind,
            @Nullable Long amountMinor,
            @Nullable UUID causeId) {}

    /** The work of the follower. */
    static Future<Runnable> follow(SqlConnection tx, List<LoggedEvent> events) {
        List<Happened> happened = new ArrayList<>();
        events.forEach(event -> collect(event, happened));
        return happened.isEmpty()
                ? Future.succeededFuture(() -> {})
                : DailyStore.add(tx, happened).map(added -> () -> {});
    }

    private static void collect(LoggedEvent event, List<Happened> happened) {
        LocalDate day = LocalDate.ofInstant(event.occurredAt(), ZoneOffset.UTC);
        KINDS.forEach((type, kind) -> {
            if (event.is(type)) {
                event.as(type)
                        .purchases()
                        .forEach(entry ->
                                happened.add(new Happened(entry.purchaseId(), day, kind, null, entry.causeId())));
            }
        });
        if (event.is(CashbackEvents.CREDITED)) {
            event.as(CashbackEvents.CREDITED)
                    .credits()
                    .forEach(entry -> happened.add(
                            new Happened(entry.purchaseId(), day, Kind.CREDITED, entry.amountMinor(), null)));
        } else if (event.is(CashbackEvents.RELEASED)) {
            event.as(CashbackEvents.RELEASED)
                    .releases()
                    .forEach(entry -> happened.add(
                            new Happened(entry.purchaseId(), day, Kind.RELEASED, entry.amountMinor(), null)));
        } else if (event.is(CashbackEvents.RERATED)) {
            event.as(CashbackEvents.RERATED)
                    .changes()
                    .forEach(change -> happened.add(new Happened(
                            change.purchaseId(),
                            day,
                            Kind.CHANGED,
                            change.amountMinor() - change.beforeMinor(),
                            null)));
        }
    }
}
