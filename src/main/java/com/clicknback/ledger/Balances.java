package com.clicknback.ledger;

import com.clicknback.money.Money;

/** What a user holds in each account; only available can be negative. */
public record Balances(Money pending, Money available, Money reserved, Money paid) {
    public static final Balances NONE = new Balances(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);
}
