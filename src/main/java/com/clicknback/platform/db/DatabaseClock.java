package com.clicknback.platform.db;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A clock that ticks in microseconds, the resolution of times in the database: whatever is stored reads back as it was.
 * {@link Clock#tick} cannot be it, since its {@code millis} divides by zero when a tick is shorter than a millisecond.
 */
public final class DatabaseClock extends Clock {
    private final Clock base;

    public DatabaseClock(Clock base) {
        this.base = base;
    }

    @Override
    public Instant instant() {
        return base.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public long millis() {
        return base.millis();
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new DatabaseClock(base.withZone(zone));
    }
}
