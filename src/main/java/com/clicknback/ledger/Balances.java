package com.clicknback.ledger;

import com.clicknback.money.Money;

/** The amount in each account of a user; only the available one can be negative. */
public record Balances(Money pending, Money available, Money reserved, Money paid) {
    public static final Balances NONE = new Balances(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);
}
