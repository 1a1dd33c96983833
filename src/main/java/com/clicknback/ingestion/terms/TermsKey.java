package com.clicknback.ingestion.terms;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** The merchant and day that decide the terms of a purchase; a batch has few of these. */
public record TermsKey(UUID merchantId, LocalDate day) {
    public static TermsKey of(UUID merchantId, Instant purchasedAt) {
        return new TermsKey(merchantId, LocalDate.ofInstant(purchasedAt, ZoneOffset.UTC));
    }
}
