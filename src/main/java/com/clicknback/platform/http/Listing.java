package com.clicknback.platform.http;

import com.clicknback.platform.db.PageRequest;

/** The page and the filters that a client asked of a list. */
public record Listing<F extends Record>(PageRequest page, F filters) {

    /** For lists without filters. */
    public record NoFilters() {}
}
