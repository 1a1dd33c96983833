package com.clicknback.money;

/** Why money moves (section 7.3 of the HTTP contract); each kind happens at most once for a purchase or payout. */
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
