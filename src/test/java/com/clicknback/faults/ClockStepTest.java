package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service under load while clocks are set forth and back by an hour. */
@Tag("faults")
@Timeout(600)
class ClockStepTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int STEPS = Integer.getInteger("faults.clockSteps", 2);

    private final TestClock clock = new TestClock();
    private Trial trial;
    private ServiceProcess service;

    @BeforeEach
    void start() {
        trial = Trial.on(TestServer.shared().createMigratedDatabase());
        service =
                ServiceProcess.startStepped(trial.database(), Map.of("CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "1"));
    }

    @AfterEach
    void close() {
        service.close();
    }

    /** The service takes the time from its database, whatever its host says. */
    @Test
    void aStepOfTheServicesHostIsNoticedByNobody() {
        try (Sender sender = trial.sender(service::api)) {
            sender.awaitMore(100);
            for (int step = 0; step < STEPS; step++) {
                service.stepClock(step % 2 == 0 ? HOUR : HOUR.negated());
                sender.awaitMore(200);
            }
            requireAllDone(sender);
        }
        assertThat(trial.sql().count("SELECT count(*) FROM purchases WHERE greatest(purchased_at, created_at) > now()"))
                .isZero();
    }

    /** A signature of another hour is refused until the sender's clock is right again. */
    @Test
    void aSenderWithAWrongTimeIsRefusedUntilItsClockIsRight() {
        try (Sender sender = trial.sender(service::api, clock).disputed()) {
            for (int step = 0; step < STEPS; step += 2) {
                sender.awaitMore(100);
                clock.step(HOUR);
                sender.awaitRefused(16);
                clock.step(HOUR.negated());
                sender.awaitMore(100);
            }
            requireAllDone(sender);
        }
    }

    private void requireAllDone(Sender sender) {
        sender.finish();
        assertThat(sender.broken()).as("attempts without an answer").isZero();
        trial.requireExactly(sender.acknowledged());
        Recovery.requireVerified(trial);
        trial.requireExactly(sender.acknowledged());
    }
}
