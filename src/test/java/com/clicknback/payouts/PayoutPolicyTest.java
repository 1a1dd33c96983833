package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.money.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayoutPolicyTest {
    private static final PayoutPolicy POLICY = new PayoutPolicy(money("10.00"), money("1000.00"));

    private static Money money(String amount) {
        return Money.ofDecimal(new BigDecimal(amount));
    }

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource({
        "10.00,         0,       ",
        "9.99,          0,       minimum_amount 10.00 9.99",
        "0.01,          0,       minimum_amount 10.00 0.01",
        "1000.00,       0,       ",
        "1000.01,       0,       maximum_30_days 1000.00 1000.01",
        "9999999999.99, 0,       maximum_30_days 1000.00 9999999999.99",
        "10.00,         990.00,  ",
        "10.00,         990.01,  maximum_30_days 1000.00 1000.01",
        "9.99,          990.02,  minimum_amount 10.00 9.99; maximum_30_days 1000.00 1000.01"
    })
    void namesEveryBrokenRuleWithItsLimitAndTheActualValue(String amount, String requested, String violations) {
        List<PayoutPolicy.Violation> found = POLICY.violations(money(amount), money(requested));
        assertThat(found.stream()
                        .map(v -> v.rule() + " " + v.limit() + " " + v.actual())
                        .collect(Collectors.joining("; ")))
                .isEqualTo(violations == null ? "" : violations);
    }
}
