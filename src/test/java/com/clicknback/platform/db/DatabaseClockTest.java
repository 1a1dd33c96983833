package com.clicknback.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private final Clock clock =
            new DatabaseClock(Clock.fixed(Instant.parse("2026-03-01T12:00:00.123456789Z"), ZoneOffset.UTC));

    @Test
    void tellsTimeToTheMicrosecond() {
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-03-01T12:00:00.123456Z"));
    }

    @Test
    void tellsTheSameMilliseconds() {
        assertThat(clock.millis()).isEqualTo(clock.instant().toEpochMilli());
    }
}
