package com.clicknback.platform.json;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one spelling of names that people type. */
public final class Names {
    /** Several times as much as any name may have. */
    private static final int LENGTH_MAX = 2_048;

    /** Marks in a row; no language has more (UAX #15). Sorting them takes time that grows with the square of their number. */
    private static final int MARKS_MAX = 30;

    private static final Pattern BLANKS = Pattern.compile("\\p{Zs}+");
    private static final String OTHER_BLANKS = " \t\n\u000b\f\r";

    private Names() {}

    /**
     * Composes characters (NFC), trims blanks of every kind, and leaves one between words. Null stays null. A text that is
     * too long for a name stays as it is, for its own constraint to refuse, and so does one of many marks in a row.
     */
    public static @Nullable String normalise(@Nullable String name) {
        if (name == null || name.length() > LENGTH_MAX || hasManyMarks(name)) {
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

    /** A part of a name with its characters composed (NFC), unless it has many marks in a row. */
    public static @Nullable String composed(@Nullable String part) {
        return part == null || hasManyMarks(part) ? part : Normalizer.normalize(part, Normalizer.Form.NFC);
    }

    private static boolean hasManyMarks(String text) {
        int marks = 0;
        for (int i = 0; i < text.length() && marks <= MARKS_MAX; i += Character.charCount(text.codePointAt(i))) {
            marks = isMark(text.codePointAt(i)) ? marks + 1 : 0;
        }
        return marks > MARKS_MAX;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean isBlank(char c) {
        return Character.isSpaceChar(c) || OTHER_BLANKS.indexOf(c) >= 0;
    }
}
