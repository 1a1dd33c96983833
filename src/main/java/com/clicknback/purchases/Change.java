package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.ledger.Transfer;
import com.clicknback.money.Money;
import com.clicknback.platform.events.EventType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One change of one purchase, worked out before any of it is written. */
public sealed interface Change {

    PurchaseState before();

    PurchaseState after();

    Actor actor();

    /** The movement of its owner's wallet; empty when there is nothing to move. */
    Optional<Transfer> transfer();

    /** The monthly allowance that the change gives back. */
    Money capGivenBack();

    AuditEntry auditEntry();

    EventType<PurchaseEvents.Purchases> event();

    /**
     * A change of state that is allowed from the state before.
     *
     * @param reason of a rejection or reversal, if one was given
     */
    record Decided(
            PurchaseState before,
            Decision decision,
            @Nullable String reason,
            Actor actor) implements Change {

        @Override
        public PurchaseState after() {
            return before.withStatus(decision.to());
        }

        @Override
        public Optional<Transfer> transfer() {
            return before.held().isZero()
                    ? Optional.empty()
                    : Optional.of(Transfer.ofPurchase(
                            before.id(),
                            before.userId(),
                            decision.transferKind(),
                            Decision.accountBefore(before.status()),
                            decision.accountAfter(),
                            before.held()));
        }

        @Override
        public Money capGivenBack() {
            return decision.givesCapBack() ? before.held() : Money.ZERO;
        }

        @Override
        public AuditEntry auditEntry() {
            return Change.auditEntry(this, decision.auditAction(), auditDetails());
        }

        private Map<String, @Nullable String> auditDetails() {
            Map<String, @Nullable String> details = new LinkedHashMap<>();
            if (decision == Decision.REVERSE) {
                details.put("prior_status", before.status().wireName());
            } else {
                details.put("merchant_id", before.merchantId().toString());
            }
            details.put("amount", before.amount().toString());
            details.put("currency", before.currency());
            if (decision != Decision.REJECT) {
                details.put("cashback_amount", before.held().toString());
            }
            if (decision != Decision.CONFIRM) {
                details.put("reason", reason);
            }
            return details;
        }

        @Override
        public EventType<PurchaseEvents.Purchases> event() {
            return decision.event();
        }
    }

    /**
     * A part of a pending or confirmed purchase went back to its buyer. When nothing is left of it, that is its reversal.
     *
     * @param externalId the partner's own id of the refund
     * @param amount at most what is left of the purchase
     */
    record Refunded(PurchaseState before, UUID id, String externalId, Money amount, Actor actor) implements Change {

        private Optional<Decided> reversal() {
            return amount.equals(before.left())
                    ? Optional.of(new Decided(before, Decision.REVERSE, "The purchase was refunded in full.", actor))
                    : Optional.empty();
        }

        @Override
        public PurchaseState after() {
            PurchaseState refunded = before.refund(amount, cashback());
            return reversal().map(r -> refunded.withStatus(r.decision().to())).orElse(refunded);
        }

        /** By how much the cashback falls; zero for a reversal, which takes what is left of it. */
        Money cashback() {
            return reversal().isPresent()
                    ? Money.ZERO
                    : before.held()
                            .minus(RefundRule.cashbackLeft(
                                    before.credited(),
                                    before.amount(),
                                    before.left().minus(amount)));
        }

        @Override
        public Optional<Transfer> transfer() {
            return reversal().map(Decided::transfer).orElseGet(this::reduction);
        }

        private Optional<Transfer> reduction() {
            return cashback().isZero()
                    ? Optional.empty()
                    : Optional.of(Transfer.ofRefund(
                            id, before.id(), before.userId(), Decision.accountBefore(before.status()), cashback()));
        }

        @Override
        public Money capGivenBack() {
            return reversal().map(Decided::capGivenBack).orElseGet(this::cashback);
        }

        @Override
        public AuditEntry auditEntry() {
            return reversal().map(Decided::auditEntry).orElseGet(() -> {
                Map<String, @Nullable String> details = new LinkedHashMap<>();
                details.put("refund_id", externalId);
                details.put("amount", amount.toString());
                details.put("currency", before.currency());
                details.put("cashback_amount", cashback().toString());
                return Change.auditEntry(this, AuditAction.PURCHASE_REFUNDED, details);
            });
        }

        @Override
        public EventType<PurchaseEvents.Purchases> event() {
            return reversal().map(Decided::event).orElse(PurchaseEvents.REFUNDED);
        }
    }

    private static AuditEntry auditEntry(Change change, AuditAction action, Map<String, @Nullable String> details) {
        return new AuditEntry(
                change.actor(), action, "purchase", change.before().id().toString(), details);
    }
}
