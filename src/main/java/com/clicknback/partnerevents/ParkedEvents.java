package com.clicknback.partnerevents;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseEvents.Awaited;
import com.clicknback.events.PurchaseEvents.Entry;
import com.clicknback.events.PurchaseKey;
import com.clicknback.ledger.Ledger;
import com.clicknback.partnerevents.EventOutcomes.RefusedLate;
import com.clicknback.partnerevents.PartnerEventStore.Arrived;
import com.clicknback.partnerevents.PartnerEventStore.Recorded;
import com.clicknback.partnerevents.replay.OnRecord;
import com.clicknback.partnerevents.replay.Parked;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.partnerevents.replay.Replay;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.LoggedEvent;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.purchases.Change;
import com.clicknback.purchases.Changes;
import com.clicknback.purchases.EarlyCredits;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.StoredPurchases;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Applies events that were parked for purchases which have arrived, in the partner's order. */
public final class ParkedEvents {
    /** Events that one transaction applies; the log brings back the rest. */
    private static final int APPLIED_MAX = 2_000;

    /** Events of one purchase that are looked at again; more than that say the same thing many times. */
    private static final int ON_RECORD_MAX = 500;

    private final EarlyCredits earlyCredits;
    private final Changes changes;
    private final TimeOrderedIds ids;
    private final EventLog eventLog;
    private final Metrics metrics;
    private final EventOutcomes outcomes;
    private final ParkedIsolation isolation;
    private final int appliedMax;

    public ParkedEvents(
            Database database,
            EarlyCredits earlyCredits,
            Changes changes,
            TimeOrderedIds ids,
            EventLog eventLog,
            Metrics metrics,
            EventOutcomes outcomes,
            Clock clock) {
        this(
                earlyCredits,
                changes,
                ids,
                eventLog,
                metrics,
                outcomes,
                new ParkedIsolation(database, eventLog, clock),
                APPLIED_MAX);
    }

    /**
     * @param appliedMax events that one transaction applies
     */
    ParkedEvents(
            EarlyCredits earlyCredits,
            Changes changes,
            TimeOrderedIds ids,
            EventLog eventLog,
            Metrics metrics,
            EventOutcomes outcomes,
            ParkedIsolation isolation,
            int appliedMax) {
        this.earlyCredits = earlyCredits;
        this.changes = changes;
        this.ids = ids;
        this.eventLog = eventLog;
        this.metrics = metrics;
        this.outcomes = outcomes;
        this.isolation = isolation;
        this.appliedMax = appliedMax;
    }

    /** For the follower of the event log: applies what is parked for purchases that have arrived. */
    Future<Runnable> follow(SqlConnection tx, List<LoggedEvent> events) {
        Set<UUID> purchaseIds = new HashSet<>();
        Set<PurchaseKey> keys = new HashSet<>();
        for (LoggedEvent event : events) {
            if (event.is(PurchaseEvents.INGESTED)) {
                event.as(PurchaseEvents.INGESTED).purchases().stream()
                        .map(Entry::purchaseId)
                        .forEach(purchaseIds::add);
            } else if (event.is(PurchaseEvents.PARKED)) {
                keys.addAll(event.as(PurchaseEvents.PARKED).purchases());
            }
        }
        if (purchaseIds.isEmpty() && keys.isEmpty()) {
            return Future.succeededFuture(() -> {});
        }
        return isolation
                .idle()
                .compose(idle -> PartnerEventStore.findAwaited(tx, purchaseIds, keys))
                .compose(awaited -> awaited.isEmpty()
                        ? Future.succeededFuture(() -> {})
                        : creditAndApply(tx, awaited)
                                .recover(failure -> isolation.after(failure, awaited, this::creditAndApply)));
    }

    /** Registers the number of events that are set aside. */
    void measure() {
        metrics.partnerEventsSetAside(isolation::setAside);
    }

    /** Counts what is set aside, and lets the log bring back what was so long enough ago; returns the number of purchases. */
    Future<Integer> bringBack() {
        return isolation.bringBack();
    }

    /** The events that were set aside when they were last counted; called from any thread. */
    long setAside() {
        return isolation.setAside();
    }

    /** Completes once nothing is applied apart from the follower. */
    Future<Void> idle() {
        return isolation.idle();
    }

    private Future<Runnable> creditAndApply(SqlConnection tx, List<Arrived> awaited) {
        return Ledger.boundWaits(tx)
                .compose(bounded -> credit(tx, awaited, Actor.system("partner_events")))
                .compose(credited -> apply(tx, awaited, null).map(applied -> () -> {
                    metrics.purchasesCredited(credited);
                    applied.refusedLate().forEach(refused -> refused.count(metrics));
                }));
    }

    /**
     * The outcome of applying what is parked.
     *
     * @param verdicts by event: its refusal, or empty when it was applied
     * @param refusedLate the refused events whose sender had been told that they wait
     */
    record Applied(Map<UUID, Optional<DomainException>> verdicts, List<RefusedLate> refusedLate) {
        static final Applied NOTHING = new Applied(Map.of(), List.of());
    }

