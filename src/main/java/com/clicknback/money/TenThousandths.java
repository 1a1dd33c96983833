package com.clicknback.money;

import java.math.BigDecimal;

/** Percentages and rewards as whole ten-thousandths, the form in which the database keeps them: 5 is 50000. */
public final class TenThousandths {
    private static final int DIGITS = 4;

    private TenThousandths() {}

    /**
     * The ten-thousandths of a decimal with at most four significant fraction digits; fails with ArithmeticException
     * otherwise.
     */
    public static long of(BigDecimal decimal) {
        return decimal.stripTrailingZeros().movePointRight(DIGITS).longValueExact();
    }

    /** The decimal without needless zeros, but with a fraction digit, so that it reads as a decimal: 5.0. */
    public static BigDecimal toDecimal(long valueE4) {
        BigDecimal decimal = BigDecimal.valueOf(valueE4, DIGITS).stripTrailingZeros();
        return decimal.scale() < 1 ? decimal.setScale(1) : decimal;
    }
}
