package com.clicknback.cashback;

import com.clicknback.money.Money;

/**
 * An amount that changes draw on a cap, or give back to it when it is below zero.
 *
 * @param cut by how much more the cap cuts its purchases
 * @param limit the amount that the offer grants one user in a month; the highest, when it was raised between purchases
 * @param least the lowest
 */
record CapUse(CapKey key, Money amount, Money cut, Money limit, Money least) {

    static CapUse of(CapKey key, Money amount, Money cut, Money limit) {
        return new CapUse(key, amount, cut, limit, limit);
    }

    CapUse plus(CapUse other) {
        return new CapUse(
                key,
                amount.plus(other.amount),
                cut.plus(other.cut),
                Money.max(limit, other.limit),
                Money.min(least, other.least));
    }
}
