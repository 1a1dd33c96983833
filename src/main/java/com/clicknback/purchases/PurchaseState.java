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
 * @param amount as last corrected
 * @param correction the one in force; null while the reported amount stands
 * @param refunded the part of the amount that its buyer got back
 * @param carried what earlier rules left as its entitlement, until its amount changes; null for today's rule
 * @param held its owner's cashback from it; what it was before the end once the state is an end
 * @param hold of that cashback, once confirmed
 * @param gate that its confirmation has to pass; null where it is not to be confirmed
 * @param reinstatementId the last time that it came back from a rejection; null if it never did
 */
public record PurchaseState(
        UUID id,
        UUID userId,
        UUID merchantId,
        Instant purchasedAt,
        Instant ingestedAt,
        CashbackTerms terms,
        Money amount,
        @Nullable Correction correction,
        String currency,
        PurchaseStatus status,
        Money refunded,
        @Nullable Money carried,
        Money held,
        Hold hold,
        @Nullable ReleaseGate gate,
        @Nullable UUID reinstatementId) {

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
        return amount.minus(refunded);
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
        Hold next = decision == Decision.CONFIRM
                ? Hold.ofConfirmed(terms.holdDays(), requireNonNull(gate), isPerson(actor))
                : Hold.NONE;
        return with(amount, correction, decision.to(), refunded, carried, next);
    }

    static boolean isPerson(Actor actor) {
        return actor.type() == Actor.Type.ADMIN;
    }

    /** The purchase whose confirmation has to pass this gate. */
    public PurchaseState at(ReleaseGate found) {
        return new PurchaseState(
                id,
                userId,
                merchantId,
                purchasedAt,
                ingestedAt,
                terms,
                amount,
                correction,
                currency,
                status,
                refunded,
                carried,
                held,
                hold,
                found,
                reinstatementId);
    }

    /** The rejected purchase as it is pending again. */
    PurchaseState reinstated(UUID id) {
        return with(amount, correction, PurchaseStatus.PENDING, refunded, carried, Hold.NONE, id);
    }

    /** The purchase whose held cashback is available. */
    PurchaseState released(Instant at) {
        return with(amount, correction, status, refunded, carried, hold.released(at));
    }

    /** The purchase with a part of the amount refunded; what that changes of its cashback is not worked out yet. */
    PurchaseState refund(Money part) {
        return with(amount, correction, status, refunded.plus(part), carriedAfter(part), hold);
    }

    /** A refund raises no cashback, also where today's rule gives more than earlier ones did. */
    private @Nullable Money carriedAfter(Money refund) {
        Money entitled = CashbackCalculator.entitled(terms, amount, left().minus(refund));
        return carried != null && carried.compareTo(entitled) < 0 ? carried : null;
    }

    /** The purchase with another amount; what that changes of its cashback is not worked out yet. */
    PurchaseState correct(Money corrected, Correction by) {
        return with(corrected, by, status, refunded, null, hold);
    }

    private PurchaseState with(
            Money newAmount,
            @Nullable Correction newCorrection,
            PurchaseStatus newStatus,
            Money newRefunded,
            @Nullable Money newCarried,
            Hold newHold) {
        return with(newAmount, newCorrection, newStatus, newRefunded, newCarried, newHold, reinstatementId);
    }

    private PurchaseState with(
            Money newAmount,
            @Nullable Correction newCorrection,
            PurchaseStatus newStatus,
            Money newRefunded,
            @Nullable Money newCarried,
            Hold newHold,
            @Nullable UUID newReinstatementId) {
        return new PurchaseState(
                id,
                userId,
                merchantId,
                purchasedAt,
                ingestedAt,
                terms,
                newAmount,
                newCorrection,
                currency,
                newStatus,
                newRefunded,
                newCarried,
                held,
                newHold,
                gate,
                newReinstatementId);
    }
}
