package com.clicknback.ledger;

/** Why money moves (section 7.3 of the HTTP contract); each happens once for a purchase or payout, refunds once each. */
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
