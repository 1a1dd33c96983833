package com.clicknback.ledger;

import com.clicknback.money.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the journal to be: an amount above zero that leaves one account of a user and enters another.
 *
 * @param debit the account it leaves
 * @param credit the account it enters
 * @param purchaseId what it belongs to, unless it belongs to a payout
 * @param refundId the refund of the purchase that causes it, of which there may be several
 * @param payoutId what it belongs to, unless it belongs to a purchase
 */
public record Transfer(
        UUID userId,
        TransferKind kind,
        Account debit,
        Account credit,
        Money amount,
        @Nullable UUID purchaseId,
        @Nullable UUID refundId,
        @Nullable UUID payoutId) {

    public static Transfer ofPurchase(
            UUID purchaseId, UUID userId, TransferKind kind, Account debit, Account credit, Money amount) {
        return new Transfer(userId, kind, debit, credit, amount, purchaseId, null, null);
    }

    public static Transfer ofPayout(
            UUID payoutId, UUID userId, TransferKind kind, Account debit, Account credit, Money amount) {
        return new Transfer(userId, kind, debit, credit, amount, null, null, payoutId);
    }

    /** What a partial refund takes off the cashback of its purchase. */
    public static Transfer ofRefund(UUID refundId, UUID purchaseId, UUID userId, Account debit, Money amount) {
        return new Transfer(
                userId, TransferKind.CASHBACK_REFUNDED, debit, Account.OUTSIDE, amount, purchaseId, refundId, null);
    }
}
