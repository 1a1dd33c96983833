package com.clicknback.ledger;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in the words of the contract.
 *
 * @param from null from outside the wallet
 * @param to null to outside the wallet
 */
public record TransactionView(
        UUID id,
        TransferKind type,
        Money amount,
        @Nullable Account from,
        @Nullable Account to,
        Transaction.Status status,
        @Nullable UUID relatedPurchaseId,
        @Nullable UUID relatedPayoutId,
        @Nullable Instant payableAt,
        Instant createdAt) {

    public static TransactionView of(Transaction transaction) {
        return new TransactionView(
                transaction.id(),
                transaction.kind(),
                transaction.amount(),
                inWallet(transaction.source()),
                inWallet(transaction.destination()),
                transaction.status(),
                transaction.purchaseId(),
                transaction.payoutId(),
                transaction.payableAt(),
                transaction.createdAt());
    }

    private static @Nullable Account inWallet(Account account) {
        return account == Account.OUTSIDE ? null : account;
    }
}
