package com.clicknback.cashback;

/** The kinds of reward: a percentage of the amount, or a fixed value. */
public enum CashbackType {
    PERCENT,
    FIXED
}
