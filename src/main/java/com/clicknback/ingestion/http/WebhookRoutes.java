package com.clicknback.ingestion.http;

import static java.util.Objects.requireNonNull;

import com.clicknback.ingestion.Ingestion;
import com.clicknback.ingestion.KnownPurchase;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Delivery;
import com.clicknback.platform.http.Endpoint;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.json.Decoder;
import com.clicknback.platform.json.ListItem;
import com.clicknback.purchases.PurchaseStatus;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Purchases that partners send, one or many in a request; the edge has checked the signature. */
public final class WebhookRoutes implements Routes {
    private static final int BATCH_MAX = 1000;

    private final Bus bus;
    private final Map<String, Endpoint> otherEvents;

    /**
     * @param otherEvents the endpoints of the event types that are not purchases, by type
     */
    public WebhookRoutes(Bus bus, Map<String, Endpoint> otherEvents) {
        this.bus = bus;
        this.otherEvents = otherEvents;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("ingestPurchaseWebhook", this::receive).on("ingestPurchaseBatchWebhook", this::ingestBatch);
    }

    private Future<Answer> receive(Call call) {
        Decoder.Draft<Event> event = call.draft(Event.class);
        String type = event.unchecked().type();
        Endpoint other = type == null ? null : otherEvents.get(type);
        return other == null ? ingest(event.checked().data(), call.partner().id()) : other.handle(call);
    }

    private record Event(
            @NotNull
            @Pattern(
                    regexp = "purchase\\.created",
                    message = "must be purchase.created, purchase.confirmed, purchase.rejected, purchase.refunded or "
                            + "purchase.corrected")
            String type,

            @NotNull Instant timestamp,
            @NotNull @Valid ReportedPurchase data) {}

    private record Accepted(
            UUID id,
            String externalId,
            PurchaseStatus status,
            Money cashbackAmount,
            @Nullable Instant payableAt) implements Delivery.Outcome {
        @Override
        public Delivery.Summary summary() {
            return Delivery.Summary.accepted(externalId);
        }
    }

    private record Duplicate(
            UUID id,
            String externalId,
            PurchaseStatus status,
            @Nullable Instant payableAt,
            boolean duplicate) implements Delivery.Outcome {
        static Duplicate of(KnownPurchase known, String externalId) {
            return new Duplicate(known.id(), externalId, known.status(), known.payableAt(), true);
        }

        @Override
        public Delivery.Summary summary() {
            return Delivery.Summary.duplicate(externalId);
        }
    }

    private Future<Answer> ingest(ReportedPurchase members, UUID partnerId) {
        Submission submission = members.toSubmission(partnerId);
        return bus.ask(new Ingestion.Submit(partnerId, List.of(submission)))
                .map(answer -> answer(answer.verdicts().get(0), submission.externalId()));
    }

    private static Answer answer(Verdict verdict, String externalId) {
        if (verdict instanceof Verdict.Accepted accepted) {
            return Answer.created(
                    new Accepted(accepted.id(), externalId, PurchaseStatus.PENDING, accepted.cashback(), null));
        }
        if (verdict instanceof Verdict.Repeated repeated) {
            return Answer.ok(Duplicate.of(repeated.purchase(), externalId));
        }
        if (verdict instanceof Verdict.Attached attached) {
            return Answer.ok(Duplicate.of(attached.purchase(), externalId));
        }
        if (verdict instanceof Verdict.Taken taken) {
            throw reused(taken, externalId);
        }
        throw ((Verdict.Refused) verdict).toException().within("data");
    }

    private static DomainException reused(Verdict.Taken taken, String externalId) {
        return new DomainException(
                ErrorCode.EXTERNAL_ID_REUSED,
                "This external_id was sent before with other data.",
                DomainException.details("external_id", externalId, "fields", taken.differingMembers()));
    }

    private record BatchEvent(
            @NotNull @Pattern(regexp = "purchase\\.batch", message = "must be purchase.batch")
            String type,

            @NotNull Instant timestamp,
            @NotNull @Valid BatchData data) {}

    private record BatchData(
            @NotNull @Size(min = 1, max = BATCH_MAX) List<ListItem<ReportedPurchase>> purchases) {}

    private enum Result {
        ACCEPTED,
        DUPLICATE,
        REJECTED
    }

