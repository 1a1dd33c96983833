package com.clicknback.purchases;

/** The balance that the cashback of a credited purchase is in, or the state that took it back. */
public enum CashbackStatus {
    PENDING,
    AVAILABLE,
    REJECTED,
    REVERSED;

    static CashbackStatus of(PurchaseStatus status) {
        return switch (status) {
            case PENDING -> PENDING;
            case CONFIRMED -> AVAILABLE;
            case REJECTED -> REJECTED;
            case REVERSED -> REVERSED;
        };
    }
}
