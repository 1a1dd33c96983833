package com.clicknback.partners;

import java.util.Locale;

/** Who decides about a partner's purchases: the verification job, or the partner by events of its own. */
public enum ConfirmedBy {
    VERIFICATION,
    PARTNER;

    /** The name in the database and on the wire. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ConfirmedBy ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
