package com.clicknback.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.testing.TestClock;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
    private static final int MANY = 20_000;

    /** Beside the key itself. Each of several limits knows up to 50,000 of them, in a heap of 256 MiB. */
    private static final int BYTES_OF_A_KEY_MAX = 300;

    private final TestClock clock = TestClock.standing(Instant.EPOCH);

    private RateLimiter limit(int perMinute) {
        return new RateLimiter(perMinute, clock, (key, tokens) -> {});
    }

    private static long secondsToWait(RateLimiter limit, Object key, int tokens) {
        DomainException refusal = catchThrowableOfType(DomainException.class, () -> limit.take(key, tokens));
        return refusal == null ? 0 : (long) refusal.details().get("retry_after_seconds");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60, 299})
    void grantsAsManyAtOnceAsInAMinute(int perMinute) {
        RateLimiter limit = limit(perMinute);
        for (int i = 0; i < perMinute; i++) {
            assertThat(secondsToWait(limit, "key", 1)).isZero();
        }

        long seconds = secondsToWait(limit, "key", 1);
        assertThat(seconds).isEqualTo((60 + perMinute - 1) / perMinute);
        assertThat(secondsToWait(limit, "another", perMinute)).isZero();
        clock.advance(Duration.ofSeconds(seconds));
        assertThat(secondsToWait(limit, "key", 1)).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(secondsToWait(limit, "key", perMinute)).isZero();
        assertThat(secondsToWait(limit, "key", perMinute + 1)).isEqualTo(60);
    }

    @Test
    void whatIsGivenBackToAFullBucketIsLost() {
        RateLimiter limit = limit(6);
        limit.take("key");
        limit.giveBack("key");
        limit.giveBack("key");
        limit.takenElsewhere("key", -6);

        assertThat(secondsToWait(limit, "key", 6)).isZero();
        assertThat(secondsToWait(limit, "key", 1)).isEqualTo(10);
        limit.giveBack("key");
        assertThat(secondsToWait(limit, "key", 1)).isZero();
        assertThat(secondsToWait(limit, "key", 1)).isEqualTo(10);
    }

    @Test
    void aKeyTakesLittleMemory() {
        allocatedBy(limit(5));

        assertThat(allocatedBy(limit(5)) / MANY).isLessThan(BYTES_OF_A_KEY_MAX);
    }

    private static long allocatedBy(RateLimiter limit) {
        List<UUID> keys = Stream.generate(UUID::randomUUID).limit(MANY).toList();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        keys.forEach(limit::take);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
