package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The reward of a purchase before the monthly cap. */
public final class CashbackCalculator {
    private static final int E4_DIGITS = 4;
    private static final int PERCENT_DIGITS = 2;
    private static final int MINOR_DIGITS = 2;

    /** Ten-thousandths of a percent in the whole. */
    private static final long WHOLE_E4 = 1_000_000;

    /** Ten-thousandths of a currency unit in a minor one. */
    private static final long MINOR_E4 = 100;

    private CashbackCalculator() {}

    /** The reward of a purchase of which nothing came back. */
    public static Money calculate(CashbackTerms terms, Money amount) {
        return entitled(terms, amount, amount);
    }

    /**
     * The exact reward rounded once, half-even, to minor units; never more than what was kept.
     *
     * @param gross the amount of the purchase as last corrected; above zero
     * @param kept the part of it that did not come back
     */
    public static Money entitled(CashbackTerms terms, Money gross, Money kept) {
        Money rounded = switch (terms.type()) {
            case PERCENT -> quotient(Math.multiplyExact(terms.valueE4(), kept.minor()), WHOLE_E4);
            case FIXED ->
                kept.equals(gross)
                        ? quotient(terms.valueE4(), MINOR_E4)
                        : Money.ofDecimal(value(terms)
                                .multiply(kept.toDecimal())
                                .divide(gross.toDecimal(), MINOR_DIGITS, RoundingMode.HALF_EVEN));
        };
        return Money.min(rounded, kept);
    }

    /** A quotient of numbers that are not negative, in minor units, rounded half-even. */
    private static Money quotient(long dividend, long divisor) {
        long quotient = dividend / divisor;
        long twiceTheRest = dividend % divisor * 2;
        boolean up = twiceTheRest > divisor || twiceTheRest == divisor && quotient % 2 == 1;
        return Money.ofMinor(up ? quotient + 1 : quotient);
    }

    /** The reward rounded, but not limited to the amount. */
    static Money rounded(CashbackTerms terms, Money amount) {
        return Money.ofDecimal(unrounded(terms, amount).setScale(MINOR_DIGITS, RoundingMode.HALF_EVEN));
    }

    /** The exact reward in currency units, neither rounded nor limited to the amount. */
    public static BigDecimal unrounded(CashbackTerms terms, Money amount) {
        return switch (terms.type()) {
            case PERCENT -> amount.toDecimal().multiply(value(terms)).movePointLeft(PERCENT_DIGITS);
            case FIXED -> value(terms);
        };
    }

    private static BigDecimal value(CashbackTerms terms) {
        return BigDecimal.valueOf(terms.valueE4(), E4_DIGITS);
    }
}
