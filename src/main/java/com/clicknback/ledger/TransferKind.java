package com.clicknback.ledger;

/**
 * The causes of transfers. Most kinds happen at most once for a purchase or payout. CASHBACK_REFUNDED and
 * CASHBACK_CORRECTED happen at most once for a refund or correction, of which a purchase may have several.
 * CASHBACK_REINSTATED happens at most once for a reinstatement, and lets the purchase be confirmed, released and rejected
 * once more. CASHBACK_REALLOTTED happens whenever another purchase of the same cap gives allowance back or takes it.
 */
public enum TransferKind {
    CASHBACK_CREDIT,
    CASHBACK_CONFIRMED,
    CASHBACK_RELEASED,
    CASHBACK_REJECTED,
    CASHBACK_REINSTATED,
    CASHBACK_REFUNDED,
    CASHBACK_CORRECTED,
    CASHBACK_REALLOTTED,
    CASHBACK_REVERSED,
    PAYOUT_REQUESTED,
    PAYOUT_COMPLETED,
    PAYOUT_FAILED
}
