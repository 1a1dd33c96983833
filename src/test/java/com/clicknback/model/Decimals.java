package com.clicknback.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts of the model, which are whole cents, and how the wire shows them. */
final class Decimals {
    private static final int CENT_DIGITS = 2;

    private Decimals() {}

    static String text(long minor) {
        return BigDecimal.valueOf(minor, CENT_DIGITS).toPlainString();
    }

    /** The whole cents nearest to a number of cents, the even ones of two that are equally near. */
    static long halfEven(BigDecimal cents) {
        return cents.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }
}
