package com.clicknback.platform.clock;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Makes UUIDv7 keys (RFC 9562): 48 bits of Unix milliseconds, then a 12-bit counter that keeps the ids of one
 * millisecond in order, then random bits. Keys that grow with time keep inserts at the right edge of their index.
 */
public final class TimeOrderedIds {
    private static final int TIME_SHIFT = 16;
    private static final int COUNTER_MAX = 0xFFF;
    private static final long STEP_BACK_MS_MAX = 1_000;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT_RFC = 0x8000000000000000L;
    private static final long RANDOM_MASK = 0x3FFFFFFFFFFFFFFFL;

    /** Random bytes that are drawn at once: a draw of eight bytes costs almost as much. */
    private static final int DRAWN_BYTES = 4_096;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ByteBuffer drawn = ByteBuffer.allocate(DRAWN_BYTES).limit(0);
    private long lastMs;
    private int counter;

    public TimeOrderedIds(Clock clock) {
        this.clock = clock;
    }

    /** The time of a key that this class made, to the millisecond. */
    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIME_SHIFT);
    }

    /** The smallest key of a millisecond: all keys of earlier ones are smaller. */
    public static UUID firstOf(Instant time) {
        return new UUID(time.toEpochMilli() << TIME_SHIFT, 0);
    }

    /**
     * The next id, greater than every earlier one of this object even when the clock steps back a little. When it is set
     * back by more, ids tell its time again: the time of a click is that of its id.
     */
    public synchronized UUID next() {
        long nowMs = clock.millis();
        if (nowMs > lastMs || nowMs < lastMs - STEP_BACK_MS_MAX) {
            lastMs = nowMs;
            counter = 0;
        } else if (++counter > COUNTER_MAX) {
            lastMs++;
            counter = 0;
        }
        return new UUID(lastMs << TIME_SHIFT | VERSION_7 | counter, VARIANT_RFC | random() & RANDOM_MASK);
    }

    private long random() {
        if (!drawn.hasRemaining()) {
            random.nextBytes(drawn.array());
            drawn.clear();
        }
        return drawn.getLong();
    }
}
