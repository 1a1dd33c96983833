package com.clicknback.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Runs like the system's clock, from where a test has moved it: forward only where other tests share it. */
public final class TestClock extends Clock {
    private final InstantSource base;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    public TestClock() {
        this(InstantSource.system());
    }

    private TestClock(InstantSource base) {
        this.base = base;
    }

    /** A clock that stands still until it is moved. */
    public static TestClock standing(Instant at) {
        return new TestClock(InstantSource.fixed(at));
    }

    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a shared clock moves forward only");
        }
        ahead.updateAndGet(duration::plus);
    }

    /** Sets it forth or back, as a host's clock is set right; only for a service that no other test shares. */
    public void step(Duration duration) {
        ahead.updateAndGet(duration::plus);
    }

    /** The present day (UTC). */
    public LocalDate today() {
        return LocalDate.ofInstant(instant(), ZoneOffset.UTC);
    }

    /** Moves on to the next day (UTC) when less than so much is left of the present one. */
    void leaveDayWithLessThan(Duration left) {
        Instant now = instant();
        Instant tomorrow = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        Duration untilTomorrow = Duration.between(now, tomorrow);
        if (untilTomorrow.compareTo(left) < 0) {
            advance(untilTomorrow);
        }
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the service thinks in UTC");
    }
}
