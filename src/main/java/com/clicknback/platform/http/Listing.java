package com.clicknback.platform.http;

import com.clicknback.platform.db.PageRequest;

/** What a client asked of a list: which page, and with which filters. */
public record Listing<F extends Record>(PageRequest page, F filters) {

    /** For lists without filters. */
    public record NoFilters() {}
}
