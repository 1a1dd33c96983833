package com.clicknback.statistics;

import com.clicknback.events.CashbackEvents;
import com.clicknback.events.PayoutEvents;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseEvents.Purchases;
import com.clicknback.platform.events.EventType;
import com.clicknback.platform.events.LoggedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log in brief.
 *
 * @param count purchases that it is about; 1 for a payout
 * @param purchaseId the first of them; null for an event that names none
 * @param payoutId null for an event that is about no payout
 */
record LatestEvent(
        String type,
        Instant occurredAt,
        int count,
        @Nullable UUID purchaseId,
        @Nullable UUID payoutId) {
    private static final Map<String, EventType<Purchases>> OF_PURCHASES = Stream.of(
                    PurchaseEvents.INGESTED,
                    PurchaseEvents.CONFIRMED,
                    PurchaseEvents.REJECTED,
                    PurchaseEvents.REINSTATED,
                    PurchaseEvents.REFUNDED,
                    PurchaseEvents.CORRECTED,
                    PurchaseEvents.REVERSED)
            .collect(Collectors.toMap(EventType::name, Function.identity()));

    private static final Map<String, EventType<PayoutEvents.Moved>> OF_PAYOUTS = Stream.of(
                    PayoutEvents.REQUESTED, PayoutEvents.COMPLETED, PayoutEvents.FAILED)
            .collect(Collectors.toMap(EventType::name, Function.identity()));

    static LatestEvent of(LoggedEvent event) {
        EventType<Purchases> ofPurchases = OF_PURCHASES.get(event.type());
        if (ofPurchases != null) {
            return of(event, event.as(ofPurchases).purchases(), PurchaseEvents.Entry::purchaseId);
        }
        EventType<PayoutEvents.Moved> ofPayouts = OF_PAYOUTS.get(event.type());
        if (ofPayouts != null) {
            UUID payoutId = event.as(ofPayouts).payoutId();
            return new LatestEvent(event.type(), event.occurredAt(), 1, null, payoutId);
        }
        if (event.is(CashbackEvents.CREDITED)) {
            return of(event, event.as(CashbackEvents.CREDITED).credits(), CashbackEvents.Entry::purchaseId);
        }
        if (event.is(CashbackEvents.RELEASED)) {
            return of(event, event.as(CashbackEvents.RELEASED).releases(), CashbackEvents.Entry::purchaseId);
        }
        if (event.is(CashbackEvents.RERATED)) {
            return of(event, event.as(CashbackEvents.RERATED).changes(), CashbackEvents.Change::purchaseId);
        }
        // Purchases that may not have arrived have no id here.
        int awaited = event.is(PurchaseEvents.PARKED)
                ? event.as(PurchaseEvents.PARKED).purchases().size()
                : 1;
        return new LatestEvent(event.type(), event.occurredAt(), awaited, null, null);
    }

    private static <E> LatestEvent of(LoggedEvent event, List<E> entries, Function<E, UUID> purchaseId) {
        UUID first = entries.isEmpty() ? null : purchaseId.apply(entries.get(0));
        return new LatestEvent(event.type(), event.occurredAt(), entries.size(), first, null);
    }
}
