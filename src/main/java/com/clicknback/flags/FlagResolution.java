package com.clicknback.flags;

import org.jspecify.annotations.Nullable;

/** Which of the values set for a key is in force (section 7.5 of the HTTP contract). */
final class FlagResolution {
    private FlagResolution() {}

    /** The value of the exact scope; where none is set the global one; where none is set either, true. */
    static boolean resolve(@Nullable Boolean scoped, @Nullable Boolean global) {
        if (scoped != null) {
            return scoped;
        }
        return global == null || global;
    }
}
