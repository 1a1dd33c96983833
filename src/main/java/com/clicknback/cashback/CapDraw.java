package com.clicknback.cashback;

import com.clicknback.money.Money;
import java.time.YearMonth;

/**
 * The draw of a purchase on an offer's cap, in the form of the HTTP contract.
 *
 * @param month the calendar month (UTC) of the purchase
 * @param limit the amount that the offer grants one user in a month
 * @param usedBefore the part of the limit that is used before the purchase is credited
 * @param cut true when too little is left for the whole cashback
 */
public record CapDraw(
        YearMonth month, Money limit, Money usedBefore, Money remainingBefore, Money usedAfter, boolean cut) {

    /** The draw of a purchase whose cashback became a credit. */
    public static CapDraw of(YearMonth month, Money limit, Money usedBefore, Money cashback, Money credited) {
        return new CapDraw(
                month,
                limit,
                usedBefore,
                Money.max(limit.minus(usedBefore), Money.ZERO),
                usedBefore.plus(credited),
                credited.compareTo(cashback) < 0);
    }

    /** The same cap, not drawn on. */
    public CapDraw undrawn() {
        return new CapDraw(month, limit, usedBefore, remainingBefore, usedBefore, false);
    }
}
