package com.clicknback.platform.json;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one spelling of names that people type. */
public final class Names {
    private static final Pattern BLANKS = Pattern.compile("\\p{Zs}+");
    private static final Pattern AROUND = Pattern.compile("^[\\p{Z}\\s]+|[\\p{Z}\\s]+$");

    private Names() {}

    /** Composes characters (NFC), trims blanks of every kind, and leaves one between words. Null stays null. */
    public static @Nullable String normalise(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        return BLANKS.matcher(AROUND.matcher(composed).replaceAll("")).replaceAll(" ");
    }
}
