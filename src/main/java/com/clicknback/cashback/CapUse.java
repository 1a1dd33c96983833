package com.clicknback.cashback;

import com.clicknback.money.Money;

/**
 * An amount that changes draw on a cap, or give back to it when it is below zero.
 *
 * @param cut by how much more the cap cuts its purchases
 * @param limit the amount that the offer grants one user in a month
 */
record CapUse(CapKey key, Money amount, Money cut, Money limit) {

    CapUse plus(CapUse other) {
        return new CapUse(key, amount.plus(other.amount), cut.plus(other.cut), Money.max(limit, other.limit));
    }
}
