package com.clicknback.partnerevents;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.partnerevents.ParkedStore.Due;
import com.clicknback.partnerevents.ParkedStore.Settled;
import com.clicknback.partnerevents.replay.Parked;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.platform.db.Words;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.errors.Violation;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.purchases.StoredPurchases;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record of what became of events. The sender of an event that waited was told no more than that; so its refusal or
 * its end is audited and counted as well.
 */
public final class EventOutcomes {
    private static final String APPLIED = "applied";
    private static final String EXPIRED = "expired";

    private final AuditTrail audit;
    private final Metrics metrics;
    private final Clock clock;

    public EventOutcomes(AuditTrail audit, Metrics metrics, Clock clock) {
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A refused event whose sender had been told that it waits. */
    record RefusedLate(UUID partnerId, ErrorCode code) {
        /** Counts it, once its transaction is committed. */
        void count(Metrics metrics) {
            metrics.partnerEventRefused(partnerId, code.wireName());
        }
    }

    /**
     * Writes the outcomes of events; returns those that were refused behind their sender's back.
     *
     * @param verdicts by event: its refusal, or empty when it was applied
     * @param effective the events that changed their purchase
     * @param reported the event that is being answered; its sender is told
     */
    Future<List<RefusedLate>> settle(
            SqlConnection tx,
            List<Parked> events,
            Map<UUID, Optional<DomainException>> verdicts,
            Set<UUID> effective,
            @Nullable UUID reported) {
        Instant now = clock.instant();
        List<Settled> settled = new ArrayList<>(events.size());
        List<AuditEntry> entries = new ArrayList<>();
        List<RefusedLate> refusedLate = new ArrayList<>();
        for (Parked parked : events) {
            DomainException refusal =
                    verdicts.getOrDefault(parked.id(), Optional.empty()).orElse(null);
            settled.add(settled(parked, refusal, effective.contains(parked.id()), now));
            if (refusal != null && !parked.id().equals(reported)) {
                entries.add(auditEntry(parked, refusal));
                refusedLate.add(new RefusedLate(parked.event().partnerId(), refusal.code()));
            }
        }
        // The counts of parked events come last: all events that a partner parks meet there.
        return Future.all(audit.record(tx, entries), ParkedStore.settle(tx, settled))
                .map(refusedLate);
    }

    private static Settled settled(Parked parked, @Nullable DomainException refusal, boolean effective, Instant now) {
        return refusal == null
                ? new Settled(parked.id(), APPLIED, null, effective, now)
                : new Settled(
                        parked.id(),
                        refusal.code().wireName(),
                        parked.event().title() + " was refused. " + reason(refusal),
                        false,
                        now);
    }

    /** The reason in words; of a wrong member the member as well. */
    private static String reason(DomainException refusal) {
        return refusal.details().get("violations") instanceof List<?> violations
                        && !violations.isEmpty()
                        && violations.get(0) instanceof Violation violation
                ? "The " + violation.field() + " " + violation.reason() + "."
                : refusal.getMessage();
    }

    private static AuditEntry auditEntry(Parked parked, DomainException refusal) {
        Map<String, String> details = details(parked.event());
        details.put("code", refusal.code().wireName());
        details.put("reason", reason(refusal));
        return new AuditEntry(
                parked.event().actor(),
                AuditAction.PARTNER_EVENT_REFUSED,
                "purchase",
                parked.purchaseId().toString(),
                details);
    }

    /** Gives a rejected purchase the time and the reason of the earliest of its partner's rejections, which came later. */
    Future<Void> restate(SqlConnection tx, UUID purchaseId, PartnerEvent rejection) {
        String reason = requireNonNull(rejection.reason());
        return StoredPurchases.restateRejection(tx, purchaseId, reason, rejection.occurredAt(), clock.instant())
                .compose(given -> audit.record(
                        tx,
                        given
                                ? List.of(new AuditEntry(
                                        rejection.actor(),
                                        AuditAction.PURCHASE_REJECTED,
                                        "purchase",
                                        purchaseId.toString(),
                                        Map.of("reason", reason)))
                                : List.of()));
    }

    /** Ends the wait of events whose purchase did not come. */
    Future<Void> expire(SqlConnection tx, List<Due> due, Duration waited) {
        Instant now = clock.instant();
        List<Settled> settled = due.stream()
                .map(event -> new Settled(
                        event.id(),
                        EXPIRED,
                        event.event().title() + " waited " + waited.toDays() + " days for its purchase and expired.",
                        false,
                        now))
                .toList();
        List<AuditEntry> entries = due.stream().map(EventOutcomes::auditEntry).toList();
        return Future.all(audit.record(tx, entries), ParkedStore.settle(tx, settled))
                .mapEmpty();
    }

    private static AuditEntry auditEntry(Due due) {
        Map<String, String> details = details(due.event());
        details.put("external_id", due.event().key().externalId());
        return new AuditEntry(
                Actor.system("partner_event:" + due.id()),
                AuditAction.PARTNER_EVENT_EXPIRED,
                "partner",
                due.event().partnerId().toString(),
                details);
    }

    /** Counts expired events, once their transaction is committed. */
    void countExpired(List<Due> due) {
        due.forEach(event -> metrics.partnerEventExpired(event.event().partnerId()));
    }

    private static Map<String, String> details(PartnerEvent event) {
        Map<String, String> details = new HashMap<>();
        details.put("type", "purchase." + Words.of(event.kind()));
        details.put("refund_id", event.refundId());
        details.put("correction_id", event.correctionId());
        details.put("amount", event.amount() == null ? null : event.amount().toString());
        details.put("occurred_at", event.occurredAt().toString());
        return details;
    }
}
