package com.clicknback.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The known name that an unknown one most resembles. */
final class Nearest {
    private Nearest() {}

    /** A name that goes on where the unknown one ends is nearer than any other; case and separators do not count. */
    static String to(String name, Collection<String> known) {
        String wanted = plain(name);
        return known.stream()
                .min(Comparator.comparing(
                                (String candidate) -> !plain(candidate).startsWith(wanted))
                        .thenComparingInt(candidate -> distance(wanted, plain(candidate))))
                .orElseThrow();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('.', '_');
    }

    /** The Levenshtein distance: how many characters to insert, delete or replace. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
