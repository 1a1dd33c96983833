package com.clicknback.platform.json;

import org.jspecify.annotations.Nullable;

/**
 * A validator of a constraint that can also say without a context that a value meets it.
 *
 * @param <V> the type of values
 */
public interface Condition<V> {
    /** The same as {@code isValid}, and adds no violation. */
    boolean isMet(@Nullable V value);
}
