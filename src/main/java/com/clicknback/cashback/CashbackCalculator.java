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

    /** The exact reward rounded once, half-even, to minor units; never more than the amount itself. */
    public static Money calculate(CashbackTerms terms, Money amount) {
        return Money.min(rounded(terms, amount), amount);
    }

    /** The reward rounded, but not limited to the amount. */
    static Money rounded(CashbackTerms terms, Money amount) {
        return Money.ofDecimal(unrounded(terms, amount).setScale(MINOR_DIGITS, RoundingMode.HALF_EVEN));
    }

    /** The exact reward in currency units, neither rounded nor limited to the amount. */
    public static BigDecimal unrounded(CashbackTerms terms, Money amount) {
        BigDecimal value = BigDecimal.valueOf(terms.valueE4(), E4_DIGITS);
        return switch (terms.type()) {
            case PERCENT -> amount.toDecimal().multiply(value).movePointLeft(PERCENT_DIGITS);
            case FIXED -> value;
        };
    }
}
