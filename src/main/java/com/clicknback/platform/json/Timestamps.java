package com.clicknback.platform.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3339 times: a full date and time with an offset, cut to the microseconds that the database keeps. Read by position:
 * the formatters of the JDK, and a regular expression too, would take several times as long.
 */
final class Timestamps {
    /** The form that {@link #hasForm} compares with: {@code 0} stands for a digit. */
    private static final String DATE_TIME = "0000-00-00T00:00:00";

    private static final String OFFSET = "00:00";
    private static final int MICROS_DIGITS = 6;
    private static final int HOURS_MAX = 23;
    private static final int MINUTES_MAX = 59;

    /** An offset can lead beyond the years that can be written on the wire. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Timestamps() {}

    /** The instant, or null when the text has another form or names no existing time. */
    static @Nullable Instant parse(String text) {
        if (!hasForm(text, 0, DATE_TIME)) {
            return null;
        }
        int fraction = DATE_TIME.length();
        int zone = endOfFraction(text, fraction);
        Integer offsetMinutes = offsetMinutes(text, zone);
        if (offsetMinutes == null) {
            return null;
        }
        try {
            Instant instant = dateTime(text)
                    .toInstant(ZoneOffset.UTC)
                    .plus(micros(text, fraction, zone), ChronoUnit.MICROS)
                    .minus(offsetMinutes, ChronoUnit.MINUTES);
            return instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? null : instant;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** True when a text has digits, separators and the letter T, in either case, where a form has them. */
    private static boolean hasForm(String text, int from, String form) {
        if (text.length() < from + form.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            char found = text.charAt(from + i);
            boolean expected = switch (form.charAt(i)) {
                case '0' -> isDigit(found);
                case 'T' -> found == 'T' || found == 't';
                default -> found == form.charAt(i);
            };
            if (!expected) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char found) {
        return found >= '0' && found <= '9';
    }

    /** The end of the fraction, or where it began when there is none. */
    private static int endOfFraction(String text, int from) {
        if (from == text.length() || text.charAt(from) != '.') {
            return from;
        }
        int end = from + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end == from + 1 ? from : end;
    }

    /** Minutes ahead of UTC, or null when the rest of the text is not one offset. */
    private static @Nullable Integer offsetMinutes(String text, int from) {
        if (from == text.length()) {
            return null;
        }
        char first = text.charAt(from);
        if (first == 'Z' || first == 'z') {
            return text.length() == from + 1 ? 0 : null;
        }
        boolean signed = first == '+' || first == '-';
        if (!signed || !hasForm(text, from + 1, OFFSET) || text.length() != from + 1 + OFFSET.length()) {
            return null;
        }
        int hours = number(text, from + 1, from + 3);
        int minutes = number(text, from + 4, from + 6);
        if (hours > HOURS_MAX || minutes > MINUTES_MAX) {
            return null;
        }
        int ahead = hours * 60 + minutes;
        return first == '-' ? -ahead : ahead;
    }

    private static LocalDateTime dateTime(String text) {
        return LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19));
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /** The fraction from its point on; digits beyond microseconds are cut off. */
    private static int micros(String text, int from, int end) {
        int micros = 0;
        for (int digit = 1; digit <= MICROS_DIGITS; digit++) {
            micros = micros * 10 + (from + digit < end ? text.charAt(from + digit) - '0' : 0);
        }
        return micros;
    }
}
