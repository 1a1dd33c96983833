package com.clicknback.purchases;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.cashback.Rerating;
import com.clicknback.cashback.Rerating.Amounts;
import com.clicknback.cashback.Reratings;
import com.clicknback.events.CashbackEvents;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseEvents.Entry;
import com.clicknback.flags.Flags;
import com.clicknback.holds.HeldPurchase;
import com.clicknback.holds.Holds;
import com.clicknback.holds.ReleaseGates;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes changes of purchases: state, refund, wallet movement, cap, work list, audit and event in one transaction. */
public final class Changes {
    private final Reratings reratings;
    private final AuditTrail audit;
    private final EventLog events;
    private final Clock clock;
    private final ReleaseGates gates;

    public Changes(Reratings reratings, AuditTrail audit, EventLog events, Clock clock) {
        this.reratings = reratings;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.gates = new ReleaseGates(clock);
    }

    /** Purchases that are to be confirmed, each at the gate that its confirmation has to pass. */
    public Future<Map<UUID, PurchaseState>> atGates(SqlConnection tx, Map<UUID, PurchaseState> states) {
        List<PurchaseState> inOrder = List.copyOf(states.values());
        return gates.find(tx, inOrder, state -> new Flags.Subject(state.userId(), state.merchantId()))
                .map(found -> IntStream.range(0, found.size())
                        .mapToObj(i -> inOrder.get(i).at(found.get(i)))
                        .collect(Collectors.toMap(PurchaseState::id, Function.identity())));
    }

    Instant now() {
        return clock.instant();
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
                        cutToRejection(tx, last.values()),
                        endVerification(tx, last.values()),
                        resumeVerification(tx, changes, last, now),
                        beginHolds(tx, changes, last),
                        endHolds(tx, changes, last),
                        reratings.write(tx, rerating),
                        audit.record(tx, auditEntries(changes, rerating.amounts())),
                        appendEvents(tx, changes),
                        appendReleases(tx, changes, rerating.amounts())))
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

    private static Future<Void> cutToRejection(SqlConnection tx, Collection<Change> last) {
        List<UUID> rejected = last.stream()
                .map(Change::after)
                .filter(state -> state.rejectedAt() != null)
                .filter(state -> !state.refunded().isZero() || state.correction() != null)
                .map(PurchaseState::id)
                .toList();
        return rejected.isEmpty() ? Future.succeededFuture() : DecisionStore.cutToRejection(tx, rejected);
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

    private static Future<Void> resumeVerification(
            SqlConnection tx, List<Change> changes, Map<UUID, Change> last, Instant now) {
        Set<UUID> pending = changes.stream()
                .filter(Change.Reinstated.class::isInstance)
                .map(change -> requireNonNull(last.get(change.before().id())).after())
                .filter(state -> state.status() == PurchaseStatus.PENDING)
                .map(PurchaseState::id)
                .collect(Collectors.toSet());
        return pending.isEmpty() ? Future.succeededFuture() : DecisionStore.resumeVerification(tx, pending, now);
    }

    /** Purchases whose hold begins; one that ends at once never gets on the list. */
    private static Future<Void> beginHolds(SqlConnection tx, List<Change> changes, Map<UUID, Change> last) {
        List<HeldPurchase> begun = changes.stream()
                .filter(change -> change instanceof Change.Decided
                        && !change.before().hold().active())
                .filter(change -> change.after().hold().active())
                .filter(change -> isHeldIn(last, change.before().id()))
                .map(Changes::held)
                .toList();
        return Holds.begin(tx, begun);
    }

    private static HeldPurchase held(Change confirmed) {
        PurchaseState purchase = confirmed.after();
        return new HeldPurchase(
                purchase.id(),
                purchase.userId(),
                purchase.merchantId(),
                requireNonNull(purchase.hold().payableAt()),
                PurchaseState.isPerson(confirmed.actor()));
    }

    private static Future<Void> endHolds(SqlConnection tx, List<Change> changes, Map<UUID, Change> last) {
        Set<UUID> ended = changes.stream()
                .map(Change::before)
                .filter(before -> before.hold().active() && !isHeldIn(last, before.id()))
                .map(PurchaseState::id)
                .collect(Collectors.toSet());
        return Holds.end(tx, ended);
    }

    private static boolean isHeldIn(Map<UUID, Change> last, UUID purchaseId) {
        return requireNonNull(last.get(purchaseId)).after().hold().active();
    }

    /** One event for all first changes of a kind, then for all second ones: each purchase's events are in their order. */
    private Future<Void> appendEvents(SqlConnection tx, List<Change> changes) {
        Map<UUID, Integer> counts = new HashMap<>();
        Map<Integer, Map<EventType<PurchaseEvents.Purchases>, List<Entry>>> rounds = new TreeMap<>();
        for (Change change : changes) {
            EventType<PurchaseEvents.Purchases> type = change.event();
            if (type == null) {
                continue;
            }
            int round = counts.merge(change.before().id(), 1, Integer::sum);
            rounds.computeIfAbsent(round, r -> new LinkedHashMap<>())
                    .computeIfAbsent(type, key -> new ArrayList<>())
                    .add(new Entry(change.before().id(), change.before().userId(), change.causeId()));
        }
        return Future.all(rounds.values().stream()
                        .flatMap(round -> round.entrySet().stream())
                        .map(event -> events.append(tx, event.getKey(), new PurchaseEvents.Purchases(event.getValue())))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> appendReleases(SqlConnection tx, List<Change> changes, List<Amounts> amounts) {
        List<CashbackEvents.Entry> releases = IntStream.range(0, changes.size())
                .filter(i -> changes.get(i) instanceof Change.Released)
                .mapToObj(i -> new CashbackEvents.Entry(
                        changes.get(i).before().id(),
                        changes.get(i).before().userId(),
                        amounts.get(i).after().minor()))
                .toList();
        return releases.isEmpty()
                ? Future.succeededFuture()
                : events.append(tx, CashbackEvents.RELEASED, new CashbackEvents.Released(releases));
    }
}
