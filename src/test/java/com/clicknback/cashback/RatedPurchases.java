package com.clicknback.cashback;

import com.clicknback.ledger.Account;
import com.clicknback.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** Purchases of one user under one offer in one month, each ingested after those before it. */
final class RatedPurchases {
    private static final LocalDate APRIL = LocalDate.parse("2026-04-01");
    private static final long ALL_OF_IT = 100_0000;

    private final UUID user = UUID.randomUUID();
    private final UUID offer = UUID.randomUUID();
    private Instant next = Instant.parse("2026-04-22T10:00:00Z");

    /** A pending purchase that earns its whole amount, and is not credited. */
    RatedPurchase earning(long amount, long cap) {
        return of(ALL_OF_IT, amount, cap);
    }

    RatedPurchase of(long percentageE4, long amount, long cap) {
        next = next.plusMillis(1);
        return new RatedPurchase(
                UUID.randomUUID(),
                user,
                next,
                APRIL,
                new CashbackTerms(offer, CashbackType.PERCENT, percentageE4, Money.ofMinor(cap)),
                Money.ofMinor(amount),
                Money.ZERO,
                null,
                Account.PENDING,
                Money.ZERO);
    }
}
