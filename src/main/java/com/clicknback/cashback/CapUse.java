package com.clicknback.cashback;

import com.clicknback.money.Money;

/**
 * An amount that credits draw on a cap.
 *
 * @param limit the amount that the offer grants one user in a month
 */
record CapUse(CapKey key, Money amount, Money limit) {}
