package com.clicknback.money;

import java.math.BigDecimal;

/** An exact amount in minor units (cents) of one currency; may be negative where a balance may. */
public record Money(long minor, Currency currency) implements Comparable<Money> {
    private static final int MINOR_DIGITS = 2;
    private static final long HUNDRED = 100;
    private static final long TEN = 10;

    public static final Money ZERO = new Money(0, Currency.EUR);

    /** The largest amount that one purchase, payout or cap can have: 9999999999.99. */
    public static final Money MAX = new Money(999_999_999_999L, Currency.EUR);

    /** An amount of euro cents. */
    public static Money ofMinor(long minor) {
        return new Money(minor, Currency.EUR);
    }

    /** The amount of a decimal with at most two significant fraction digits; fails with ArithmeticException otherwise. */
    public static Money ofDecimal(BigDecimal decimal) {
        return ofMinor(decimal.movePointRight(MINOR_DIGITS).longValueExact());
    }

    public BigDecimal toDecimal() {
        return BigDecimal.valueOf(minor, MINOR_DIGITS);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, sameCurrency(other).minor), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, sameCurrency(other).minor), currency);
    }

    public boolean isZero() {
        return minor == 0;
    }

    public static Money min(Money a, Money b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    public static Money max(Money a, Money b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, sameCurrency(other).minor);
    }

    /** The wire form: a decimal with exactly two fraction digits. */
    @Override
    public String toString() {
        long cents = Math.abs(minor % HUNDRED);
        String sign = minor < 0 && minor > -HUNDRED ? "-" : "";
        return sign + minor / HUNDRED + (cents < TEN ? ".0" : ".") + cents;
    }

    private Money sameCurrency(Money other) {
        if (other.currency != currency) {
            throw new IllegalArgumentException("amounts of " + currency + " and " + other.currency);
        }
        return other;
    }
}
