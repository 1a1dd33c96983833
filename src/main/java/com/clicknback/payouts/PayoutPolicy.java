package com.clicknback.payouts;

import com.clicknback.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits on the payouts of a user.
 *
 * @param minimum the least amount of one payout
 * @param maximum30Days the most that a user may request in 30 days, failed payouts aside
 */
public record PayoutPolicy(Money minimum, Money maximum30Days) {
    static final Duration WINDOW = Duration.ofDays(30);

    /** A rule that a request breaks; also its form on the wire. */
    record Violation(String rule, Money limit, Money actual) {}

    /**
     * All rules that a payout would break.
     *
     * @param requested the sum of the user's other payouts within the window
     */
    List<Violation> violations(Money amount, Money requested) {
        List<Violation> violations = new ArrayList<>();
        if (amount.compareTo(minimum) < 0) {
            violations.add(new Violation("minimum_amount", minimum, amount));
        }
        Money inWindow = requested.plus(amount);
        if (inWindow.compareTo(maximum30Days) > 0) {
            violations.add(new Violation("maximum_30_days", maximum30Days, inWindow));
        }
        return violations;
    }
}
