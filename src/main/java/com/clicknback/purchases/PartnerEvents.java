package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.LoggedEvent;
import com.clicknback.purchases.DecisionStore.State;
import com.clicknback.purchases.PartnerEventStore.Arrived;
import com.clicknback.purchases.PartnerEventStore.Parked;
import com.clicknback.purchases.PartnerEventStore.Recorded;
import com.clicknback.purchases.PurchaseEvents.Awaited;
import com.clicknback.purchases.PurchaseEvents.Entry;
import com.clicknback.purchases.PurchaseEvents.Name;
import com.clicknback.purchases.PurchasesVerticle.Shared;
import com.clicknback.purchases.ReportPartnerEvent.Reported;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Applies what partners tell about their purchases: at once when the purchase is there, else when it arrives. Parking
 * and arrival are both in the event log, and a follower looks at either once it is committed, so whichever comes second
 * finds the other.
 */
final class PartnerEvents {
    /** What one transaction applies; more is left to the next one. */
    private static final int APPLIED_MAX = 2_000;

    private final Shared shared;
    private final Decisions decisions;
    private final int appliedMax;

    PartnerEvents(Shared shared, Decisions decisions) {
        this(shared, decisions, APPLIED_MAX);
    }

    /**
     * @param appliedMax events that one transaction applies
     */
    PartnerEvents(Shared shared, Decisions decisions, int appliedMax) {
        this.shared = shared;
        this.decisions = decisions;
        this.appliedMax = appliedMax;
    }

    /**
     * What reporting an event came to.
     *
     * @param state of the purchase after it; empty while the event is parked
     * @param creditedFirst purchases that had not been credited yet
     */
    private record Report(Optional<State> state, Optional<DomainException> refusal, int creditedFirst) {
        static final Report PARKED = new Report(Optional.empty(), Optional.empty(), 0);

        static Report applied(State state) {
            return new Report(Optional.of(state), Optional.empty(), 0);
        }

        static Report refused(DomainException refusal) {
            return new Report(Optional.empty(), Optional.of(refusal), 0);
        }

        Report credited(int purchases) {
            return new Report(state, refusal, purchases);
        }

        Reported reported() {
            return new Reported(state.map(s -> new ReportPartnerEvent.Standing(s.id(), s.status(), s.cashback()))
                    .orElse(null));
        }
    }

    /** Applies an event, or parks it until its purchase arrives; fails with its refusal. */
    Future<Reported> report(PartnerEvent event) {
        Name name = new Name(event.partnerId(), event.externalId());
        return shared.database()
                .inTransaction(tx -> PartnerEventStore.findPurchase(tx, name)
                        .compose(purchase ->
                                purchase.isPresent() ? applyNow(tx, event, purchase.get()) : park(tx, event, name)))
                .compose(report -> {
                    shared.metrics().purchasesCredited(report.creditedFirst());
                    shared.events().nudge();
                    return report.refusal().isPresent()
                            ? Future.failedFuture(report.refusal().get())
                            : Future.succeededFuture(report.reported());
                });
    }

    private Future<Recorded> record(SqlConnection tx, PartnerEvent event) {
        Instant now = shared.clock().instant().truncatedTo(ChronoUnit.MICROS);
        return PartnerEventStore.record(tx, shared.ids().next(), event, now);
    }

    private Future<Report> park(SqlConnection tx, PartnerEvent event, Name name) {
        return record(tx, event).compose(recorded -> {
            if (recorded.amountDiffers()) {
                return Future.succeededFuture(Report.refused(PartnerEventRules.reused(event)));
            }
            if (recorded.applied()) {
                // The purchase has arrived since it was looked for.
                return PartnerEventStore.findPurchase(tx, name)
                        .compose(purchase -> applied(tx, purchase.orElseThrow().id()));
            }
            return recorded.fresh()
                    ? shared.events()
                            .append(tx, PurchaseEvents.PARKED, new Awaited(List.of(name)))
                            .map(Report.PARKED)
                    : Future.succeededFuture(Report.PARKED);
        });
    }

    /** The wallet's lock comes first: it also keeps the events of its purchases in order. */
    private Future<Report> applyNow(SqlConnection tx, PartnerEvent event, Arrived purchase) {
        return decisions
                .creditFirst(tx, List.of(purchase.id()), List.of(purchase.userId()), Actor.system(event.cause()))
                .compose(credits -> record(tx, event)
                        .compose(recorded -> recorded.amountDiffers()
                                ? Future.succeededFuture(Report.refused(PartnerEventRules.reused(event)))
                                : applyParked(tx, List.of(purchase))
                                        .compose(verdicts -> report(tx, recorded, purchase, verdicts)))
                        .map(report -> report.credited(credits.size())));
    }

