package com.clicknback.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final TestClock clock = TestClock.standing(NOW);
    private final TimeOrderedIds ids = new TimeOrderedIds(clock);

    @Test
    void growWhileTheClockStepsBackALittle() {
        UUID last = ids.next();
        for (int i = 0; i < 10_000; i++) {
            clock.step(i == 5_000 ? Duration.ofMillis(-900) : Duration.ZERO);
            UUID next = ids.next();
            assertThat(next.toString()).isGreaterThan(last.toString());
            last = next;
        }
    }

    /** Clicks would tell a time to come until then, and cover no purchase. */
    @Test
    void tellTheTimeAgainOnceAWrongClockIsSetBack() {
        clock.step(Duration.ofDays(40));
        ids.next();
        clock.step(Duration.ofDays(-40));

        assertThat(TimeOrderedIds.timeOf(ids.next())).isEqualTo(NOW);
    }
}
