package com.clicknback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model is held against the examples that the HTTP contract gives. */
@Tag("model")
class RewardTest {
    @ParameterizedTest
    @CsvSource({
        "true, 5, 49.50, 2.48",
        "true, 5, 0.10, 0.00",
        "true, 5, 0.30, 0.02",
        "true, 5, 0.50, 0.02",
        "true, 5, 100.50, 5.02",
        "true, 2.5, 0.20, 0.00",
        "true, 2.5, 1.00, 0.02",
        "true, 10, 33.33, 3.33",
        "true, 11, 150.00, 16.50",
        "true, 20, 9999999999.99, 2000000000.00",
        "false, 2.505, 100.00, 2.50",
        "false, 2.515, 100.00, 2.52",
        "false, 2.675, 100.00, 2.68",
        "false, 3.00, 0.01, 0.01"
    })
    void isWhatTheContractListsForIt(boolean percent, BigDecimal value, BigDecimal amount, String cashback) {
        long amountMinor = amount.movePointRight(2).longValueExact();
        assertThat(Decimals.text(new Reward(percent, value).cashbackMinor(amountMinor, amountMinor)))
                .isEqualTo(cashback);
    }
}
