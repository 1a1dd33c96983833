package com.clicknback.platform.http;

import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.errors.Violation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The paging parameters of every list (section 4 of the HTTP contract). */
record PageParameters(
        @Nullable @Min(1) @Max(100) Integer limit,
        @Nullable @Min(0) @Max(1_000_000) Integer offset,
        @Nullable String cursor) {

    /** Adds a violation when the cursor is used with an offset, or is none of this list. */
    PageRequest toRequest(String list, int limitDefault, List<Violation> violations) {
        int effectiveLimit = limit == null ? limitDefault : limit;
        if (cursor == null) {
            return new PageRequest(effectiveLimit, offset == null ? 0 : offset, null);
        }
        Optional<PageRequest.Key> key = Cursors.decode(list, cursor);
        if (offset != null) {
            violations.add(new Violation("cursor", "must not be combined with offset"));
        } else if (key.isEmpty()) {
            violations.add(new Violation("cursor", "must be the next_cursor of a page of this list"));
        }
        return new PageRequest(effectiveLimit, 0, key.orElse(null));
    }
}
