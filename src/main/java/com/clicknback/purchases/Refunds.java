package com.clicknback.purchases;

import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.cashback.Crediting;
import com.clicknback.money.Ledger;
import com.clicknback.money.Money;
import com.clicknback.money.Transfer;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.events.EventLog;
import com.clicknback.purchases.DecisionStore.State;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Carries out refunds in a given transaction: refund, wallet movement, cap, audit and event together. The refund that
 * leaves nothing of a purchase reverses it.
 */
final class Refunds {
    private static final String FULL_REFUND = "The purchase was refunded in full.";

    private final Decisions decisions;
    private final Crediting crediting;
    private final Ledger ledger;
    private final AuditTrail audit;
    private final EventLog events;
    private final TimeOrderedIds ids;
    private final Clock clock;

    Refunds(PurchasesVerticle.Shared shared, Decisions decisions) {
        this.decisions = decisions;
        this.crediting = shared.crediting();
        this.ledger = shared.ledger();
        this.audit = shared.audit();
        this.events = shared.events();
        this.ids = shared.ids();
        this.clock = shared.clock();
    }

    /**
     * Refunds a part of a purchase whose owner's wallet this transaction has locked and whose credit is posted. Answers
     * with the refusal, and then has changed nothing: PURCHASE_NOT_REVERSIBLE, PURCHASE_ALREADY_REVERSED, or
     * VALIDATION_ERROR when it is more than what is left.
     */
    Future<Optional<DomainException>> apply(SqlConnection tx, Refund refund, State state) {
        Optional<DomainException> refusal = refusal(refund, state);
        return refusal.isPresent()
                ? Future.succeededFuture(refusal)
                : refund(tx, refund, state).map(Optional.empty());
    }

    static DomainException reused(PartnerEvent event) {
        return new DomainException(
                ErrorCode.EXTERNAL_ID_REUSED,
                "This refund_id was sent before with another amount.",
                DomainException.details(
                        "external_id", event.externalId(), "refund_id", event.refundId(), "fields", List.of("amount")));
    }

    private static Optional<DomainException> refusal(Refund refund, State state) {
        if (!Decision.REVERSE.isAllowedFrom(state.status())) {
            return Optional.of(Refusals.of(Decision.REVERSE, state.id(), state.status()));
        }
        Money left = state.amount().minus(state.refunded());
        return refund.amount().compareTo(left) > 0
                ? Optional.of(DomainException.validation(
                        "data.amount", "must not be more than what is left of the purchase: " + left))
                : Optional.empty();
    }

    private Future<Void> refund(SqlConnection tx, Refund refund, State state) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID refundId = ids.next();
        Money left = state.amount().minus(state.refunded()).minus(refund.amount());
        if (left.isZero()) {
            return DecisionStore.insertRefund(tx, refundId, refund, Money.ZERO, now)
                    .compose(inserted ->
                            decisions.apply(tx, Decision.REVERSE, Map.of(state.id(), FULL_REFUND), refund.actor()))
                    .mapEmpty();
        }
        Money fall = state.held().minus(RefundRule.cashbackLeft(state.credited(), state.amount(), left));
        PurchaseEvents.Purchases event =
                new PurchaseEvents.Purchases(List.of(new PurchaseEvents.Entry(state.id(), state.userId())));
        return DecisionStore.insertRefund(tx, refundId, refund, fall, now)
                .compose(inserted -> Future.all(
                        ledger.post(tx, transfers(refundId, state, fall)),
                        crediting.giveCapBack(tx, Map.of(state.id(), fall)),
                        audit.record(tx, auditEntry(refund, fall)),
                        events.append(tx, PurchaseEvents.REFUNDED, event)))
                .mapEmpty();
    }

    private static List<Transfer> transfers(UUID refundId, State state, Money fall) {
        return fall.isZero()
                ? List.of()
                : List.of(Transfer.ofRefund(
                        refundId, state.id(), state.userId(), Decision.accountBefore(state.status()), fall));
    }

    private static AuditEntry auditEntry(Refund refund, Money fall) {
        return new AuditEntry(
                refund.actor(),
                AuditAction.PURCHASE_REFUNDED,
                "purchase",
                refund.purchaseId().toString(),
                Map.of(
                        "refund_id", refund.externalId(),
                        "amount", refund.amount().toString(),
                        "cashback_amount", fall.toString()));
    }
}
