package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.LoggedEvent;
import com.clicknback.purchases.DecisionStore.State;
import com.clicknback.purchases.PartnerEventStore.Owned;
import com.clicknback.purchases.PartnerEventStore.Parked;
import com.clicknback.purchases.PurchasesVerticle.Shared;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies what partners tell about their purchases: recorded first, applied in the partner's order once the purchase is
 * there. Reporter and ingestion each commit before they look for the other's row, so one of them sees both.
 */
final class PartnerEvents {
    private final Shared shared;
    private final Decisions decisions;
    private final Refunds refunds;

    PartnerEvents(Shared shared, Decisions decisions) {
        this.shared = shared;
        this.decisions = decisions;
        this.refunds = new Refunds(shared, decisions);
    }

    /**
     * What applying parked events did.
     *
     * @param refusals by event; they are on record too
     * @param creditedFirst purchases that had not been credited yet
     */
    private record Applied(Map<UUID, DomainException> refusals, int creditedFirst) {
        static final Applied NOTHING = new Applied(Map.of(), 0);
    }

    /** The purchase's id once the event is applied, or empty while it is parked; fails with the refusal of the event. */
    Future<Optional<UUID>> report(PartnerEvent event) {
        return shared.database()
                .inTransaction(tx -> PartnerEventStore.record(tx, shared.ids(), event, now()))
                .compose(recorded -> recorded.amountDiffers()
                        ? Future.failedFuture(Refunds.reused(event))
                        : applyIfArrived(event, recorded.id()));
    }

    /** A transaction of its own, so that the look for the purchase comes after the commit of the event. */
    private Future<Optional<UUID>> applyIfArrived(PartnerEvent event, UUID eventId) {
        return shared.database()
                .inTransaction(tx -> PartnerEventStore.findPurchase(tx, event)
                        .compose(purchase -> applyParked(
                                        tx, purchase.map(List::of).orElse(List.of()))
                                .map(applied -> new Outcome(purchase.map(Owned::purchaseId), applied))))
                .compose(outcome -> {
                    shared.metrics().purchasesCredited(outcome.applied().creditedFirst());
                    DomainException refusal = outcome.applied().refusals().get(eventId);
                    return refusal == null
                            ? Future.succeededFuture(outcome.purchaseId())
                            : Future.failedFuture(refusal);
                });
    }

    private record Outcome(Optional<UUID> purchaseId, Applied applied) {}

    /** For the follower of the event log: applies what was parked for purchases that have just arrived. */
    Future<Runnable> arrived(SqlConnection tx, List<LoggedEvent> events) {
        List<Owned> purchases = new ArrayList<>();
        for (LoggedEvent event : events) {
            if (event.is(PurchaseEvents.INGESTED)) {
                event.as(PurchaseEvents.INGESTED)
                        .purchases()
                        .forEach(entry -> purchases.add(new Owned(entry.purchaseId(), entry.userId())));
            }
        }
        return applyParked(tx, purchases)
                .map(applied -> () -> shared.metrics().purchasesCredited(applied.creditedFirst()));
    }

    /** Applies what is parked for purchases, in the partners' order. */
    private Future<Applied> applyParked(SqlConnection tx, List<Owned> purchases) {
        return PartnerEventStore.findParked(
                        tx, purchases.stream().map(Owned::purchaseId).toList())
                .compose(parked -> parked.isEmpty()
                        ? Future.succeededFuture(Applied.NOTHING)
                        : applyLocked(tx, parked.stream().map(Parked::purchase).collect(Collectors.toSet())));
    }

    /** Reads again under the wallets' locks: somebody else may have applied some meanwhile. */
    private Future<Applied> applyLocked(SqlConnection tx, Set<Owned> purchases) {
        Set<UUID> ids = purchases.stream().map(Owned::purchaseId).collect(Collectors.toSet());
        Set<UUID> userIds = purchases.stream().map(Owned::userId).collect(Collectors.toSet());
        return decisions
                .creditFirst(tx, ids, userIds, Actor.system("partner_events"))
                .compose(credits -> PartnerEventStore.findParked(tx, ids)
                        .compose(parked -> applyFrom(tx, parked, 0, new HashMap<>()))
                        .map(refusals -> new Applied(refusals, credits.size())));
    }

    private Instant now() {
        return shared.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Future<Map<UUID, DomainException>> applyFrom(
            SqlConnection tx, List<Parked> parked, int index, Map<UUID, DomainException> refusals) {
        if (index == parked.size()) {
            return Future.succeededFuture(refusals);
        }
        Parked next = parked.get(index);
        return apply(tx, next)
                .compose(refusal -> {
                    refusal.ifPresent(found -> refusals.put(next.id(), found));
                    return PartnerEventStore.settle(
                            tx, next.id(), refusal.map(found -> found.code().name()));
                })
                .compose(settled -> applyFrom(tx, parked, index + 1, refusals));
    }

    private Future<Optional<DomainException>> apply(SqlConnection tx, Parked parked) {
        UUID id = parked.purchase().purchaseId();
        PartnerEvent event = parked.event();
        Actor actor = Actor.system(event.cause());
        return DecisionStore.findStates(tx, List.of(id)).compose(states -> {
            State state = states.get(id);
            return switch (event.kind()) {
                case CONFIRMED -> decide(tx, Decision.CONFIRM, state, null, actor);
                case REJECTED -> decide(tx, Decision.REJECT, state, event.reason(), actor);
                case REFUNDED -> refunds.apply(tx, new Refund(id, event.refundId(), event.amount(), actor), state);
            };
        });
    }

    /** A decision that the purchase is the result of already is a repeat. */
    private Future<Optional<DomainException>> decide(
            SqlConnection tx, Decision decision, State state, @Nullable String reason, Actor actor) {
        if (state.status() == decision.to()) {
            return Future.succeededFuture(Optional.empty());
        }
        if (!decision.isAllowedFrom(state.status())) {
            return Future.succeededFuture(Optional.of(Refusals.of(decision, state.id(), state.status())));
        }
        Map<UUID, @Nullable String> reasons = new HashMap<>();
        reasons.put(state.id(), reason);
        return decisions.apply(tx, decision, reasons, actor).map(Optional.empty());
    }
}
