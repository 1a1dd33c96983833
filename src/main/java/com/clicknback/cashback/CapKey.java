package com.clicknback.cashback;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One user's allowance under one offer in one calendar month. */
record CapKey(UUID userId, @Nullable UUID offerId, LocalDate month) {
    /** Puts neighbours of the index side by side: a statement that takes keys in this order reads each page once. */
    static final Comparator<CapKey> AS_INDEXED = comparing(CapKey::userId)
            .thenComparing(CapKey::offerId, nullsFirst(naturalOrder()))
            .thenComparing(CapKey::month);
}
