package com.clicknback.platform.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock that the service writes times by and judges ages by. It ticks in microseconds, the resolution of times in the
 * database: whatever is stored reads back as it was. A synchronised one shows the time of the database, whatever the
 * clock of its own host says, and counts on from there by the time that has passed. Before the first reading it shows the
 * host's time.
 */
public final class DatabaseClock extends Clock {
    /** The rate at which a reading loses its worth: two hosts may drift apart by this part of a second each second. */
    private static final double DRIFT = 0.0002;

    private static final long NS_PER_US = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration ANY_SKEW = Duration.ofSeconds(Long.MAX_VALUE);

    private final Clock host;
    private final boolean synchronised;
    private final LongSupplier nanoTime;
    private final Duration skewMax;
    private volatile @Nullable Reading last;

    /**
     * A reading of the database's clock.
     *
     * @param atNs the moment, by the time that passes in this process
     * @param time of the database at that moment
     * @param uncertain by how much it may be wrong: half of the round trip
     * @param skew by how much the host's clock was ahead
     */
    record Reading(long atNs, Instant time, Duration uncertain, Duration skew) {}

    DatabaseClock(Clock host, boolean synchronised, LongSupplier nanoTime) {
        this(host, synchronised, nanoTime, ANY_SKEW);
    }

    private DatabaseClock(Clock host, boolean synchronised, LongSupplier nanoTime, Duration skewMax) {
        this.host = host;
        this.synchronised = synchronised;
        this.nanoTime = nanoTime;
        this.skewMax = skewMax;
    }

    /** The given clock, never synchronised. */
    public static DatabaseClock of(Clock given) {
        return new DatabaseClock(given, false, System::nanoTime);
    }

    /** A clock that {@link ClockVerticle} synchronises. */
    public static DatabaseClock synchronised(Clock host) {
        return new DatabaseClock(host, true, System::nanoTime);
    }

    /** A clock like this one, without its readings, that is in doubt once host and database differ by more. */
    public DatabaseClock inDoubtBeyond(Duration skew) {
        return new DatabaseClock(host, synchronised, nanoTime, skew);
    }

    public boolean isSynchronised() {
        return synchronised;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /**
     * Takes over a reading unless the one before is still more certain.
     *
     * @param sentNs the moment before the question
     * @param time the database's answer
     */
    void read(long sentNs, Instant time) {
        long nowNs = nanoTime();
        long halfNs = (nowNs - sentNs) / 2;
        Duration skew = Duration.between(time.plusNanos(halfNs), host.instant());
        Reading reading = new Reading(sentNs + halfNs, time, Duration.ofNanos(halfNs), skew);
        Reading before = last;
        boolean disagrees = before != null
                && Duration.between(shownBy(before, nowNs), shownBy(reading, nowNs))
                                .abs()
                                .compareTo(uncertain(before, nowNs).plus(reading.uncertain()))
                        > 0;
        last = before == null || disagrees || reading.uncertain().compareTo(uncertain(before, nowNs)) < 0
                ? reading
                : new Reading(before.atNs(), before.time(), before.uncertain(), skew);
    }

    private static Instant shownBy(Reading reading, long nowNs) {
        return reading.time().plusNanos(nowNs - reading.atNs());
    }

    private static Duration uncertain(Reading reading, long nowNs) {
        return reading.uncertain().plusNanos((long) ((nowNs - reading.atNs()) * DRIFT));
    }

    /** By how much the host's clock is ahead of the database's; negative when it is behind, zero when unknown. */
    public Duration skew() {
        Reading reading = last;
        return reading == null ? Duration.ZERO : reading.skew();
    }

    /** True while the host's clock and the database's contradict each other: one of them is wrong, nobody knows which. */
    public boolean isInDoubt() {
        return skew().abs().compareTo(skewMax) > 0;
    }

    /** The same of any clock; others than this class have no second opinion. */
    public static boolean isInDoubt(Clock clock) {
        return clock instanceof DatabaseClock compared && compared.isInDoubt();
    }

    @Override
    public Instant instant() {
        Reading reading = last;
        return reading == null
                ? host.instant().truncatedTo(ChronoUnit.MICROS)
                : Instant.ofEpochSecond(
                        reading.time().getEpochSecond(),
                        Math.floorDiv(sinceItsSecondNs(reading), NS_PER_US) * NS_PER_US);
    }

    /** Makes no object: each id of a row asks for it. */
    @Override
    public long millis() {
        Reading reading = last;
        return reading == null
                ? host.millis()
                : TimeUnit.SECONDS.toMillis(reading.time().getEpochSecond())
                        + Math.floorDiv(sinceItsSecondNs(reading), NS_PER_MS);
    }

    /** The time since the second began in which the database was read. */
    private long sinceItsSecondNs(Reading reading) {
        return reading.time().getNano() + (nanoTime() - reading.atNs());
    }

    @Override
    public ZoneId getZone() {
        return host.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the service thinks in UTC");
    }
}
