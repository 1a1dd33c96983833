package com.clicknback.purchases;

import com.clicknback.money.Money;
import java.util.UUID;

/**
 * A credited purchase as decisions and refunds change it: the central entity of the domain.
 *
 * @param refunded the part of the amount that its buyer got back
 * @param credited what its owner was credited with; zero when the cap left nothing
 * @param held what its owner still holds of that after refunds, unless the state is an end
 */
public record PurchaseState(
        UUID id,
        UUID userId,
        UUID merchantId,
        Money amount,
        String currency,
        PurchaseStatus status,
        Money refunded,
        Money credited,
        Money held) {

    /** The part of the amount that is not refunded. */
    public Money left() {
        return amount.minus(refunded);
    }

    /** The cashback that the purchase shows. */
    public Money cashback() {
        return status == PurchaseStatus.REVERSED ? Money.ZERO : held;
    }

    public PurchaseState withStatus(PurchaseStatus next) {
        return new PurchaseState(id, userId, merchantId, amount, currency, next, refunded, credited, held);
    }

    /**
     * @param part of the amount that is refunded now
     * @param cashback by how much that reduces what is held
     */
    public PurchaseState refund(Money part, Money cashback) {
        return new PurchaseState(
                id, userId, merchantId, amount, currency, status, refunded.plus(part), credited, held.minus(cashback));
    }
}
