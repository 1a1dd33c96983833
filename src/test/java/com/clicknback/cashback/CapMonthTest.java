package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.TimeZone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapMonthTest {
    @ParameterizedTest(name = "{0} counts in {1}")
    @CsvSource({
        "2026-04-01T00:00:00Z,             2026-04-01",
        "2026-04-30T23:59:59.999999Z,      2026-04-01",
        "2026-05-01T00:00:00Z,             2026-05-01",
        "2026-05-01T01:59:59+02:00,        2026-04-01",
        "2026-05-01T02:00:00+02:00,        2026-05-01",
        "2026-04-30T19:59:59-04:00,        2026-04-01",
        "2026-04-30T20:00:00-04:00,        2026-05-01",
        "2025-12-31T23:00:00-01:00,        2026-01-01",
        "2024-02-29T12:00:00Z,             2024-02-01"
    })
    void isTheCalendarMonthInUtcWhereverTheProcessRuns(OffsetDateTime purchasedAt, LocalDate month) {
        TimeZone before = TimeZone.getDefault();
        try {
            for (String zone : new String[] {"UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Madrid"}) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                assertThat(CapMonth.of(purchasedAt.toInstant())).as(zone).isEqualTo(month);
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
