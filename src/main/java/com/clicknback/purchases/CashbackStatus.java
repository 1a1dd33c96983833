package com.clicknback.purchases;

/** The stage that the cashback of a credited purchase has reached, or the state that took it back. */
public enum CashbackStatus {
    PENDING,
    /** Confirmed, and still in the pending balance. */
    HELD,
    AVAILABLE,
    REJECTED,
    REVERSED;

    /**
     * @param held whether the cashback of a confirmed purchase is pending
     */
    static CashbackStatus of(PurchaseStatus status, boolean held) {
        return switch (status) {
            case PENDING -> PENDING;
            case CONFIRMED -> held ? HELD : AVAILABLE;
            case REJECTED -> REJECTED;
            case REVERSED -> REVERSED;
        };
    }
}
