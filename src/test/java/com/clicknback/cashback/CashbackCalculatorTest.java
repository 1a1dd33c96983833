package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.money.Money;
import com.clicknback.money.TenThousandths;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CashbackCalculatorTest {
    private static final UUID OFFER = UUID.fromString("f0e1d2c3-b4a5-4678-9012-3456789abcde");

    @ParameterizedTest(name = "{0} {1} of {2} is {3}")
    @CsvSource({
        "PERCENT, 5,     49.50,         2.48",
        "PERCENT, 5,     0.10,          0.00",
        "PERCENT, 5,     0.30,          0.02",
        "PERCENT, 5,     0.50,          0.02",
        "PERCENT, 5,     100.50,        5.02",
        "PERCENT, 2.5,   0.20,          0.00",
        "PERCENT, 2.5,   1.00,          0.02",
        "PERCENT, 10,    33.33,         3.33",
        "PERCENT, 11,    150.00,        16.50",
        "PERCENT, 20,    9999999999.99, 2000000000.00",
        "FIXED,   2.505, 100.00,        2.50",
        "FIXED,   2.515, 100.00,        2.52",
        "FIXED,   2.675, 100.00,        2.68",
        "FIXED,   3.00,  0.01,          0.01",
        // The edges around it.
        "PERCENT, 0.0001,        0.01,          0.00",
        "PERCENT, 0.0001,        9999999999.99, 10000.00",
        "PERCENT, 100,           9999999999.99, 9999999999.99",
        "FIXED,   0.0001,        0.01,          0.00",
        "FIXED,   0.005,         0.01,          0.00",
        "FIXED,   0.0051,        0.01,          0.01",
        "FIXED,   0.015,         0.02,          0.02",
        "FIXED,   9999999999.99, 9999999999.99, 9999999999.99",
        "FIXED,   9999999999.99, 0.01,          0.01"
    })
    void roundsHalfEvenOnceAndNeverExceedsTheAmount(
            CashbackType type, BigDecimal value, BigDecimal amount, BigDecimal cashback) {
        CashbackTerms terms = new CashbackTerms(OFFER, type, TenThousandths.of(value), Money.MAX);
        assertThat(CashbackCalculator.calculate(terms, Money.ofDecimal(amount))).isEqualTo(Money.ofDecimal(cashback));
    }

    @ParameterizedTest(name = "{0} {1} of {2}, of which {3} is kept, is {4}")
    @CsvSource({
        "PERCENT, 5,    100.00, 60.00, 3.00",
        "PERCENT, 5,    100.00, 0.10,  0.00", // 0.005
        "PERCENT, 5,    100.00, 0.30,  0.02", // 0.015
        "PERCENT, 5,    100.00, 0.00,  0.00",
        "PERCENT, 10,   33.33,  16.65, 1.66", // 1.665
        "FIXED,   3.00, 80.00,  40.00, 1.50",
        "FIXED,   5.00, 100.00, 99.90, 5.00", // 4.995
        "FIXED,   5.00, 100.00, 99.89, 4.99", // 4.9945
        "FIXED,   2.505, 3.00,  1.00,  0.84", // 0.835
        "FIXED,   2.505, 3.00,  2.99,  2.50",
        "FIXED,   7.00, 3.00,   1.00,  1.00", // 2.33
        "FIXED,   9999999999.99, 9999999999.99, 9999999999.98, 9999999999.98"
    })
    void isThatOfWhatWasKept(
            CashbackType type, BigDecimal value, BigDecimal gross, BigDecimal kept, BigDecimal cashback) {
        CashbackTerms terms = new CashbackTerms(OFFER, type, TenThousandths.of(value), Money.MAX);
        assertThat(CashbackCalculator.entitled(terms, Money.ofDecimal(gross), Money.ofDecimal(kept)))
                .isEqualTo(Money.ofDecimal(cashback));
    }

    /** Rounded to four digits first, this reward would be 0.0350 and end as 0.04. */
    @Test
    void keepsTheExactRewardUntilTheFinalStep() {
        CashbackTerms terms = CashbackTerms.merchantDefault(TenThousandths.of(new BigDecimal("2.4999")));
        Money amount = Money.ofDecimal(new BigDecimal("1.40"));
        assertThat(CashbackCalculator.unrounded(terms, amount)).isEqualByComparingTo("0.0349986");
        assertThat(CashbackCalculator.calculate(terms, amount)).hasToString("0.03");
    }

    @Test
    void theMerchantsDefaultIsAPercentageWithoutOfferOrCap() {
        CashbackTerms terms = CashbackTerms.merchantDefault(35_000);
        assertThat(terms).isEqualTo(new CashbackTerms(null, CashbackType.PERCENT, 35_000, null));
        assertThat(CashbackCalculator.calculate(terms, Money.ofMinor(10_000))).hasToString("3.50");
    }
}
