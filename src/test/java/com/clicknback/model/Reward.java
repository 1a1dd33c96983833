package com.clicknback.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The reward of a purchase before any cap.
 *
 * @param percent of the amount, or else a fixed number of euros
 */
record Reward(boolean percent, BigDecimal value) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static Reward percent(String value) {
        return new Reward(true, new BigDecimal(value));
    }

    static Reward fixed(String value) {
        return new Reward(false, new BigDecimal(value));
    }

    /** The reward of the kept part of an amount. */
    long cashbackMinor(long amountMinor, long keptMinor) {
        return Math.min(
                whole(keptMinor)
                        .divide(divisor(amountMinor), 0, RoundingMode.HALF_EVEN)
                        .longValueExact(),
                keptMinor);
    }

    /** True when the exact reward of the kept part lies in the middle of two cents. */
    boolean isHalfACentOff(long amountMinor, long keptMinor) {
        BigDecimal twice = whole(keptMinor).add(whole(keptMinor));
        BigDecimal divisor = divisor(amountMinor);
        return twice.remainder(divisor.add(divisor)).compareTo(divisor) == 0;
    }

    private BigDecimal whole(long keptMinor) {
        BigDecimal kept = BigDecimal.valueOf(keptMinor).multiply(value);
        return percent ? kept : kept.multiply(HUNDRED);
    }

    private BigDecimal divisor(long amountMinor) {
        return percent ? HUNDRED : BigDecimal.valueOf(amountMinor);
    }
}
