package com.clicknback.model;

import java.math.BigDecimal;

/** Amounts of the model, which are whole cents, and how the wire shows them. */
final class Decimals {
    private static final int CENT_DIGITS = 2;

    private Decimals() {}

    static String text(long minor) {
        return BigDecimal.valueOf(minor, CENT_DIGITS).toPlainString();
    }
}
