package com.clicknback.statistics;

import com.clicknback.events.CashbackEvents;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseEvents.Purchases;
import com.clicknback.platform.events.EventType;
import com.clicknback.platform.events.LoggedEvent;
import com.clicknback.statistics.DailyStore.Accepted;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

        boolean isBooked() {
            return transfer != null;
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
                : add(tx, happened).map(added -> () -> {});
    }

    /** Looks up each purchase once, whatever happened to it, and sums up here: most rows are raised by many purchases. */
    private static Future<Void> add(SqlConnection tx, List<Happened> happened) {
        List<Happened> booked =
                happened.stream().filter(one -> one.kind().isBooked()).toList();
        Set<UUID> ids = new TreeSet<>();
        happened.forEach(one -> ids.add(one.purchaseId()));
        Future<Map<UUID, Accepted>> purchases = DailyStore.findPurchases(tx, ids);
        Future<Map<Happened, Long>> amounts = DailyStore.findBooked(tx, booked);
        return Future.all(purchases, amounts)
                .compose(found -> DailyStore.add(tx, sums(happened, purchases.result(), amounts.result())));
    }

    private static List<DaySums> sums(
            List<Happened> happened, Map<UUID, Accepted> purchases, Map<Happened, Long> amounts) {
        Map<DaySums.Key, DaySums> sums = new HashMap<>();
        for (Happened one : happened) {
            Accepted purchase = purchases.get(one.purchaseId());
            if (purchase != null) {
                sums.computeIfAbsent(
                                new DaySums.Key(one.day(), purchase.merchantId(), purchase.partnerId()), DaySums::new)
                        .add(one, purchase.amountMinor(), amounts.get(one));
            }
        }
        return List.copyOf(sums.values());
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
