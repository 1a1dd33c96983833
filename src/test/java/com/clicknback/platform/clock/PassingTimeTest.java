package com.clicknback.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PassingTimeTest {
    private static final Duration STEP = Duration.ofHours(5);

    private final TestClock host = TestClock.standing(Instant.EPOCH.plus(STEP.multipliedBy(2)));
    private final AtomicLong processNs = new AtomicLong(-7);

    @Test
    void stepsOfAClockThatIsSynchronisedDoNotCount() {
        DatabaseClock clock = new DatabaseClock(host, true, processNs::get);
        clock.read(processNs.get(), host.instant());
        PassingTime time = PassingTime.of(clock);
        long beginNs = time.nanos();

        clock.read(processNs.get(), host.instant().plus(STEP));
        assertThat(time.nanos()).isEqualTo(beginNs);
        clock.read(processNs.get(), host.instant().minus(STEP));
        assertThat(time.nanos()).isEqualTo(beginNs);
        processNs.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(time.nanos() - beginNs).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void goesOnWhenAnotherClockIsSetBack() {
        PassingTime time = PassingTime.of(host);
        long beginNs = time.nanos();

        host.step(STEP.negated());
        assertThat(time.nanos()).isEqualTo(beginNs);
        host.advance(Duration.ofSeconds(1));
        assertThat(time.nanos() - beginNs).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    }
}
