package com.clicknback.partners.deliveries;

import com.clicknback.partners.signing.WebhookForm;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Delivery;
import com.clicknback.platform.json.CanonicalUuid;
import com.clicknback.platform.ops.Metrics;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that wait to be recorded. Any event loop adds to it without waiting; what finds no room is not recorded.
 * Of each partner only the latest of each kind are kept, with the number of those left out, so that a flood costs little.
 */
public final class DeliveryLog {
    /** Those of half a second at full load; refused ones have a queue of their own, so that a flood displaces none. */
    private static final int WAITING_MAX = 8_192;

    private static final int REFUSED_WAITING_MAX = 1_024;

    /** Of one partner and kind in one write. */
    private static final int KEPT_MAX = 20;

    private static final int INTERNAL_SERVER_ERROR = 500;

    private final TimeOrderedIds ids;
    private final Clock clock;
    private final Metrics metrics;
    private final ArrayBlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final ArrayBlockingQueue<Waiting> refused = new ArrayBlockingQueue<>(REFUSED_WAITING_MAX);

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
        Waiting next = new Waiting(partnerId, delivery.secretId(), told);
        if (!(told.refused() ? refused : waiting).offer(next)) {
            metrics.deliveryNotRecorded();
        }
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
        List<Waiting> all = new ArrayList<>();
        waiting.drainTo(all);
        refused.drainTo(all);
        Map<Kind, ArrayDeque<Waiting>> latest = new HashMap<>();
        Map<UUID, SecretUse> uses = new HashMap<>();
        for (Waiting one : all) {
            ArrayDeque<Waiting> kept = latest.computeIfAbsent(
                    new Kind(one.partnerId(), one.delivery().refused()), kind -> new ArrayDeque<>());
            kept.add(one);
            if (kept.size() > KEPT_MAX) {
                Waiting dropped = kept.remove();
                Waiting next = kept.remove();
                int omitted = dropped.delivery().omittedBefore() + 1;
                kept.addFirst(new Waiting(
                        next.partnerId(), next.secretId(), next.delivery().after(omitted)));
            }
            UUID secretId = one.secretId();
            if (secretId != null) {
                uses.put(secretId, new SecretUse(secretId, one.delivery().receivedAt()));
            }
        }
        return new Drained(latest.values().stream().flatMap(ArrayDeque::stream).toList(), List.copyOf(uses.values()));
    }
}
