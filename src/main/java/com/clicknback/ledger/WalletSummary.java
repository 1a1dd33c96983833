package com.clicknback.ledger;

import com.clicknback.money.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * A user's money.
 *
 * @param held the part of the pending balance that belongs to confirmed purchases
 * @param nextReleases of held cashback, the earliest first
 */
public record WalletSummary(Balances balances, Money held, List<Release> nextReleases) {
    public static final WalletSummary NONE = new WalletSummary(Balances.NONE, Money.ZERO, List.of());

    /** Cashback that becomes available on a UTC day. */
    public record Release(LocalDate date, Money amount) {}
}
