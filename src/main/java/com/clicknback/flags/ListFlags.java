package com.clicknback.flags;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for a page of the flags that match every filter that is given. */
public record ListFlags(
        PageRequest page,
        @Nullable String key,
        FlagScope.@Nullable Type scopeType,
        @Nullable UUID scopeId) implements Request<ListFlags.Listed> {

    public record Listed(Page<Flag> flags) {}
}
