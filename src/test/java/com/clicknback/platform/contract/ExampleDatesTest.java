package com.clicknback.platform.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples move to the month in which they are read. */
class ExampleDatesTest {
    private static String on(String today, String description) {
        return new ExampleDates(description, '\'').on(LocalDate.parse(today)).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-01, 2026-04-22, 2026-04-22",
        "2026-05-31, 2026-04-22, 2026-04-22",
        "2026-04-30, 2026-04-22, 2026-03-22",
        "2026-12-01, 2026-06-15, 2027-01-15",
        "2027-06-01, 2026-04-22, 2027-05-22",
        "2028-03-31, 2026-04-30, 2028-02-29",
        "2027-03-31, 2026-04-30, 2027-02-28",
        "2028-02-29, 2026-06-15, 2028-03-15",
        "2026-12-01, 2026-04-22T12:00:00+02:00, 2026-11-22T12:00:00+02:00",
        "2026-12-01, 2026-04-22T10:00:00.005Z, 2026-11-22T10:00:00.005Z",
        "2026-12-01, 2026-06, 2027-01"
    })
    void moveByWholeMonths(String today, String told, String read) {
        assertThat(on(today, "date: '" + told + "'")).isEqualTo("date: '" + read + "'");
    }

    @ParameterizedTest
    @CsvSource({"key: payout-2026-04", "version: 2026-04-22", "name: \"2026-04-22\"", "text: '2026-04-22 or so'"})
    void leaveWhatIsNoDateInQuotes(String line) {
        assertThat(on("2027-01-01", line)).isEqualTo(line);
    }

    @Test
    void moveOnWithTheMonths() {
        ExampleDates description = new ExampleDates("{\"date\":\"2026-04-22\"}", '"');
        assertThat(description.on(LocalDate.parse("2026-06-30"))).hasToString("{\"date\":\"2026-05-22\"}");
        assertThat(description.on(LocalDate.parse("2026-07-01"))).hasToString("{\"date\":\"2026-06-22\"}");
        assertThat(description.on(LocalDate.parse("2026-06-30"))).hasToString("{\"date\":\"2026-05-22\"}");
    }
}
