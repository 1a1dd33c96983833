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
 * @param causeId the refund, the correction or the other purchase of the same cap that causes it, or the reinstatement of
 *     the purchase that it follows; null when the purchase or payout itself is the cause
 * @param payoutId the payout that it belongs to; null for a purchase
 */
public record Transfer(
        UUID userId,
        TransferKind kind,
        Account source,
        Account destination,
        Money amount,
        @Nullable UUID purchaseId,
        @Nullable UUID causeId,
        @Nullable UUID payoutId) {

    public static Transfer ofPurchase(
            UUID purchaseId, UUID userId, TransferKind kind, Account source, Account destination, Money amount) {
        return new Transfer(userId, kind, source, destination, amount, purchaseId, null, null);
    }

    public static Transfer ofPayout(
            UUID payoutId, UUID userId, TransferKind kind, Account source, Account destination, Money amount) {
        return new Transfer(userId, kind, source, destination, amount, null, null, payoutId);
    }

    /** Changes the cashback of a purchase, or its state once more. */
    public static Transfer ofChange(
            @Nullable UUID causeId,
            UUID purchaseId,
            UUID userId,
            TransferKind kind,
            Account source,
            Account destination,
            Money amount) {
        return new Transfer(userId, kind, source, destination, amount, purchaseId, causeId, null);
    }
}
