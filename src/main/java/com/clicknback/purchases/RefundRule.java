package com.clicknback.purchases;

import com.clicknback.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reduces cashback by a refund: in proportion to the amount, rounded half-even on the remainder. */
final class RefundRule {
    private RefundRule() {}

    /**
     * The cashback that is left once a part of a purchase is refunded. It depends on the sum of the refunds alone, so
     * their order does not matter.
     *
     * @param remaining the part of the amount that is not refunded
     */
    static Money cashbackLeft(Money credited, Money amount, Money remaining) {
        BigDecimal left = BigDecimal.valueOf(credited.minor())
                .multiply(BigDecimal.valueOf(remaining.minor()))
                .divide(BigDecimal.valueOf(amount.minor()), 0, RoundingMode.HALF_EVEN);
        return Money.ofMinor(left.longValueExact());
    }
}
