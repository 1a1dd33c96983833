package com.clicknback.purchases;

import com.clicknback.cashback.CapMonth;
import com.clicknback.cashback.CashbackCalculator;
import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.RatedPurchase;
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
        Money held) {

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

    /** The balance that cashback is in; null in an end. A hold of confirmed cashback would keep it pending here. */
    @Nullable
    static Account balance(PurchaseStatus status) {
        return switch (status) {
            case PENDING -> Account.PENDING;
            case CONFIRMED -> Account.AVAILABLE;
            case REJECTED, REVERSED -> null;
        };
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
                balance(status),
                balance(status) == null ? Money.ZERO : held);
    }

    public PurchaseState withStatus(PurchaseStatus next) {
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
                next,
                refunded,
                carried,
                held);
    }

    /** The purchase with a part of the amount refunded; what that changes of its cashback is not worked out yet. */
    PurchaseState refund(Money part) {
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
                refunded.plus(part),
                carriedAfter(part),
                held);
    }

    /** A refund raises no cashback, also where today's rule gives more than earlier ones did. */
    private @Nullable Money carriedAfter(Money refund) {
        Money entitled = CashbackCalculator.entitled(terms, amount, left().minus(refund));
        return carried != null && carried.compareTo(entitled) < 0 ? carried : null;
    }

    /** The purchase with another amount; what that changes of its cashback is not worked out yet. */
    PurchaseState correct(Money corrected, Correction by) {
        return new PurchaseState(
                id,
                userId,
                merchantId,
                purchasedAt,
                ingestedAt,
                terms,
                corrected,
                by,
                currency,
                status,
                refunded,
                null,
                held);
    }
}
