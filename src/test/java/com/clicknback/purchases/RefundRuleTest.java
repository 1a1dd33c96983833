package com.clicknback.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefundRuleTest {
    private static final long AMOUNT_MAX = 999_999_999_999L;

    @ParameterizedTest(name = "of {0} for {1}, {3} is left when {2} is")
    @CsvSource({
        "5.00,  100.00, 60.00, 3.00",
        "5.00,  100.00, 100.00, 5.00",
        "5.00,  100.00, 0.00,  0.00",
        "5.00,  100.00, 0.01,  0.00",
        "5.00,  100.00, 0.10,  0.00", // 0.005
        "5.00,  100.00, 0.11,  0.01", // 0.0055
        "5.00,  100.00, 0.30,  0.02", // 0.015
        "5.00,  100.00, 0.50,  0.02", // 0.025
        "5.00,  100.00, 0.70,  0.04", // 0.035
        "5.00,  100.00, 99.90, 5.00", // 4.995
        "5.00,  100.00, 99.89, 4.99", // 4.9945
        "3.33,  33.30,  16.65, 1.66", // 1.665
        "3.35,  33.50,  16.75, 1.68", // 1.675
        "0.02,  0.30,   0.29,  0.02",
        "0.02,  0.30,   0.15,  0.01",
        "0.00,  100.00, 50.00, 0.00",
        "0.01,  0.01,   0.00,  0.00",
        "3.00,  80.00,  40.00, 1.50",
        "9999999999.99, 9999999999.99, 9999999999.98, 9999999999.98",
        "2000000000.00, 9999999999.99, 5000000000.00, 1000000000.00"
    })
    void leavesTheShareOfWhatRemainsRoundedHalfEven(String credited, String amount, String remaining, String left) {
        assertThat(RefundRule.cashbackLeft(money(credited), money(amount), money(remaining)))
                .isEqualTo(money(left));
    }

    @Property
    void neverLeavesLessThanNothingOrMoreThanBefore(
            @ForAll @LongRange(min = 1, max = AMOUNT_MAX) long amount,
            @ForAll @LongRange(min = 0, max = AMOUNT_MAX) long credit,
            @ForAll @LongRange(min = 0, max = AMOUNT_MAX) long first,
            @ForAll @LongRange(min = 0, max = AMOUNT_MAX) long second) {
        long credited = credit % (amount + 1);
        long more = Math.max(first, second) % (amount + 1);
        long less = Math.min(first, second) % (more + 1);

        Money leftOfMore = left(credited, amount, more);
        Money leftOfLess = left(credited, amount, less);

        assertThat(leftOfLess).isBetween(Money.ZERO, leftOfMore);
        assertThat(leftOfMore).isBetween(Money.ZERO, Money.ofMinor(credited));
    }

    @Property
    void isExactAtBothEndsAndNeverMoreThanHalfACentOff(
            @ForAll @LongRange(min = 1, max = AMOUNT_MAX) long amount,
            @ForAll @LongRange(min = 0, max = AMOUNT_MAX) long credit,
            @ForAll @LongRange(min = 0, max = AMOUNT_MAX) long rest) {
        long credited = credit % (amount + 1);
        long remaining = rest % (amount + 1);

        assertThat(left(credited, amount, 0)).isEqualTo(Money.ZERO);
        assertThat(left(credited, amount, amount)).isEqualTo(Money.ofMinor(credited));

        BigInteger exactTimesAmount = BigInteger.valueOf(credited).multiply(BigInteger.valueOf(remaining));
        BigInteger leftTimesAmount =
                BigInteger.valueOf(left(credited, amount, remaining).minor()).multiply(BigInteger.valueOf(amount));
        BigInteger twiceTheError =
                exactTimesAmount.subtract(leftTimesAmount).abs().multiply(BigInteger.TWO);
        assertThat(twiceTheError).isLessThanOrEqualTo(BigInteger.valueOf(amount));
    }

    private static Money left(long credited, long amount, long remaining) {
        return RefundRule.cashbackLeft(Money.ofMinor(credited), Money.ofMinor(amount), Money.ofMinor(remaining));
    }

    private static Money money(String decimal) {
        return Money.ofDecimal(new BigDecimal(decimal));
    }
}
