package com.clicknback.platform.contract;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A description whose examples stay valid: their dates move by whole months, so that the month they are told in is the
 * present one. A purchase of the month before is then young enough, and an offer of the month after starts in the future.
 */
final class ExampleDates {
    /** The month of which the examples in openapi.yaml are told. */
    static final YearMonth TOLD_IN = YearMonth.of(2026, 5);

    /** Out of the heap, of which the text would take a megabyte. */
    private final Buffer told;

    private final Pattern dates;
    private volatile Moved moved;

    private record Moved(long months, Buffer description) {}

    /**
     * @param quote encloses the examples' dates; others do not move
     */
    ExampleDates(String description, char quote) {
        this.told = SharedBytes.of(description.getBytes(StandardCharsets.UTF_8));
        this.dates = Pattern.compile(
                "(?<=%1$s)([0-9]{4}-[0-9]{2})(-[0-9]{2})?(T[0-9:.]+(?:Z|[+-][0-9:]+))?(?=%1$s)".formatted(quote));
        this.moved = new Moved(0, told);
    }

    /** The description as it reads on a day; made once a month. */
    Buffer on(LocalDate today) {
        long months = ChronoUnit.MONTHS.between(TOLD_IN, YearMonth.from(today));
        Moved last = moved;
        if (last.months != months) {
            last = moved(months);
            moved = last;
        }
        return last.description;
    }

    private Moved moved(long months) {
        Matcher found = dates.matcher(told.toString(StandardCharsets.UTF_8));
        return new Moved(
                months,
                SharedBytes.of(found.replaceAll(date -> move(date, months)).getBytes(StandardCharsets.UTF_8)));
    }

    private static String move(MatchResult date, long months) {
        String day = date.group(2);
        String time = date.group(3);
        if (day == null) {
            return YearMonth.parse(date.group(1)).plusMonths(months).toString();
        }
        LocalDate to = LocalDate.parse(date.group(1) + day).plusMonths(months);
        return time == null ? to.toString() : to + time;
    }
}
