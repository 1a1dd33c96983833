package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.time.YearMonth;

/**
 * The use of an offer's cap in the month of a purchase, in the form of the HTTP contract.
 *
 * @param limit the amount that the offer grants one user in a month
 */
public record CapUsage(YearMonth month, Money limit, Money used, Money remaining) {

    static CapUsage of(YearMonth month, Money limit, Money used) {
        return new CapUsage(month, limit, used, Money.max(limit.minus(used), Money.ZERO));
    }
}
