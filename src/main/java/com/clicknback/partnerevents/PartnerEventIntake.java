package com.clicknback.partnerevents;

import static java.util.Objects.requireNonNull;

import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseEvents.Awaited;
import com.clicknback.events.PurchaseKey;
import com.clicknback.partnerevents.EventOutcomes.RefusedLate;
import com.clicknback.partnerevents.PartnerEventStore.Arrived;
import com.clicknback.partnerevents.PartnerEventStore.Recorded;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.StoredPurchases;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.io.Serial;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes events that partners report about their purchases: applies them at once when the purchase is there, else parks
 * them. Parking and arrival are both in the event log, and a follower looks at either once it is committed, so the
 * second of the two finds the first.
 */
public final class PartnerEventIntake {
    private final Database database;
    private final ParkedEvents parkedEvents;
    private final ParkedLimits limits;
    private final TimeOrderedIds ids;
    private final EventLog events;
    private final Metrics metrics;
    private final Clock clock;

    public PartnerEventIntake(
            Database database,
            ParkedEvents parkedEvents,
            ParkedLimits limits,
            TimeOrderedIds ids,
            EventLog events,
            Metrics metrics,
            Clock clock) {
        this.database = database;
        this.parkedEvents = parkedEvents;
        this.limits = limits;
        this.ids = ids;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * The outcome of reporting an event.
     *
     * @param state of the purchase after it; empty while the event is parked
     * @param creditedFirst purchases that had not been credited yet
     * @param refusedLate events that were parked before, and refused now
     */
    private record Report(
            Optional<PurchaseState> state,
            Optional<DomainException> refusal,
            int creditedFirst,
            List<RefusedLate> refusedLate) {
        static final Report PARKED = new Report(Optional.empty(), Optional.empty(), 0, List.of());

        static Report applied(PurchaseState state) {
            return new Report(Optional.of(state), Optional.empty(), 0, List.of());
        }

        static Report refused(DomainException refusal) {
            return new Report(Optional.empty(), Optional.of(refusal), 0, List.of());
        }

        Report credited(int purchases) {
            return new Report(state, refusal, purchases, refusedLate);
        }

        Report refusing(List<RefusedLate> others) {
            return new Report(state, refusal, creditedFirst, others);
        }

        PartnerEvents.Reported reported() {
            return new PartnerEvents.Reported(state.map(s -> new PartnerEvents.Standing(
                            s.id(), s.status(), s.cashback(), s.hold().payableAt()))
                    .orElse(null));
        }
    }

    /** Fails a transaction whose purchase has arrived since its lookup, so that it leaves nothing. */
    private static final class OvertakenException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        OvertakenException() {
            super("the purchase has arrived", null, false, false);
        }
    }

    /** Applies an event, or parks it until its purchase arrives; fails with its refusal. */
    Future<PartnerEvents.Reported> report(PartnerEvent event) {
        return attempt(event)
                .recover(failure ->
                        failure instanceof OvertakenException ? attempt(event) : Future.failedFuture(failure))
                .compose(report -> {
                    metrics.purchasesCredited(report.creditedFirst());
                    report.refusedLate().forEach(refused -> refused.count(metrics));
                    events.nudge();
                    return report.refusal().isPresent()
                            ? Future.failedFuture(report.refusal().get())
                            : Future.succeededFuture(report.reported());
                });
    }

    private Future<Report> attempt(PartnerEvent event) {
        PurchaseKey key = event.key();
        return database.inTransaction(tx -> PartnerEventStore.findPurchase(tx, key)
                .compose(
                        purchase -> purchase.isPresent() ? applyNow(tx, event, purchase.get()) : park(tx, event, key)));
    }

    private Future<Recorded> record(SqlConnection tx, PartnerEvent event) {
        Instant now = clock.instant();
        return PartnerEventStore.record(tx, ids.next(), event, now);
    }

    private Future<Report> park(SqlConnection tx, PartnerEvent event, PurchaseKey key) {
        return record(tx, event).compose(recorded -> {
            if (!recorded.differing().isEmpty()) {
                return Future.succeededFuture(Report.refused(reused(event, recorded.differing())));
            }
            if (recorded.applied()) {
                return Future.failedFuture(new OvertakenException());
            }
            return recorded.fresh()
                    ? events.append(tx, PurchaseEvents.PARKED, new Awaited(List.of(key)))
                            // Fails the transaction: unlike other refusals, this one leaves no record.
                            .compose(appended -> limits.count(tx, recorded.id()))
                            .map(Report.PARKED)
                    : Future.succeededFuture(Report.PARKED);
        });
    }

    /** Locks the wallet first, which also keeps the events of its purchases in order. */
    private Future<Report> applyNow(SqlConnection tx, PartnerEvent event, Arrived purchase) {
        return parkedEvents
                .credit(tx, List.of(purchase), event.actor())
                .compose(credited -> record(tx, event)
                        .compose(recorded -> !recorded.differing().isEmpty()
                                ? Future.succeededFuture(Report.refused(reused(event, recorded.differing())))
                                : parkedEvents
                                        .restate(tx, purchase, recorded, event)
                                        .compose(restated -> parkedEvents.apply(
                                                tx, List.of(purchase), recorded.fresh() ? recorded.id() : null))
                                        .compose(applied -> report(tx, recorded, purchase, applied.verdicts())
                                                .map(report -> report.refusing(applied.refusedLate()))))
                        .map(report -> report.credited(credited)));
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
        return StoredPurchases.states(tx, List.of(purchaseId))
                .map(states -> Report.applied(requireNonNull(states.get(purchaseId))));
    }

    /** The refusal of an id that names a refund or correction with other content. */
    private static DomainException reused(PartnerEvent event, List<String> differing) {
        boolean refund = event.kind() == Kind.REFUNDED;
        return new DomainException(
                ErrorCode.EXTERNAL_ID_REUSED,
                "This " + (refund ? "refund_id" : "correction_id") + " was sent before with other data.",
                DomainException.details(
                        "external_id",
                        event.key().externalId(),
                        refund ? "refund_id" : "correction_id",
                        refund ? event.refundId() : event.correctionId(),
                        "fields",
                        differing));
    }
}
