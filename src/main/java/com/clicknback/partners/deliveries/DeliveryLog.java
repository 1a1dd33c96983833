package com.clicknback.partners.deliveries;

import com.clicknback.partners.signing.WebhookForm;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Delivery;
import com.clicknback.platform.json.CanonicalUuid;
import com.clicknback.platform.ops.Metrics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that wait to be recorded. Any event loop adds to it without waiting; what finds no room is not recorded.
 * Of each partner only the latest of each kind are kept, with the number of those left out, so that a flood costs little.
 */
public final class DeliveryLog {
    /** Of all partners; refused ones have room of their own, so that a flood displaces none. */
    private static final int WAITING_MAX = 8_192;

    private static final int REFUSED_WAITING_MAX = 1_024;

    /** Of one partner and kind in one write. What is left out is dropped at once: it would outlive several collections. */
    private static final int KEPT_MAX = 20;

    private static final int INTERNAL_SERVER_ERROR = 500;

    private final TimeOrderedIds ids;
    private final Clock clock;
    private final Metrics metrics;
    private final ConcurrentMap<Kind, Kept> latest = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, Instant> uses = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger refusedWaiting = new AtomicInteger();

    public DeliveryLog(TimeOrderedIds ids, Clock clock, Metrics metrics) {
        this.ids = ids;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * A delivery with its partner.
     *
     * @param secretId the partner's secret that it was signed with; null when it was refused
     */
    record Waiting(UUID partnerId, @Nullable UUID secretId, PartnerDelivery delivery) {}

    /**
     * Deliveries and uses that waited.
     *
     * @param deliveries the latest of each partner and kind only
     * @param uses the latest of each secret
     */
    record Drained(List<Waiting> deliveries, List<SecretUse> uses) {}

    private record Kind(UUID partnerId, boolean refused) {}

    /** The latest of a kind in their order; changed by {@code compute} alone. */
    private static final class Kept {
        private final ArrayDeque<Waiting> latest = new ArrayDeque<>();
        private int omitted;

        List<Waiting> told() {
            List<Waiting> told = new ArrayList<>(latest);
            Waiting first = told.get(0);
            told.set(0, new Waiting(first.partnerId, first.secretId, first.delivery.after(omitted)));
            return told;
        }
    }

    /** Counts a delivery, and adds it if its partner exists; called from any thread. */
    public void add(Delivery delivery) {
        UUID partnerId = CanonicalUuid.of(delivery.partnerId());
        if (partnerId == null) {
            metrics.signatureRefused(null, SignatureFault.PARTNER_UNKNOWN);
            return;
        }
        PartnerDelivery told =
                delivery.secretId() != null ? verdict(partnerId, delivery) : refusal(partnerId, delivery);
        if (told == null) {
            return;
        }
        UUID secretId = delivery.secretId();
        if (secretId != null) {
            uses.put(secretId, told.receivedAt());
        }
        Waiting next = new Waiting(partnerId, secretId, told);
        latest.compute(new Kind(partnerId, told.refused()), (kind, kept) -> with(kept, next));
    }

    private @Nullable Kept with(@Nullable Kept before, Waiting next) {
        Kept kept = before == null ? new Kept() : before;
        if (kept.latest.size() == KEPT_MAX) {
            kept.latest.remove();
            kept.omitted++;
        } else if (!takeRoom(next.delivery.refused())) {
            metrics.deliveryNotRecorded();
            return before;
        }
        kept.latest.add(next);
        return kept;
    }

    private boolean takeRoom(boolean refused) {
        AtomicInteger taken = refused ? refusedWaiting : waiting;
        if (taken.incrementAndGet() <= (refused ? REFUSED_WAITING_MAX : WAITING_MAX)) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    private @Nullable PartnerDelivery refusal(UUID partnerId, Delivery delivery) {
        if (!(delivery.failure() instanceof DomainException refusal)
                || !(refusal.reason() instanceof SignatureFault fault)) {
            return null;
        }
        boolean known = fault != SignatureFault.PARTNER_UNKNOWN;
        metrics.signatureRefused(known ? partnerId : null, fault);
        if (!known) {
            return null;
        }
        metrics.partnerRejection(partnerId, refusal.code().wireName());
        return ended(delivery, DeliveryOutcome.REFUSED, refusal.code(), fault);
    }

    private PartnerDelivery verdict(UUID partnerId, Delivery delivery) {
        Answer answer = delivery.answer();
        if (answer == null) {
            ErrorCode code = delivery.failure() instanceof DomainException refusal
                    ? refusal.codeForOperators()
                    : ErrorCode.INTERNAL_SERVER_ERROR;
            boolean failed = code.status() >= INTERNAL_SERVER_ERROR;
            if (!failed) {
                metrics.partnerRejection(partnerId, code.wireName());
            } else if (code == ErrorCode.OVERLOADED) {
                metrics.partnerOverloaded(partnerId);
            }
            return ended(delivery, failed ? DeliveryOutcome.FAILED : DeliveryOutcome.REJECTED, code, null);
        }
        Delivery.Summary summary = answer.body() instanceof Delivery.Outcome outcome
                ? outcome.summary()
                : new Delivery.Summary(null, 1, 0, List.of());
        List<String> codes = summary.rejectedCodes();
        metrics.partnerVerdicts(partnerId, summary.accepted(), summary.duplicates());
        codes.forEach(code -> metrics.partnerRejection(partnerId, code));
        return new PartnerDelivery(
                ids.next(),
                clock.instant(),
                outcome(summary),
                isBatch(delivery),
                messageId(delivery),
                delivery.requestId(),
                answer.status(),
                codes.isEmpty() ? null : codes.get(0),
                null,
                summary.externalId(),
                summary.accepted(),
                summary.duplicates(),
                codes.size(),
                0);
    }

    private static DeliveryOutcome outcome(Delivery.Summary summary) {
        int taken = summary.accepted() + summary.duplicates();
        if (!summary.rejectedCodes().isEmpty()) {
            return taken == 0 ? DeliveryOutcome.REJECTED : DeliveryOutcome.PARTLY_REJECTED;
        }
        return summary.accepted() == 0 ? DeliveryOutcome.DUPLICATE : DeliveryOutcome.ACCEPTED;
    }

    private PartnerDelivery ended(
            Delivery delivery, DeliveryOutcome outcome, ErrorCode code, @Nullable SignatureFault fault) {
        return new PartnerDelivery(
                ids.next(),
                clock.instant(),
                outcome,
                isBatch(delivery),
                messageId(delivery),
                delivery.requestId(),
                code.status(),
                code.wireName(),
                fault,
                null,
                0,
                0,
                0,
                0);
    }

    /** A refused message may name itself anything. */
    private static @Nullable String messageId(Delivery delivery) {
        String sent = delivery.messageId();
        return sent != null && WebhookForm.isId(sent) ? sent : null;
    }

    private static boolean isBatch(Delivery delivery) {
        return delivery.operationId().equals("ingestPurchaseBatchWebhook");
    }

    /** Takes what waits. */
    Drained drain() {
        List<Waiting> deliveries = new ArrayList<>();
        for (Kind kind : latest.keySet()) {
            Kept kept = latest.remove(kind);
            if (kept != null) {
                deliveries.addAll(kept.told());
                (kind.refused ? refusedWaiting : waiting).addAndGet(-kept.latest.size());
            }
        }
        List<SecretUse> used = new ArrayList<>();
        for (UUID secretId : uses.keySet()) {
            Instant at = uses.remove(secretId);
            if (at != null) {
                used.add(new SecretUse(secretId, at));
            }
        }
        return new Drained(deliveries, used);
    }
}
