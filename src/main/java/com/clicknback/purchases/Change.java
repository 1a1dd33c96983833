package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.cashback.Rerating;
import com.clicknback.cashback.Rerating.Amounts;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.ledger.TransferKind;
import com.clicknback.money.Money;
import com.clicknback.platform.events.EventType;
import com.clicknback.purchases.PurchaseState.Stated;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One change of one purchase, worked out before any of it is written, except for what it makes of the cashback. */
public sealed interface Change {

    PurchaseState before();

    PurchaseState after();

    Actor actor();

    /** The kind of the transfer that moves the cashback. */
    TransferKind transferKind();

    /**
     * The refund or correction that changes the cashback. Of a change of state the reinstatement that it follows, which
     * lets each reinstated purchase be decided anew; null without one.
     */
    @Nullable
    UUID causeId();

    AuditEntry auditEntry(Amounts cashback);

    /** Null for a release, which has an event of its own. */
    @Nullable
    EventType<PurchaseEvents.Purchases> event();

    /** The change as the rule that decides amounts sees it. */
    default Rerating.Step step() {
        return new Rerating.Step(before().rated(), after().rated(), transferKind(), causeId());
    }

    /**
     * A change of state that is allowed from the state before.
     *
     * @param reason of a rejection or reversal, if one was given
     * @param toldAt the partner's time of its rejection; null for other decisions
     */
    record Decided(
            PurchaseState before,
            Decision decision,
            @Nullable String reason,
            Actor actor,
            @Nullable Instant toldAt) implements Change {

        public Decided(PurchaseState before, Decision decision, @Nullable String reason, Actor actor) {
            this(before, decision, reason, actor, null);
        }

        @Override
        public PurchaseState after() {
            return before.decided(decision, actor, toldAt);
        }

        @Override
        public TransferKind transferKind() {
            return decision.transferKind();
        }

        @Override
        public @Nullable UUID causeId() {
            return before.reinstatementId();
        }

        @Override
        public AuditEntry auditEntry(Amounts cashback) {
            return Change.auditEntry(this, decision.auditAction(), auditDetails(cashback.before()));
        }

        private Map<String, @Nullable String> auditDetails(Money held) {
            Map<String, @Nullable String> details = new LinkedHashMap<>();
            if (decision == Decision.REVERSE) {
                details.put("prior_status", before.status().wireName());
            } else {
                details.put("merchant_id", before.merchantId().toString());
            }
            details.put("amount", before.amount().toString());
            details.put("currency", before.currency());
            if (decision != Decision.REJECT) {
                details.put("cashback_amount", held.toString());
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
     * A part of a purchase went back to its buyer. When nothing is left of it, that is its reversal.
     *
     * @param externalId the partner's own id of the refund
     * @param occurredAt the partner's time
     * @param standing the amount of the purchase after it
     * @param reverses true for the refund that leaves nothing
     */
    record Refunded(
            PurchaseState before,
            UUID id,
            String externalId,
            Money amount,
            Instant occurredAt,
            Stated standing,
            boolean reverses,
            Actor actor)
            implements Change {

        private Optional<Decided> reversal() {
            return reverses
                    ? Optional.of(new Decided(before, Decision.REVERSE, "The purchase was refunded in full.", actor))
                    : Optional.empty();
        }

        @Override
        public PurchaseState after() {
            PurchaseState refunded = before.refund(amount, standing);
            return reversal().map(r -> refunded.decided(r.decision(), actor)).orElse(refunded);
        }

        /** By how much the cashback falls; zero for a reversal, which takes what is left of it. */
        Money fall(Amounts cashback) {
            return reverses ? Money.ZERO : Money.max(cashback.before().minus(cashback.after()), Money.ZERO);
        }

        @Override
        public TransferKind transferKind() {
            return reversal().map(Decided::transferKind).orElse(TransferKind.CASHBACK_REFUNDED);
        }

        @Override
        public @Nullable UUID causeId() {
            return reverses ? before.reinstatementId() : id;
        }

        @Override
        public AuditEntry auditEntry(Amounts cashback) {
            return reversal().map(reversal -> reversal.auditEntry(cashback)).orElseGet(() -> {
                Map<String, @Nullable String> details = new LinkedHashMap<>();
                details.put("refund_id", externalId);
                details.put("amount", amount.toString());
                details.put("currency", before.currency());
                details.put("cashback_amount", fall(cashback).toString());
                return Change.auditEntry(this, AuditAction.PURCHASE_REFUNDED, details);
            });
        }

        @Override
        public EventType<PurchaseEvents.Purchases> event() {
            return reversal().map(Decided::event).orElse(PurchaseEvents.REFUNDED);
        }
    }

    /**
     * A purchase had another amount. When all of that was refunded, that is its reversal.
     *
     * @param externalId the partner's own id of the correction
     * @param amount at least what was refunded; null when the correction leaves the amount as it is
     * @param occurredAt the partner's time; a correction with a later one stands
     * @param standing the amount of the purchase after it
     * @param reverses true for the correction that leaves nothing
     */
    record Corrected(
            PurchaseState before,
            UUID id,
            String externalId,
            @Nullable Money amount,
            Instant occurredAt,
            Stated standing,
            boolean reverses,
            Actor actor)
            implements Change {

        private PurchaseState corrected() {
            return standing.equals(before.stated()) ? before : before.correct(standing);
        }

        private Optional<Decided> reversal() {
            return reverses
                    ? Optional.of(
                            new Decided(before, Decision.REVERSE, "All of the corrected amount was refunded.", actor))
                    : Optional.empty();
        }

        @Override
        public PurchaseState after() {
            PurchaseState corrected = corrected();
            return reversal().map(r -> corrected.decided(r.decision(), actor)).orElse(corrected);
        }

        @Override
        public TransferKind transferKind() {
            return reversal().map(Decided::transferKind).orElse(TransferKind.CASHBACK_CORRECTED);
        }

        @Override
        public @Nullable UUID causeId() {
            return reverses ? before.reinstatementId() : id;
        }

        @Override
        public AuditEntry auditEntry(Amounts cashback) {
            return reversal().map(reversal -> reversal.auditEntry(cashback)).orElseGet(() -> {
                Map<String, @Nullable String> details = new LinkedHashMap<>();
                details.put("correction_id", externalId);
                details.put("amount", amount == null ? null : amount.toString());
                details.put("currency", before.currency());
                details.put("cashback_before", cashback.before().toString());
                details.put("cashback_amount", cashback.after().toString());
                return Change.auditEntry(this, AuditAction.PURCHASE_CORRECTED, details);
            });
        }

        @Override
        public EventType<PurchaseEvents.Purchases> event() {
            return reversal().map(Decided::event).orElse(PurchaseEvents.CORRECTED);
        }
    }

    /** An end is taken back: the partner's older word contradicts a rejection, or something of the purchase is left. */
    record Reinstated(PurchaseState before, UUID id, Actor actor) implements Change {

        @Override
        public PurchaseState after() {
            return before.reinstated(id);
        }

        @Override
        public TransferKind transferKind() {
            return TransferKind.CASHBACK_REINSTATED;
        }

        @Override
        public UUID causeId() {
            return id;
        }

        @Override
        public AuditEntry auditEntry(Amounts cashback) {
            Map<String, @Nullable String> details = new LinkedHashMap<>();
            details.put("amount", before.amount().toString());
            details.put("currency", before.currency());
            details.put("cashback_amount", cashback.after().toString());
            details.put("reinstatement_id", id.toString());
            return Change.auditEntry(this, AuditAction.PURCHASE_REINSTATED, details);
        }

        @Override
        public EventType<PurchaseEvents.Purchases> event() {
            return PurchaseEvents.REINSTATED;
        }
    }

    /**
     * The held cashback of a confirmed purchase becomes available.
     *
     * @param at the time of it; the hold ends then at the latest
     * @param reason of an administrator, if one was given
     */
    record Released(
            PurchaseState before, Instant at, @Nullable String reason, Actor actor) implements Change {

        @Override
        public PurchaseState after() {
            return before.released(at);
        }

        @Override
        public TransferKind transferKind() {
            return TransferKind.CASHBACK_RELEASED;
        }

        @Override
        public @Nullable UUID causeId() {
            return before.reinstatementId();
        }

        @Override
        public AuditEntry auditEntry(Amounts cashback) {
            Map<String, @Nullable String> details = new LinkedHashMap<>();
            details.put("cashback_amount", cashback.after().toString());
            details.put("payable_at", String.valueOf(before.hold().payableAt()));
            if (actor.type() == Actor.Type.ADMIN) {
                details.put("reason", reason);
            }
            return Change.auditEntry(this, AuditAction.CASHBACK_RELEASED, details);
        }

        @Override
        public @Nullable EventType<PurchaseEvents.Purchases> event() {
            return null;
        }
    }

    private static AuditEntry auditEntry(Change change, AuditAction action, Map<String, @Nullable String> details) {
        return new AuditEntry(
                change.actor(), action, "purchase", change.before().id().toString(), details);
    }
}
