package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.DebianPostgres;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Waiting;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A primary whose commits wait for a synchronous standby that is gone: it answers reads, and ends no write. */
@Tag("faults")
class StandbyGoneTest {
    private static final String COMMIT_WAIT = "clicknback_database_commit_wait_seconds";

    @BeforeAll
    static void requireServers() {
        DebianPostgres.requireInstalled();
    }

    @Test
    void isNotReadyUntilTheStandbyIsBackAndSaysWhy() {
        try (DebianPostgres primary = DebianPostgres.start()) {
            Address database = primary.createDatabase("alone");
            try (DebianPostgres standby = DebianPostgres.standbyOf(primary)) {
                primary.waitForStandby(true);
                Trial trial = Trial.on(database);
                try (ServiceProcess service = ServiceProcess.start(database, Map.of());
                        Sender sender = trial.sender(service::api)) {
                    sender.awaitMore(20);
                    assertThat(Probe.readiness(service.managementUrl())).isEqualTo(200);

                    standby.stop();
                    Waiting.until("it is not ready", () -> Probe.readiness(service.managementUrl()) == 503);
                    service.awaitOutput("synchronous_standby_names");
                    assertThat(Probe.metric(service.managementUrl(), COMMIT_WAIT))
                            .isGreaterThanOrEqualTo(5);

                    standby.startAgain();
                    Waiting.until("it is ready again", () -> Probe.readiness(service.managementUrl()) == 200);
                    assertThat(Probe.metric(service.managementUrl(), COMMIT_WAIT))
                            .isZero();
                    Recovery.requireNothingLost(trial, sender);
                }
            }
        }
    }
}
