package com.clicknback.platform.clock;

import java.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * The time that passes, whatever a clock is set to: what waits, ages or refills in this process goes by it. It is that of
 * the process; of a clock that is moved by hand, it is the way that the clock has gone forward.
 */
public final class PassingTime {
    private final Clock clock;
    private long lastMs;
    private long setBackMs;

    private PassingTime(Clock clock) {
        this.clock = clock;
        this.lastMs = clock.millis();
    }

    public static PassingTime of(Clock clock) {
        return new PassingTime(clock);
    }

    /** The nanoseconds since some moment; never less than before. */
    public long nanos() {
        return clock instanceof DatabaseClock counting && counting.isSynchronised() ? counting.nanoTime() : forward();
    }

    private synchronized long forward() {
        long nowMs = clock.millis();
        setBackMs += Math.max(0, lastMs - nowMs);
        lastMs = nowMs;
        return TimeUnit.MILLISECONDS.toNanos(nowMs + setBackMs);
    }
}