    private static Future<Report> report(
            SqlConnection tx, Recorded recorded, Arrived purchase, Map<UUID, Optional<DomainException>> verdicts) {
        Optional<DomainException> verdict = recorded.applied() ? Optional.empty() : verdicts.get(recorded.id());
        if (verdict == null) {
            return Future.succeededFuture(Report.PARKED);
        }
        return verdict.isPresent() ? Future.succeededFuture(Report.refused(verdict.get())) : applied(tx, purchase.id());
    }

    private static Future<Report> applied(SqlConnection tx, UUID purchaseId) {
        return DecisionStore.findStates(tx, List.of(purchaseId)).map(states -> Report.applied(states.get(purchaseId)));
    }

    /** For the follower of the event log: applies what is parked for purchases that have arrived. */
    Future<Runnable> follow(SqlConnection tx, List<LoggedEvent> events) {
        Set<UUID> purchaseIds = new HashSet<>();
        Set<Name> names = new HashSet<>();
        for (LoggedEvent event : events) {
            if (event.is(PurchaseEvents.INGESTED)) {
                event.as(PurchaseEvents.INGESTED).purchases().stream()
                        .map(Entry::purchaseId)
                        .forEach(purchaseIds::add);
            } else if (event.is(PurchaseEvents.PARKED)) {
                names.addAll(event.as(PurchaseEvents.PARKED).purchases());
            }
        }
        if (purchaseIds.isEmpty() && names.isEmpty()) {
            return Future.succeededFuture(() -> {});
        }
        return PartnerEventStore.findAwaited(tx, purchaseIds, names)
                .compose(awaited -> awaited.isEmpty() ? Future.succeededFuture(0) : creditAndApply(tx, awaited))
                .map(creditedFirst -> () -> shared.metrics().purchasesCredited(creditedFirst));
    }

    private Future<Integer> creditAndApply(SqlConnection tx, List<Arrived> awaited) {
        List<UUID> ids = awaited.stream().map(Arrived::id).toList();
        Set<UUID> userIds = awaited.stream().map(Arrived::userId).collect(Collectors.toSet());
        return decisions
                .creditFirst(tx, ids, userIds, Actor.system("partner_events"))
                .compose(credits -> applyParked(tx, awaited).map(verdicts -> credits.size()));
    }

    /** Applies what is parked for purchases whose wallets are locked; what is beyond the limit is put off by the log. */
    private Future<Map<UUID, Optional<DomainException>>> applyParked(SqlConnection tx, List<Arrived> purchases) {
        List<UUID> ids = purchases.stream().map(Arrived::id).toList();
        return PartnerEventStore.findParked(tx, ids, appliedMax + 1).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(Map.of());
            }
            List<Parked> parked = found.subList(0, Math.min(found.size(), appliedMax));
            return apply(tx, parked)
                    .compose(verdicts -> found.size() == parked.size()
                            ? Future.succeededFuture(verdicts)
                            : putOff(
                                            tx,
                                            purchases,
                                            parked,
                                            found.get(appliedMax).purchaseId())
                                    .map(verdicts));
        });
    }

    private Future<Map<UUID, Optional<DomainException>>> apply(SqlConnection tx, List<Parked> parked) {
        Map<UUID, List<Parked>> byPurchase = parked.stream()
                .collect(Collectors.groupingBy(Parked::purchaseId, LinkedHashMap::new, Collectors.toList()));
        return DecisionStore.findStates(tx, byPurchase.keySet()).compose(states -> {
            List<Change> changes = new ArrayList<>();
            Map<UUID, Optional<DomainException>> verdicts = new LinkedHashMap<>();
            byPurchase.forEach((id, events) -> {
                State state = states.get(id);
                PartnerEventRules.Outcome outcome = PartnerEventRules.outcome(state, events, shared.ids()::next);
                changes.addAll(outcome.changes());
                verdicts.putAll(outcome.verdicts());
            });
            return Future.all(decisions.write(tx, changes), PartnerEventStore.settle(tx, verdicts))
                    .map(verdicts);
        });
    }

    /** The log brings back the purchases that are not done with. */
    private Future<Void> putOff(SqlConnection tx, List<Arrived> purchases, List<Parked> applied, UUID next) {
        Set<UUID> done = applied.stream().map(Parked::purchaseId).collect(Collectors.toSet());
        done.remove(next);
        List<Name> left = purchases.stream()
                .filter(purchase -> !done.contains(purchase.id()))
                .map(Arrived::name)
                .toList();
        return shared.events().append(tx, PurchaseEvents.PARKED, new Awaited(left));
    }
}
