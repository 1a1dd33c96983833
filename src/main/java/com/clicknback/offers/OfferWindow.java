package com.clicknback.offers;

import java.time.LocalDate;

/** The UTC days on which an offer applies, both ends inclusive. */
public record OfferWindow(LocalDate start, LocalDate end) {

    boolean holds(LocalDate day) {
        return !day.isBefore(start) && !endedBefore(day);
    }

    /** True when its last day lies before a day. */
    boolean endedBefore(LocalDate day) {
        return end.isBefore(day);
    }
}
