package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The reward of a purchase before the monthly cap. */
public final class CashbackCalculator {
    private static final int E4_DIGITS = 4;
    private static final int PERCENT_DIGITS = 2;
    private static final int MINOR_DIGITS = 2;

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
        BigDecimal value = value(terms).multiply(kept.toDecimal());
        BigDecimal rounded = switch (terms.type()) {
            case PERCENT -> value.movePointLeft(PERCENT_DIGITS).setScale(MINOR_DIGITS, RoundingMode.HALF_EVEN);
            case FIXED -> value.divide(gross.toDecimal(), MINOR_DIGITS, RoundingMode.HALF_EVEN);
        };
        return Money.min(Money.ofDecimal(rounded), kept);
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
