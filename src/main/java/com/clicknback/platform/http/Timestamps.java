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
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.([0-9]{1,6})[0-9]*)?"
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
            Instant utc = LocalDateTime.parse(form.group(1) + "T" + form.group(2))
                    .toInstant(ZoneOffset.UTC)
                    .plus(micros(form.group(3)), ChronoUnit.MICROS);
            if (form.group(4) == null) {
                return utc;
            }
            int hours = Integer.parseInt(form.group(5));
            int minutes = Integer.parseInt(form.group(6));
            if (hours > HOURS_MAX || minutes > MINUTES_MAX) {
                return null;
            }
            long offset = (hours * 60L + minutes) * (form.group(4).equals("-") ? -1 : 1);
            return utc.minus(offset, ChronoUnit.MINUTES);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static long micros(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "000000").substring(0, 6));
    }
}
