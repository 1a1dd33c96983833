package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service under load whose clock is set forth and back by an hour. */
@Tag("faults")
@Timeout(600)
class ClockStepTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int STEPS = Integer.getInteger("faults.clockSteps", 2);

    private final TestClock clock = new TestClock();
    private FaultScenario scenario;
    private ServiceProcess service;

    @BeforeEach
    void start() {
        scenario = FaultScenario.on(TestServer.shared().createMigratedDatabase());
        service = ServiceProcess.startStepped(
                scenario.database(), Map.of("CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "1"));
    }

    @AfterEach
    void close() {
        service.close();
    }

    /** Both hosts, one just after the other. */
    private void step(Duration step) {
        clock.step(step);
        service.stepClock(step);
    }

    /** As when both hosts follow the same time server; only what is under way at the step may be refused. */
    @Test
    void nothingIsLostOrDoneTwiceWhenTheSenderFollows() {
        try (Sender sender = scenario.sender(service::api, clock).disputed()) {
            sender.awaitMore(100);
            for (int step = 0; step < STEPS; step++) {
                step(step % 2 == 0 ? HOUR : HOUR.negated());
                sender.awaitMore(200);
            }
            sender.finish();
            assertThat(sender.broken()).as("attempts without an answer").isZero();
            requireAllDone(sender);
        }
    }

    /** A signature of an hour ago is refused like any other that is old, until the clock is right again. */
    @Test
    void aSenderWithTheRightTimeIsRefusedUntilTheClockIsRight() {
        try (Sender sender =
                scenario.sender(service::api, InstantSource.system()).disputed()) {
            for (int step = 0; step < STEPS; step += 2) {
                sender.awaitMore(100);
                service.stepClock(HOUR);
                sender.awaitRefused(16);
                service.stepClock(HOUR.negated());
                sender.awaitMore(100);
            }
            sender.finish();
            assertThat(sender.broken()).as("attempts without an answer").isZero();
            requireAllDone(sender);
        }
    }

    private void requireAllDone(Sender sender) {
        scenario.requireExactly(sender.acknowledged());
        Recovery.requireVerified(service, scenario, HOUR.multipliedBy(2));
        scenario.requireExactly(sender.acknowledged());
    }
}
