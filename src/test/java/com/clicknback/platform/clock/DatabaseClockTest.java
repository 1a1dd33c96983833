package com.clicknback.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.MovingClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration AHEAD = Duration.ofSeconds(280);

    private final MovingClock host = new MovingClock(NOON.plus(AHEAD));
    private long passedNs;
    private final DatabaseClock clock = new DatabaseClock(host, true, () -> passedNs);

    /** Time passes on the host and, by its counter, in the process. */
    private void pass(Duration time) {
        host.advance(time);
        passedNs += time.toNanos();
    }

    private void answer(Instant time, Duration roundTrip) {
        long sentNs = passedNs;
        pass(roundTrip);
        clock.read(sentNs, time);
    }

    @Test
    void tellsTimeToTheMicrosecond() {
        Clock given = DatabaseClock.of(Clock.fixed(Instant.parse("2026-03-01T12:00:00.123456789Z"), ZoneOffset.UTC));

        assertThat(given.instant()).isEqualTo(Instant.parse("2026-03-01T12:00:00.123456Z"));
        assertThat(given.millis()).isEqualTo(given.instant().toEpochMilli());
    }

    @Test
    void showsTheDatabasesTimeAndCountsOn() {
        answer(NOON, Duration.ofMillis(2));
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1));

        pass(Duration.ofSeconds(4));
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(4_001));
        assertThat(clock.millis()).isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    void neverRoundsUpBetweenTwoMicroseconds() {
        answer(NOON.plusNanos(999_998_000), Duration.ZERO);
        passedNs += 1_999;
        assertThat(clock.instant()).isEqualTo(NOON.plusNanos(999_999_000));
        assertThat(clock.millis()).isEqualTo(NOON.plusMillis(999).toEpochMilli());

        passedNs += 1;
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(1));
        assertThat(clock.millis()).isEqualTo(NOON.plusSeconds(1).toEpochMilli());
    }

    @Test
    void knowsHowFarTheHostIsAhead() {
        assertThat(clock.skew()).isZero();

        answer(NOON, Duration.ofMillis(2));
        assertThat(clock.skew()).isEqualTo(AHEAD.plusMillis(1));
    }

    @Test
    void aStepOfTheHostsClockChangesTheSkewOnly() {
        answer(NOON, Duration.ofMillis(2));
        host.advance(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1));

        answer(NOON.plusMillis(2), Duration.ofMillis(2));
        assertThat(clock.skew()).isEqualTo(AHEAD.plusMillis(1).minusHours(1));
    }

    @Test
    void aSlowAnswerDoesNotSpoilAQuickOne() {
        answer(NOON, Duration.ofMillis(2));
        answer(NOON.plusMillis(600), Duration.ofMillis(900));

        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(901));
    }

    @Test
    void aReadingIsReplacedOnceItMayHaveDrifted() {
        answer(NOON, Duration.ofMillis(2));
        pass(Duration.ofSeconds(60));
        answer(NOON.plusMillis(60_010), Duration.ofMillis(4));

        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(60_012));
    }

    @Test
    void followsAStepOfTheDatabasesClock() {
        answer(NOON, Duration.ofMillis(2));
        answer(NOON.minusSeconds(30), Duration.ofMillis(TimeUnit.SECONDS.toMillis(2)));

        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(29));
    }
}
