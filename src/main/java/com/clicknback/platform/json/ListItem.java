package com.clicknback.platform.json;

import com.clicknback.platform.errors.DomainException;
import org.jspecify.annotations.Nullable;

/**
 * An element of a list in which a wrong element refuses only itself.
 *
 * @param value as far as it could be read when there is a refusal; null for an element that is no object
 * @param refusal {@code VALIDATION_ERROR}; null for a valid element
 */
public record ListItem<R extends Record>(
        @Nullable R value, @Nullable DomainException refusal) {

    static ListItem<?> notAnObject() {
        return new ListItem<>(null, DomainException.validation("item", "must be a JSON object"));
    }

    static <R extends Record> ListItem<R> of(R value, @Nullable DomainException refusal) {
        return new ListItem<>(value, refusal);
    }
}