    /** Locks the owners' wallets first, which also keeps the events of their purchases in order; counts new credits. */
    Future<Integer> credit(SqlConnection tx, List<Arrived> purchases, Actor cause) {
        List<UUID> purchaseIds = purchases.stream().map(Arrived::id).toList();
        Set<UUID> userIds = purchases.stream().map(Arrived::userId).collect(Collectors.toSet());
        return earlyCredits.credit(tx, purchaseIds, userIds, cause);
    }

    /** Tells the purchase of an earlier time of its rejection: what counts of amounts and the reason follow from it. */
    Future<Void> restate(SqlConnection tx, Arrived purchase, Recorded recorded, PartnerEvent event) {
        return recorded.restated() && event.kind() == Kind.REJECTED
                ? outcomes.restate(tx, purchase.id(), event)
                : Future.succeededFuture();
    }

    /**
     * Applies what is parked for purchases whose wallets are locked; what is beyond the limit is put off by the log.
     *
     * @param reported the event that is being answered; null when all were parked before their purchase
     */
    Future<Applied> apply(SqlConnection tx, List<Arrived> purchases, @Nullable UUID reported) {
        List<UUID> ids = purchases.stream().map(Arrived::id).toList();
        return PartnerEventStore.findParked(tx, ids, appliedMax + 1).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(Applied.NOTHING);
            }
            List<Parked> parked = found.subList(0, Math.min(found.size(), appliedMax));
            return write(tx, parked, reported)
                    .compose(applied -> found.size() == parked.size()
                            ? Future.succeededFuture(applied)
                            : putOff(
                                            tx,
                                            purchases,
                                            parked,
                                            found.get(appliedMax).purchaseId())
                                    .map(applied));
        });
    }

    private Future<Applied> write(SqlConnection tx, List<Parked> parked, @Nullable UUID reported) {
        Map<UUID, List<Parked>> byPurchase = parked.stream()
                .collect(Collectors.groupingBy(Parked::purchaseId, LinkedHashMap::new, Collectors.toList()));
        return states(tx, byPurchase.keySet(), parked)
                .compose(states -> replays(tx, byPurchase, states, reported))
                .compose(replays -> write(tx, replays, reported));
    }

    private Future<List<Replay>> replays(
            SqlConnection tx,
            Map<UUID, List<Parked>> byPurchase,
            Map<UUID, PurchaseState> states,
            @Nullable UUID reported) {
        List<UUID> contested = byPurchase.entrySet().stream()
                .filter(entry -> Replay.needsRecord(requireNonNull(states.get(entry.getKey())), entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return PartnerEventStore.findOnRecord(tx, contested, ON_RECORD_MAX).map(found -> {
            Map<UUID, List<OnRecord>> onRecord = found.stream()
                    .collect(Collectors.groupingBy(event -> event.event().purchaseId()));
            return byPurchase.entrySet().stream()
                    .map(entry -> new Replay(
                            requireNonNull(states.get(entry.getKey())),
                            entry.getValue(),
                            onRecord.getOrDefault(entry.getKey(), List.of()),
                            reported,
                            ids::next))
                    .toList();
        });
    }

    private Future<Applied> write(SqlConnection tx, Collection<Replay> replays, @Nullable UUID reported) {
        List<Change> changed = new ArrayList<>();
        List<Parked> judged = new ArrayList<>();
        Map<UUID, Optional<DomainException>> verdicts = new LinkedHashMap<>();
        Set<UUID> effective = new HashSet<>();
        for (Replay replay : replays) {
            Replay.Outcome outcome = replay.outcome();
            changed.addAll(outcome.changes());
            verdicts.putAll(outcome.verdicts());
            effective.addAll(outcome.effective());
            replay.events().stream()
                    .filter(event -> outcome.verdicts().containsKey(event.id()))
                    .forEach(judged::add);
        }
        Future<Void> written = changes.write(tx, changed);
        Future<List<RefusedLate>> settled = outcomes.settle(tx, judged, verdicts, effective, reported);
        return Future.all(written, settled).map(done -> new Applied(verdicts, settled.result()));
    }

    /** With their gates when one of them may be confirmed: a partner's word alone does not pass a closed one. */
    private Future<Map<UUID, PurchaseState>> states(SqlConnection tx, Set<UUID> purchaseIds, List<Parked> parked) {
        Future<Map<UUID, PurchaseState>> states = StoredPurchases.states(tx, purchaseIds);
        boolean decided = parked.stream().anyMatch(event -> event.event().kind().isDecision());
        return states.compose(found -> decided || found.values().stream().anyMatch(PurchaseState::isRefundedInFull)
                ? changes.atGates(tx, found)
                : Future.succeededFuture(found));
    }

    /** The log brings back the purchases that are not done with. */
    private Future<Void> putOff(SqlConnection tx, List<Arrived> purchases, List<Parked> applied, UUID next) {
        Set<UUID> done = applied.stream().map(Parked::purchaseId).collect(Collectors.toSet());
        done.remove(next);
        List<PurchaseKey> left = purchases.stream()
                .filter(purchase -> !done.contains(purchase.id()))
                .map(Arrived::key)
                .toList();
        return eventLog.append(tx, PurchaseEvents.PARKED, new Awaited(left));
    }
}
