package com.clicknback.purchases;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CapMonth;
import com.clicknback.cashback.CashbackCalculator;
import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.RatedPurchase;
import com.clicknback.holds.Hold;
import com.clicknback.holds.ReleaseGate;
import com.clicknback.ledger.Account;
import com.clicknback.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credited purchase as decisions, refunds and corrections change it: the central entity of the domain.
 *
 * @param terms frozen when it was ingested
 * @param reported the amount before any correction
 * @param amount as last corrected
 * @param correction the one in force; null while the reported amount stands
 * @param refunded the part of the amount that its buyer got back; more than the amount only in an end
 * @param carried what earlier rules left as its entitlement, until its amount changes; null for today's rule
 * @param held its owner's cashback from it; what it was before the end once the state is an end
 * @param hold of that cashback, once confirmed
 * @param gate that its confirmation has to pass; null where it is not to be confirmed
 * @param reinstatementId the last time that it came back from an end; null if it never did
 * @param reversedFrom the status that a reversal ended; null for others, and where it is not known
 * @param rejectedAt the partner's time of its rejection; null unless that stands. Amounts that it told of with a later time
 *     are in here, but not shown until the rejection is overturned
 */
public record PurchaseState(
        UUID id,
        UUID userId,
        UUID merchantId,
        Instant purchasedAt,
        Instant ingestedAt,
        CashbackTerms terms,
        Money reported,
        Money amount,
        @Nullable Correction correction,
        String currency,
        PurchaseStatus status,
        Money refunded,
        @Nullable Money carried,
        Money held,
        Hold hold,
        @Nullable ReleaseGate gate,
        @Nullable UUID reinstatementId,
        @Nullable PurchaseStatus reversedFrom,
        @Nullable Instant rejectedAt) {

    /**
     * An amount that a purchase had for its partner.
     *
     * @param correction that set it; null for the reported one
     */
    public record Stated(Money amount, @Nullable Correction correction) {
        /** True when it stands over the other one. */
        public boolean isAfter(Stated other) {
            return correction != null && (other.correction == null || correction.compareTo(other.correction) > 0);
        }
    }

    /**
     * A correction's place among those of a purchase: the last one stands.
     *
     * @param occurredAt the partner's time
     * @param externalId the partner's own id of it, which decides between two of one time
     */
    public record Correction(Instant occurredAt, String externalId) implements Comparable<Correction> {
        @Override
        public int compareTo(Correction other) {
            int byTime = occurredAt.compareTo(other.occurredAt);
            return byTime != 0
                    ? byTime
                    : Arrays.compareUnsigned(
                            externalId.getBytes(StandardCharsets.UTF_8),
                            other.externalId.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The part of the amount that is not refunded. */
    public Money left() {
        return Money.max(amount.minus(refunded), Money.ZERO);
    }

    public Stated stated() {
        return new Stated(amount, correction);
    }

    /** True for an end that amounts alone made: another amount can revive it. */
    public boolean isRefundedInFull() {
        return status == PurchaseStatus.REVERSED && left().isZero();
    }

    /** The cashback that the purchase shows. */
    public Money cashback() {
        return status == PurchaseStatus.REVERSED ? Money.ZERO : held;
    }

    /** The balance that cashback is in; null in an end. */
    @Nullable
    static Account balance(PurchaseStatus status, boolean held) {
        return switch (status) {
            case PENDING -> Account.PENDING;
            case CONFIRMED -> held ? Account.PENDING : Account.AVAILABLE;
            case REJECTED, REVERSED -> null;
        };
    }

    CashbackStatus cashbackStatus() {
        return CashbackStatus.of(status, hold.active());
    }

    /** The purchase as the rule that decides amounts sees it. */
    RatedPurchase rated() {
        return new RatedPurchase(
                id,
                userId,
                ingestedAt,
                CapMonth.of(purchasedAt),
                terms,
                amount,
                refunded,
                carried,
                balance(status, hold.active()),
                balance(status, hold.active()) == null ? Money.ZERO : held);
    }

    /** The purchase after a decision that its status allows. */
    PurchaseState decided(Decision decision, Actor actor) {
        return decided(decision, actor, null);
    }

    /**
     * @param toldAt the partner's time of its rejection; null for other decisions
     */
    PurchaseState decided(Decision decision, Actor actor, @Nullable Instant toldAt) {
        Hold next = decision == Decision.CONFIRM
                ? Hold.ofConfirmed(terms.holdDays(), requireNonNull(gate), isPerson(actor))
                : Hold.NONE;
        return with(stated(), decision.to(), refunded, carried, next, gate, reinstatementId, toldAt);
    }

    static boolean isPerson(Actor actor) {
        return actor.type() == Actor.Type.ADMIN;
    }

    /** The purchase whose confirmation has to pass this gate. */
    public PurchaseState at(ReleaseGate found) {
        return with(stated(), status, refunded, carried, hold, found, reinstatementId, rejectedAt);
    }

    /** The rejected or reversed purchase as it is pending again. */
    PurchaseState reinstated(UUID id) {
        return with(stated(), PurchaseStatus.PENDING, refunded, carried, Hold.NONE, gate, id, null);
    }

    /** The purchase whose held cashback is available. */
    PurchaseState released(Instant at) {
        return with(stated(), status, refunded, carried, hold.released(at), gate, reinstatementId, rejectedAt);
    }

    /**
     * The purchase with a part of the amount refunded; what that changes of its cashback is not worked out yet.
     *
     * @param standing the amount that stands then: a correction below what was refunded does not
     */
    PurchaseState refund(Money part, Stated standing) {
        Money carry = standing.equals(stated()) ? carriedAfter(part) : null;
        return with(standing, status, refunded.plus(part), carry, hold, gate, reinstatementId, rejectedAt);
    }

    /** A refund raises no cashback, also where today's rule gives more than earlier ones did. */
    private @Nullable Money carriedAfter(Money refund) {
        Money kept = Money.max(left().minus(refund), Money.ZERO);
        Money entitled = CashbackCalculator.entitled(terms, amount, kept);
        return carried != null && carried.compareTo(entitled) < 0 ? carried : null;
    }

    /** The purchase with another amount; what that changes of its cashback is not worked out yet. */
    PurchaseState correct(Stated standing) {
        return with(standing, status, refunded, null, hold, gate, reinstatementId, rejectedAt);
    }

    private PurchaseState with(
            Stated newStated,
            PurchaseStatus newStatus,
            Money newRefunded,
            @Nullable Money newCarried,
            Hold newHold,
            @Nullable ReleaseGate newGate,
            @Nullable UUID newReinstatementId,
            @Nullable Instant newRejectedAt) {
        PurchaseStatus ended = status == PurchaseStatus.REVERSED ? reversedFrom : status;
        return new PurchaseState(
                id,
                userId,
                merchantId,
                purchasedAt,
                ingestedAt,
                terms,
                reported,
                newStated.amount(),
                newStated.correction(),
                currency,
                newStatus,
                newRefunded,
                newCarried,
                held,
                newHold,
                newGate,
                newReinstatementId,
                newStatus == PurchaseStatus.REVERSED ? ended : null,
                newRejectedAt);
    }
}
