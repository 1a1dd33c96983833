package com.clicknback.money;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the journal to be: an amount above zero that leaves one account of a user and enters another.
 *
 * @param debit the account it leaves
 * @param credit the account it enters
 * @param purchaseId what it belongs to, unless it belongs to a payout
 * @param payoutId what it belongs to, unless it belongs to a purchase
 */
public record Transfer(
        UUID userId,
        TransferKind kind,
        Account debit,
        Account credit,
        Money amount,
        @Nullable UUID purchaseId,
        @Nullable UUID payoutId) {

    public static Transfer ofPurchase(
            UUID purchaseId, UUID userId, TransferKind kind, Account debit, Account credit, Money amount) {
        return new Transfer(userId, kind, debit, credit, amount, purchaseId, null);
    }

    public static Transfer ofPayout(
            UUID payoutId, UUID userId, TransferKind kind, Account debit, Account credit, Money amount) {
        return new Transfer(userId, kind, debit, credit, amount, null, payoutId);
    }
}
