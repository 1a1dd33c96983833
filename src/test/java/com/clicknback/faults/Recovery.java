package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Waiting;
import java.time.Duration;

/** The recovery of a service, without any help, once its database is back. */
final class Recovery {
    /** Longer than the service may take to give up on the database at each step of a request. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private Recovery() {}

    static void awaitReadiness(ServiceProcess service, int status) {
        Waiting.until(
                "readiness is " + status,
                WAIT_MAX,
                POLL,
                () -> service.api().get("/health/ready").status() == status);
        assertThat(Probe.readiness(service.managementUrl())).isEqualTo(status);
    }

    /** Ingestion, crediting and verification go on, nothing is lost and nothing is there twice. */
    static void require(Trial trial, Sender sender) {
        requireNothingLost(trial, sender);
        requireVerified(trial);
        trial.requireExactly(sender.acknowledged());
    }

    /** Ingestion and crediting go on, nothing is lost and nothing is there twice. */
    static void requireNothingLost(Trial trial, Sender sender) {
        sender.awaitMore(100);
        sender.finish();
        assertThat(sender.broken()).as("attempts without an answer").isZero();
        assertThat(sender.slowest()).isLessThan(ANSWER_MAX);
        trial.requireExactly(sender.acknowledged());
    }

    /** Every purchase is verified once the claims of processes that died have lapsed. */
    static void requireVerified(Trial trial) {
        trial.lapseClaims();
        Waiting.until("every purchase is verified", WAIT_MAX, POLL, trial::isAllConfirmed);
    }
}
