package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.money.Money;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class CashbackCalculatorPropertyTest {
    private static final long AMOUNT_MAX = 999_999_999_999L;
    private static final long PERCENT_MAX_E4 = 1_000_000;
    private static final long FIXED_MAX_E4 = 99_999_999_999_900L;

    @Property
    void aPercentageIsTheExactQuotientRoundedOnceHalfEven(
            @ForAll @LongRange(min = 1, max = PERCENT_MAX_E4) long percentE4,
            @ForAll @LongRange(min = 1, max = AMOUNT_MAX) long amountMinor) {
        long exact = halfEven(BigInteger.valueOf(amountMinor).multiply(BigInteger.valueOf(percentE4)), PERCENT_MAX_E4);
        assertThat(percent(percentE4, amountMinor)).isEqualTo(exact);
    }

    @Property
    void aPercentageOfAFewCentsIsRoundedHalfEvenToo(
            @ForAll @LongRange(min = 1, max = 400) long tenthsOfAPercent,
            @ForAll @LongRange(min = 1, max = 500) long amountMinor) {
        long exact = halfEven(BigInteger.valueOf(amountMinor * tenthsOfAPercent), 1_000);
        assertThat(percent(tenthsOfAPercent * 1_000, amountMinor)).isEqualTo(exact);
    }

    @Property
    void aFixedRewardIsRoundedHalfEvenAndCutToTheAmount(
            @ForAll @LongRange(min = 1, max = FIXED_MAX_E4) long valueE4,
            @ForAll @LongRange(min = 1, max = AMOUNT_MAX) long amountMinor) {
        long exact = Math.min(halfEven(BigInteger.valueOf(valueE4), 100), amountMinor);
        assertThat(calculate(CashbackType.FIXED, valueE4, amountMinor)).isEqualTo(exact);
    }

    @Property
    void neverNegativeNorAboveTheAmount(
            @ForAll CashbackType type,
            @ForAll @LongRange(min = 1, max = FIXED_MAX_E4) long valueE4,
            @ForAll @LongRange(min = 1, max = AMOUNT_MAX) long amountMinor) {
        long value = type == CashbackType.PERCENT ? 1 + valueE4 % PERCENT_MAX_E4 : valueE4;
        assertThat(calculate(type, value, amountMinor)).isBetween(0L, amountMinor);
    }

    @Property
    void aLargerAmountNeverEarnsLess(
            @ForAll CashbackType type,
            @ForAll @LongRange(min = 1, max = PERCENT_MAX_E4) long valueE4,
            @ForAll @LongRange(min = 1, max = AMOUNT_MAX) long amountMinor,
            @ForAll @LongRange(min = 1, max = AMOUNT_MAX) long otherMinor) {
        long smaller = Math.min(amountMinor, otherMinor);
        long larger = Math.max(amountMinor, otherMinor);
        assertThat(calculate(type, valueE4, smaller)).isLessThanOrEqualTo(calculate(type, valueE4, larger));
    }

    private static long percent(long percentE4, long amountMinor) {
        return calculate(CashbackType.PERCENT, percentE4, amountMinor);
    }

    private static long calculate(CashbackType type, long valueE4, long amountMinor) {
        return CashbackCalculator.calculate(new CashbackTerms(null, type, valueE4, null), Money.ofMinor(amountMinor))
                .minor();
    }

    /** Half-even by its definition, in whole numbers. */
    private static long halfEven(BigInteger dividend, long divisor) {
        BigInteger[] parts = dividend.divideAndRemainder(BigInteger.valueOf(divisor));
        long quotient = parts[0].longValueExact();
        int half = parts[1].shiftLeft(1).compareTo(BigInteger.valueOf(divisor));
        return half > 0 || half == 0 && quotient % 2 == 1 ? quotient + 1 : quotient;
    }
}
