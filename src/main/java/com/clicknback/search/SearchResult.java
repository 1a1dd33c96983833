package com.clicknback.search;

import java.util.UUID;

/**
 * A thing that a search found; also its form on the wire.
 *
 * @param title tells a person which thing it is
 */
record SearchResult(Type type, UUID id, String title) {

    /** The kinds of things that can be found. */
    enum Type {
        PURCHASE,
        USER,
        PAYOUT,
        PARTNER,
        MERCHANT,
        OFFER
    }
}
