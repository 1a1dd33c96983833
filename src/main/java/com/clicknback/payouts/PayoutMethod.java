package com.clicknback.payouts;

/** The ways in which payouts are made. */
public enum PayoutMethod {
    BANK_TRANSFER
}
