package com.clicknback.flags;

import org.jspecify.annotations.Nullable;

/** Resolves the values that are set for a key to the one in force. */
final class FlagResolution {
    private FlagResolution() {}

    /** The value of the exact scope, else the global value, else true. */
    static boolean resolve(@Nullable Boolean scoped, @Nullable Boolean global) {
        if (scoped != null) {
            return scoped;
        }
        return global == null || global;
    }
}
