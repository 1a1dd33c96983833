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
    /** A key before all items: lists tell the newest first, and no cursor admits a later time. */
    public static final Key BEFORE_ALL = new Key(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

    /** The same page by cursor, which nothing is counted for. */
    public PageRequest byCursor() {
        return after == null ? new PageRequest(limit, 0, BEFORE_ALL) : this;
    }

    /** The place of an item in the order of its list. */
    public record Key(Instant at, UUID id) {}
}
