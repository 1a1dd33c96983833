package com.clicknback.cashback;

import com.clicknback.money.Money;
import com.clicknback.money.TenThousandths;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The steps from an amount to its cashback before the monthly cap, in the form of the HTTP contract.
 *
 * @param cashbackValue of the terms: a percentage, or an amount of currency units
 * @param monthlyCap of the terms; null without an offer
 * @param unrounded the exact reward in currency units
 * @param rounded half-even to minor units
 * @param clamped true when the reward was more than the amount; the cashback is then the amount
 */
public record Calculation(
        Basis basis,
        @Nullable UUID offerId,
        CashbackType cashbackType,
        BigDecimal cashbackValue,
        @Nullable BigDecimal monthlyCap,
        Money amount,
        String unrounded,
        Money rounded,
        boolean clamped,
        Money cashback) {
    private static final int FRACTION_DIGITS_MIN = 2;

    /** The origin of terms. */
    public enum Basis {
        OFFER,
        MERCHANT_DEFAULT
    }

    /** The calculation for a purchase of this amount. */
    public static Calculation of(CashbackTerms terms, Money amount) {
        return of(terms, amount, CashbackCalculator.calculate(terms, amount));
    }

    /** The calculation that led to the cashback of a stored purchase. */
    public static Calculation of(CashbackTerms terms, Money amount, Money cashback) {
        Money rounded = CashbackCalculator.rounded(terms, amount);
        return new Calculation(
                terms.offerId() == null ? Basis.MERCHANT_DEFAULT : Basis.OFFER,
                terms.offerId(),
                terms.type(),
                TenThousandths.toDecimal(terms.valueE4()),
                terms.monthlyCap() == null ? null : terms.monthlyCap().toDecimal(),
                amount,
                text(CashbackCalculator.unrounded(terms, amount)),
                rounded,
                cashback.compareTo(rounded) < 0,
                cashback);
    }

    private static String text(BigDecimal exact) {
        BigDecimal shortest = exact.stripTrailingZeros();
        return (shortest.scale() < FRACTION_DIGITS_MIN ? shortest.setScale(FRACTION_DIGITS_MIN) : shortest)
                .toPlainString();
    }
}
