package com.clicknback.platform.http;

import com.clicknback.platform.db.PageRequest;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** Size and start of a page. {@link Cursors} reads the start that a cursor states. */
record PageParameters(
        @Nullable @Min(1) @Max(100) Integer limit,
        @Nullable @Min(0) @Max(1_000_000) Integer offset) {

    /**
     * @param after where the page begins, or null when it begins at the offset
     */
    PageRequest toRequest(int limitDefault, PageRequest.@Nullable Key after) {
        return new PageRequest(limit == null ? limitDefault : limit, offset == null ? 0 : offset, after);
    }
}
