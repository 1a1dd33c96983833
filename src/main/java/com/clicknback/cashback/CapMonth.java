package com.clicknback.cashback;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The calendar month, in UTC, whose cap a purchase draws on; kept as its first day. */
public final class CapMonth {
    private CapMonth() {}

    /** The month of an instant. */
    public static LocalDate of(Instant purchasedAt) {
        return of(LocalDate.ofInstant(purchasedAt, ZoneOffset.UTC));
    }

    /** The month of a UTC day. */
    public static LocalDate of(LocalDate purchaseDay) {
        return purchaseDay.withDayOfMonth(1);
    }
}
