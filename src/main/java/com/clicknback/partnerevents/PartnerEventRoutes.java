package com.clicknback.partnerevents;

import com.clicknback.events.PurchaseKey;
import com.clicknback.money.Money;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Delivery;
import com.clicknback.platform.http.Endpoint;
import com.clicknback.platform.json.CodePoints;
import com.clicknback.platform.json.OrNull;
import com.clicknback.purchases.PurchaseStatus;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events that partners report about purchases, before or after sending them; part of the signed webhook. */
public final class PartnerEventRoutes {
    private static final int ACCEPTED = 202;

    private final Bus bus;

    public PartnerEventRoutes(Bus bus) {
        this.bus = bus;
    }

    /** The endpoints by the type of the event, for the webhook that takes events of all types. */
    public Map<String, Endpoint> byEventType() {
        return Map.of(
                "purchase.confirmed", this::confirmed,
                "purchase.rejected", this::rejected,
                "purchase.refunded", this::refunded,
                "purchase.corrected", this::corrected);
    }

    private record Confirmation(
            @NotNull String type,
            @NotNull Instant timestamp,
            @NotNull @Valid ConfirmationData data) {}

    private record ConfirmationData(
            @NotNull @CodePoints(min = 1, max = 255) String externalId) {}

    private Future<Answer> confirmed(Call call) {
        Confirmation event = call.body(Confirmation.class);
        PartnerEvent confirmed = new PartnerEvent(
                key(call, event.data().externalId()),
                Kind.CONFIRMED,
                null,
                null,
                null,
                null,
                event.timestamp(),
                call.requestId());
        return report(confirmed);
    }

    private record Rejection(
            @NotNull String type,
            @NotNull Instant timestamp,
            @NotNull @Valid RejectionData data) {}

    private record RejectionData(
            @NotNull @CodePoints(min = 1, max = 255) String externalId,
            @NotNull @CodePoints(min = 1, max = 1000) String reason) {}

    private Future<Answer> rejected(Call call) {
        Rejection event = call.body(Rejection.class);
        RejectionData data = event.data();
        PartnerEvent rejected = new PartnerEvent(
                key(call, data.externalId()),
                Kind.REJECTED,
                data.reason(),
                null,
                null,
                null,
                event.timestamp(),
                call.requestId());
        return report(rejected);
    }

    private record RefundEvent(
            @NotNull String type,
            @NotNull Instant timestamp,
            @NotNull @Valid RefundData data) {}

    private record RefundData(
            @NotNull @CodePoints(min = 1, max = 255) String externalId,
            @NotNull @CodePoints(min = 1, max = 255) String refundId,
            @NotNull Money amount) {}

    private Future<Answer> refunded(Call call) {
        RefundEvent event = call.body(RefundEvent.class);
        RefundData data = event.data();
        PartnerEvent refunded = new PartnerEvent(
                key(call, data.externalId()),
                Kind.REFUNDED,
                null,
                data.refundId(),
                null,
                data.amount(),
                event.timestamp(),
                call.requestId());
        return report(refunded);
    }

    private record CorrectionEvent(
            @NotNull String type,
            @NotNull Instant timestamp,
            @NotNull @Valid CorrectionData data) {}

    private record CorrectionData(
            @NotNull @CodePoints(min = 1, max = 255) String externalId,
            @NotNull @CodePoints(min = 1, max = 255) String correctionId,
            @OrNull @Nullable Money amount,
            @NotNull Instant occurredAt) {}

    private Future<Answer> corrected(Call call) {
        CorrectionData data = call.body(CorrectionEvent.class).data();
        PartnerEvent corrected = new PartnerEvent(
                key(call, data.externalId()),
                Kind.CORRECTED,
                null,
                null,
                data.correctionId(),
                data.amount(),
                data.occurredAt(),
                call.requestId());
        return report(corrected);
    }

    private static PurchaseKey key(Call call, String externalId) {
        return new PurchaseKey(call.partner().id(), externalId);
    }

    private enum Result {
        APPLIED,
        PARKED
    }

    private record Reported(
            String externalId,
            Result result,
            @Nullable UUID id,
            @Nullable PurchaseStatus status,
            @Nullable Money cashbackAmount,
            @Nullable Instant payableAt)
            implements Delivery.Outcome {
        @Override
        public Delivery.Summary summary() {
            return Delivery.Summary.accepted(externalId);
        }
    }

    private Future<Answer> report(PartnerEvent event) {
        String externalId = event.key().externalId();
        return bus.ask(new PartnerEvents.Report(event))
                .map(reported -> answer(externalId, reported.purchase()))
                .recover(failure -> Future.failedFuture(
                        failure instanceof DomainException refusal ? refusal.within("data") : failure));
    }

    private static Answer answer(String externalId, PartnerEvents.@Nullable Standing purchase) {
        return purchase == null
                ? new Answer(ACCEPTED, new Reported(externalId, Result.PARKED, null, null, null, null), Map.of())
                : Answer.ok(new Reported(
                        externalId,
                        Result.APPLIED,
                        purchase.id(),
                        purchase.status(),
                        purchase.cashback(),
                        purchase.payableAt()));
    }
}
