package com.clicknback.ledger;

import com.clicknback.money.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A movement of money that is to be posted: an amount above zero leaves one account of a user and enters another.
 *
 * @param source the account that the amount leaves
 * @param destination the account that the amount enters
 * @param purchaseId the purchase that it belongs to; null for a payout
 * @param refundId the refund of the purchase that causes it, of which there may be several; null for every other cause
 * @param payoutId the payout that it belongs to; null for a purchase
 */
public record Transfer(
        UUID userId,
        TransferKind kind,
        Account source,
        Account destination,
        Money amount,
        @Nullable UUID purchaseId,
        @Nullable UUID refundId,
        @Nullable UUID payoutId) {

    public static Transfer ofPurchase(
            UUID purchaseId, UUID userId, TransferKind kind, Account source, Account destination, Money amount) {
        return new Transfer(userId, kind, source, destination, amount, purchaseId, null, null);
    }

    public static Transfer ofPayout(
            UUID payoutId, UUID userId, TransferKind kind, Account source, Account destination, Money amount) {
        return new Transfer(userId, kind, source, destination, amount, null, null, payoutId);
    }

    /** Takes cashback off a purchase that is refunded in part. */
    public static Transfer ofRefund(UUID refundId, UUID purchaseId, UUID userId, Account source, Money amount) {
        return new Transfer(
                userId, TransferKind.CASHBACK_REFUNDED, source, Account.OUTSIDE, amount, purchaseId, refundId, null);
    }
}
