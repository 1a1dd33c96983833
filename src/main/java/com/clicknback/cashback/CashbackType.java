package com.clicknback.cashback;

/** How an offer rewards: a percentage of the amount, or a fixed value. */
public enum CashbackType {
    PERCENT,
    FIXED
}
