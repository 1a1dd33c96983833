package com.clicknback.platform.db;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for one page of a list: a number of items at an offset, or after the item with a key.
 *
 * @param after null for a page by offset
 */
public record PageRequest(int limit, int offset, @Nullable Key after) {

    /** The place of an item in the order of its list. */
    public record Key(Instant at, UUID id) {}
}
