package com.clicknback.purchases;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The states of a purchase; rejected and reversed are final. */
public enum PurchaseStatus {
    PENDING,
    CONFIRMED,
    REJECTED,
    REVERSED;

    /** The name in the database and on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of an exact wire name. */
    public static Optional<PurchaseStatus> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(name))
                .findFirst();
    }
}
