package com.clicknback.ledger;

import com.clicknback.money.Money;

/** The balances of a user in the words of the contract. */
public record WalletView(Money pendingBalance, Money availableBalance, Money reservedBalance, Money paidBalance) {

    public static WalletView of(Balances balances) {
        return new WalletView(balances.pending(), balances.available(), balances.reserved(), balances.paid());
    }
}
