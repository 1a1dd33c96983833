package com.clicknback.platform.json;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of a list in which a wrong element refuses only itself. It is checked when its refusal is asked for: a body may
 * state its list many times over, and the last one counts.
 */
public final class ListItem<R extends Record> {
    private final @Nullable R value;
    private final List<Violation> violations;

    private ListItem(@Nullable R value, List<Violation> violations) {
        this.value = value;
        this.violations = violations;
    }

    static ListItem<?> notAnObject() {
        return new ListItem<>(null, List.of(new Violation("item", "must be a JSON object")));
    }

    /**
     * @param value as far as it could be read
     * @param violations what could not
     */
    static <R extends Record> ListItem<R> of(R value, List<Violation> violations) {
        return new ListItem<>(value, violations);
    }

    /** As far as it could be read when there is a refusal; null for an element that is no object. */
    public @Nullable R value() {
        return value;
    }

    /** {@code VALIDATION_ERROR}; null for a valid element. */
    public @Nullable DomainException refusal() {
        if (value == null) {
            return DomainException.validation(violations);
        }
        List<Violation> all = new ArrayList<>(violations);
        Constraints.check(value, all);
        return Constraints.refusal(value.getClass(), all);
    }
}
