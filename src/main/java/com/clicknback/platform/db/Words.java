package com.clicknback.platform.db;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of the database for enumerated values: their names in lower case. */
public final class Words {
    private Words() {}

    public static @Nullable String of(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    /** The value of a word; fails with IllegalArgumentException for a word that the type lacks. */
    public static <E extends Enum<E>> E parse(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
