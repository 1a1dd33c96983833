package com.clicknback.ledger;

/**
 * The causes of transfers. Each kind happens at most once for a purchase or payout; CASHBACK_REFUNDED happens at most once for
 * a refund, of which a purchase may have several.
 */
public enum TransferKind {
    CASHBACK_CREDIT,
    CASHBACK_CONFIRMED,
    CASHBACK_REJECTED,
    CASHBACK_REFUNDED,
    CASHBACK_REVERSED,
    PAYOUT_REQUESTED,
    PAYOUT_COMPLETED,
    PAYOUT_FAILED
}