    /**
     * The refusal of an item.
     *
     * @param toldCode the code for administrators
     */
    private record ItemError(
            String code,
            String message,
            Object details,
            @JsonIgnore String toldCode) {
        static ItemError of(DomainException refusal) {
            return new ItemError(
                    refusal.code().wireName(),
                    refusal.getMessage(),
                    refusal.details(),
                    refusal.codeForOperators().wireName());
        }
    }

    private record Item(
            int index,
            @Nullable String externalId,
            Result result,
            @Nullable UUID id,
            @Nullable PurchaseStatus status,
            @Nullable Money cashbackAmount,
            @Nullable Instant payableAt,
            @Nullable ItemError error) {}

    private record BatchAnswer(int accepted, int duplicates, int rejected, List<Item> results)
            implements Delivery.Outcome {
        static BatchAnswer of(List<Item> items) {
            return new BatchAnswer(
                    count(items, Result.ACCEPTED),
                    count(items, Result.DUPLICATE),
                    count(items, Result.REJECTED),
                    items);
        }

        @Override
        public Delivery.Summary summary() {
            List<String> codes = results.stream()
                    .map(Item::error)
                    .filter(Objects::nonNull)
                    .map(ItemError::toldCode)
                    .toList();
            return new Delivery.Summary(null, accepted, duplicates, codes);
        }

        private static int count(List<Item> items, Result result) {
            return (int) items.stream().filter(item -> item.result() == result).count();
        }
    }

    /** Refuses items of a wrong shape; submits the others together, in their order. */
    private Future<Answer> ingestBatch(Call call) {
        UUID partnerId = call.partner().id();
        List<ListItem<ReportedPurchase>> sent =
                call.body(BatchEvent.class).data().purchases();
        List<@Nullable Item> items = new ArrayList<>();
        List<Submission> submissions = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            ReportedPurchase members = sent.get(i).value();
            DomainException refusal = sent.get(i).refusal();
            if (members != null && refusal == null) {
                submissions.add(members.toSubmission(partnerId));
                items.add(null);
            } else {
                items.add(refused(i, members == null ? null : members.externalId(), requireNonNull(refusal)));
            }
        }
        if (submissions.isEmpty()) {
            return Future.succeededFuture(Answer.ok(BatchAnswer.of(List.copyOf(items))));
        }
        return bus.ask(new Ingestion.Submit(partnerId, submissions))
                .map(answer -> Answer.ok(BatchAnswer.of(merged(items, submissions, answer.verdicts()))));
    }

    /** Puts the verdicts in the places that the refused items left free. */
    private static List<Item> merged(List<@Nullable Item> items, List<Submission> submissions, List<Verdict> verdicts) {
        List<Item> merged = new ArrayList<>(items.size());
        int judged = 0;
        for (int i = 0; i < items.size(); i++) {
            Item refused = items.get(i);
            if (refused != null) {
                merged.add(refused);
            } else {
                merged.add(item(i, submissions.get(judged).externalId(), verdicts.get(judged)));
                judged++;
            }
        }
        return merged;
    }

    private static Item item(int index, String externalId, Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            return new Item(
                    index,
                    externalId,
                    Result.ACCEPTED,
                    accepted.id(),
                    PurchaseStatus.PENDING,
                    accepted.cashback(),
                    null,
                    null);
        }
        if (verdict instanceof Verdict.Repeated repeated) {
            return duplicate(index, externalId, repeated.purchase());
        }
        if (verdict instanceof Verdict.Attached attached) {
            return duplicate(index, externalId, attached.purchase());
        }
        if (verdict instanceof Verdict.Taken taken) {
            return refused(index, externalId, reused(taken, externalId));
        }
        DomainException refusal = ((Verdict.Refused) verdict).toException();
        if (refusal.code().status() >= ErrorCode.INTERNAL_SERVER_ERROR.status()) {
            // A 2xx would let the sender forget an item without a verdict; sent again, the others are duplicates.
            throw refusal;
        }
        return refused(index, externalId, refusal);
    }

    private static Item duplicate(int index, String externalId, KnownPurchase known) {
        return new Item(
                index,
                externalId,
                Result.DUPLICATE,
                known.id(),
                known.status(),
                known.cashback(),
                known.payableAt(),
                null);
    }

    private static Item refused(int index, @Nullable String externalId, DomainException refusal) {
        return new Item(index, externalId, Result.REJECTED, null, null, null, null, ItemError.of(refusal));
    }
}
