package com.clicknback.platform.db;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of the database for enumerated values: their names in lower case. */
public final class Words {
    /** By ordinal. A batch binds thousands of words, so each is made once. */
    private static final ClassValue<String[]> BY_TYPE = new ClassValue<>() {
        @Override
        protected String[] computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT))
                    .toArray(String[]::new);
        }
    };

    private Words() {}

    /** The word of a value; null for null. */
    public static @Nullable String of(@Nullable Enum<?> value) {
        return value == null ? null : BY_TYPE.get(value.getDeclaringClass())[value.ordinal()];
    }

    /** The value of a word; fails with IllegalArgumentException for a word that the type lacks. */
    public static <E extends Enum<E>> E parse(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }
}
