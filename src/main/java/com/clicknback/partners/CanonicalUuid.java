package com.clicknback.partners;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads ids of paths: the canonical 8-4-4-4-12 form in any case and nothing else. */
final class CanonicalUuid {
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private CanonicalUuid() {}

    /** The id, or null for a text of another form. */
    static @Nullable UUID of(String text) {
        return FORM.matcher(text).matches() ? UUID.fromString(text) : null;
    }
}
