package com.clicknback.model;

import java.math.BigDecimal;

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

    long cashbackMinor(long amountMinor) {
        BigDecimal cents =
                percent ? BigDecimal.valueOf(amountMinor).multiply(value).divide(HUNDRED) : value.multiply(HUNDRED);
        return Math.min(Decimals.halfEven(cents), amountMinor);
    }
}
