package com.clicknback.platform.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** RFC 3339 times: a full date and time with an offset, cut to the microseconds that the database keeps. */
final class Timestamps {
    private static final Pattern FORM =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.([0-9]{1,6})[0-9]*)?"
                    + "(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))");
    private static final int HOURS_MAX = 23;
    private static final int MINUTES_MAX = 59;

    private Timestamps() {}

    /** The instant, or null when the text has another form or names no existing time. */
    static @Nullable Instant parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        try {
            Instant utc = dateTime(text).toInstant(ZoneOffset.UTC).plus(micros(form.group(1)), ChronoUnit.MICROS);
            if (form.group(2) == null) {
                return utc;
            }
            int hours = Integer.parseInt(form.group(3));
            int minutes = Integer.parseInt(form.group(4));
            if (hours > HOURS_MAX || minutes > MINUTES_MAX) {
                return null;
            }
            long offset = (hours * 60L + minutes) * (form.group(2).equals("-") ? -1 : 1);
            return utc.minus(offset, ChronoUnit.MINUTES);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The first 19 characters, whose form is known; the formatters of the JDK would take several times as long. */
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

    private static long micros(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "000000").substring(0, 6));
    }
}
