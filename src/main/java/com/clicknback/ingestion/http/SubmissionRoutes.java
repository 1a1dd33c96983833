package com.clicknback.ingestion.http;

import com.clicknback.cashback.Cashback;
import com.clicknback.ingestion.Ingestion;
import com.clicknback.ingestion.KnownPurchase;
import com.clicknback.ingestion.Verdict;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.purchases.PurchaseStatus;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Purchases that users submit for themselves. */
public final class SubmissionRoutes implements Routes {
    private final Bus bus;

    public SubmissionRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("createPurchase", this::create);
    }

    private record Created(
            UUID id,
            PurchaseStatus status,
            Money cashbackAmount,
            @Nullable Instant payableAt) {}

    private Future<Answer> create(Call call) {
        PurchaseMembers members = call.body(PurchaseMembers.class);
        UUID callerId = call.user().id();
        if (!members.userId().equals(callerId)) {
            throw new DomainException(
                    ErrorCode.FORBIDDEN,
                    "A purchase can be submitted for oneself only.",
                    Map.of("reason", "user_id is not the caller's"));
        }
        return bus.ask(new Ingestion.Submit(null, List.of(members.toSubmission())))
                .map(answer -> answer.verdicts().get(0))
                .compose(this::credited)
                .map(verdict -> created(verdict, members, callerId));
    }

    /** Waits for the credit, so that the user's next look at the wallet shows it. The purchase stands without it too. */
    private Future<Verdict> credited(Verdict verdict) {
        return verdict instanceof Verdict.Accepted accepted
                ? bus.ask(new Cashback.AwaitCredit(accepted.id())).transform(waited -> Future.succeededFuture(verdict))
                : Future.succeededFuture(verdict);
    }

    private static Answer created(Verdict verdict, PurchaseMembers members, UUID callerId) {
        if (verdict instanceof Verdict.Accepted accepted) {
            return Answer.created(new Created(accepted.id(), PurchaseStatus.PENDING, accepted.cashback(), null));
        }
        if (verdict instanceof Verdict.Attached attached) {
            KnownPurchase known = attached.purchase();
            return Answer.ok(new Created(known.id(), known.status(), known.cashback(), known.payableAt()));
        }
        if (verdict instanceof Verdict.Repeated repeated) {
            throw duplicate(repeated.purchase(), members.externalId(), callerId);
        }
        if (verdict instanceof Verdict.Taken taken) {
            throw duplicate(taken.purchase(), members.externalId(), callerId);
        }
        throw ((Verdict.Refused) verdict).toException();
    }

    /** Another user's purchase is not described. */
    private static DomainException duplicate(KnownPurchase known, String externalId, UUID callerId) {
        String action = "Use another external_id for another purchase.";
        Map<String, Object> details = known.userId().equals(callerId)
                ? DomainException.details(
                        "external_id", externalId,
                        "purchase_id", known.id().toString(),
                        "status", known.status().wireName(),
                        "previously_created_at", known.createdAt(),
                        "previously_processed_amount", known.amount(),
                        "action", action)
                : DomainException.details("external_id", externalId, "action", action);
        return new DomainException(ErrorCode.DUPLICATE_PURCHASE, "This purchase was submitted before.", details);
    }
}
