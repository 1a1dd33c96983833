package com.clicknback.platform.json;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one spelling of names that people type. */
public final class Names {
    /** Several times as much as any name may have. Composing a long text takes time that grows with its square. */
    private static final int LENGTH_MAX = 2_048;

    private static final Pattern BLANKS = Pattern.compile("\\p{Zs}+");
    private static final String OTHER_BLANKS = " \t\n\u000b\f\r";

    private Names() {}

    /**
     * Composes characters (NFC), trims blanks of every kind, and leaves one between words. Null stays null, and a text that
     * is too long for a name stays as it is, for its own constraint to refuse.
     */
    public static @Nullable String normalise(@Nullable String name) {
        if (name == null || name.length() > LENGTH_MAX) {
            return name;
        }
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        int from = 0;
        int to = composed.length();
        while (from < to && isBlank(composed.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(composed.charAt(to - 1))) {
            to--;
        }
        return BLANKS.matcher(composed.substring(from, to)).replaceAll(" ");
    }

    private static boolean isBlank(char c) {
        return Character.isSpaceChar(c) || OTHER_BLANKS.indexOf(c) >= 0;
    }
}
