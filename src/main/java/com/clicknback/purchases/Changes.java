package com.clicknback.purchases;

import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.cashback.Rerating;
import com.clicknback.cashback.Rerating.Amounts;
import com.clicknback.cashback.Reratings;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseEvents.Entry;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.EventType;
import com.clicknback.purchases.DecisionStore.Refund;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/** Writes changes of purchases: state, refund, wallet movement, cap, work list, audit and event in one transaction. */
public final class Changes {
    private final Reratings reratings;
    private final AuditTrail audit;
    private final EventLog events;
    private final Clock clock;

    public Changes(Reratings reratings, AuditTrail audit, EventLog events, Clock clock) {
        this.reratings = reratings;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Writes changes, those of one purchase in their order. Their owners' wallets are locked, their credits posted. */
    public Future<Void> write(SqlConnection tx, List<Change> changes) {
        if (changes.isEmpty()) {
            return Future.succeededFuture();
        }
        return reratings
                .plan(tx, changes.stream().map(Change::step).toList())
                .compose(rerating -> write(tx, changes, rerating));
    }

    private Future<Void> write(SqlConnection tx, List<Change> changes, Rerating rerating) {
        Instant now = clock.instant();
        Map<UUID, Change> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.before().id(), change));
        // Sent without waiting for one another: the connection runs them in this order.
        return Future.all(List.of(
                        insertRefunds(tx, changes, rerating.amounts(), now),
                        insertCorrections(tx, changes, now),
                        DecisionStore.change(tx, last.values(), now),
                        endVerification(tx, last.values()),
                        reratings.write(tx, rerating),
                        audit.record(tx, auditEntries(changes, rerating.amounts())),
                        appendEvents(tx, changes)))
                .mapEmpty();
    }

    private static Future<Void> insertRefunds(
            SqlConnection tx, List<Change> changes, List<Amounts> amounts, Instant now) {
        List<Refund> refunds = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i) instanceof Change.Refunded refunded) {
                refunds.add(new Refund(refunded, refunded.fall(amounts.get(i))));
            }
        }
        return refunds.isEmpty() ? Future.succeededFuture() : DecisionStore.insertRefunds(tx, refunds, now);
    }

    private static Future<Void> insertCorrections(SqlConnection tx, List<Change> changes, Instant now) {
        List<Change.Corrected> corrections = changes.stream()
                .filter(Change.Corrected.class::isInstance)
                .map(Change.Corrected.class::cast)
                .toList();
        return corrections.isEmpty() ? Future.succeededFuture() : DecisionStore.insertCorrections(tx, corrections, now);
    }

    private static List<AuditEntry> auditEntries(List<Change> changes, List<Amounts> amounts) {
        return IntStream.range(0, changes.size())
                .mapToObj(i -> changes.get(i).auditEntry(amounts.get(i)))
                .toList();
    }

    private static Future<Void> endVerification(SqlConnection tx, Collection<Change> last) {
        List<UUID> ended = last.stream()
                .map(Change::after)
                .filter(state -> state.status() != PurchaseStatus.PENDING)
                .map(PurchaseState::id)
                .toList();
        return ended.isEmpty() ? Future.succeededFuture() : DecisionStore.endVerification(tx, ended);
    }

    /** One event for all first changes of a kind, then for all second ones: each purchase's events are in their order. */
    private Future<Void> appendEvents(SqlConnection tx, List<Change> changes) {
        Map<UUID, Integer> counts = new HashMap<>();
        Map<Integer, Map<EventType<PurchaseEvents.Purchases>, List<Entry>>> rounds = new TreeMap<>();
        for (Change change : changes) {
            int round = counts.merge(change.before().id(), 1, Integer::sum);
            rounds.computeIfAbsent(round, r -> new LinkedHashMap<>())
                    .computeIfAbsent(change.event(), type -> new ArrayList<>())
                    .add(new Entry(change.before().id(), change.before().userId()));
        }
        return Future.all(rounds.values().stream()
                        .flatMap(round -> round.entrySet().stream())
                        .map(event -> events.append(tx, event.getKey(), new PurchaseEvents.Purchases(event.getValue())))
                        .toList())
                .mapEmpty();
    }
}
