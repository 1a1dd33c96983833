package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.DebianPostgres;
import com.clicknback.testing.ServiceProcess;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service under load whose database's primary is lost, so that a standby takes its place. */
@Tag("faults")
@Timeout(900)
class FailoverTest {
    private static final int FAILOVERS = Integer.getInteger("faults.failovers", 2);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int PURCHASES_A_ROUND_MAX = 300;

    private DebianPostgres primary;
    private DebianPostgres standby;
    private Address database;

    @BeforeAll
    static void requireServers() {
        DebianPostgres.requireInstalled();
    }

    @BeforeEach
    void startServers() {
        primary = DebianPostgres.start();
        Address direct = primary.createDatabase("failover");
        standby = DebianPostgres.standbyOf(primary);
        String servers = "127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port();
        database = new Address("postgresql://" + servers + "/failover", direct.user(), direct.password());
    }

    @AfterEach
    void stopServers() {
        primary.close();
        standby.close();
    }

    private ServiceProcess serve() {
        return ServiceProcess.start(database, Map.of("CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "1"));
    }

    /** The primary is gone for good, and the standby is the primary. */
    private void failOver() {
        primary.kill();
        standby.promote();
        DebianPostgres lost = primary;
        primary = standby;
        standby = lost;
    }

    @Test
    void aSynchronousStandbyHasEverythingThatWasAcknowledged() {
        primary.waitForStandby(true);
        Trial trial = Trial.on(database);
        Random random = new Random(SEED);
        try (ServiceProcess service = serve();
                Sender sender = trial.sender(service::api)) {
            assertThat(survivesFailover(service)).isEqualTo(1);
            for (int round = 0; round < FAILOVERS; round++) {
                sender.awaitMore(1 + random.nextInt(PURCHASES_A_ROUND_MAX));
                failOver();
                Map<ReportedPurchase, UUID> acknowledged = sender.acknowledged();
                long promotedNs = System.nanoTime();
                sender.awaitMore(1);
                System.out.println(
                        "served " + (System.nanoTime() - promotedNs) / 1_000_000 + " ms after the promotion");
                trial.requireKept(acknowledged);
                standby.follow(primary);
                primary.waitForStandby(true);
            }
            Recovery.require(trial, sender);
        } catch (AssertionError e) {
            throw new AssertionError("with -Dfaults.seed=" + SEED, e);
        }
    }

    /** The commits that a standby had not received are lost with the primary; its partner's retries bring them back. */
    @Test
    void anAsynchronousStandbyMayLackWhatWasAcknowledgedButNothingIsBookedTwice() {
        Trial trial = Trial.on(database);
        try (ServiceProcess service = serve();
                Sender sender = trial.sender(service::api)) {
            assertThat(survivesFailover(service)).isZero();
            sender.awaitMore(50);
            standby.stop();
            Set<ReportedPurchase> before = sender.acknowledged().keySet();
            sender.awaitMore(200);
            Set<ReportedPurchase> lost = new HashSet<>(sender.acknowledged().keySet());
            lost.removeAll(before);
            primary.kill();
            standby.startAgain();
            standby.promote();
            sender.awaitMore(100);
            sender.finish();

            Map<ReportedPurchase, UUID> acknowledged = new HashMap<>(sender.acknowledged());
            acknowledged.keySet().removeIf(purchase -> !trial.isStored(purchase));
            assertThat(sender.acknowledged()).hasSizeGreaterThan(acknowledged.size());
            assertThat(lost).anyMatch(purchase -> !trial.isStored(purchase));
            trial.requireExactly(acknowledged);
        }
    }

    private static double survivesFailover(ServiceProcess service) {
        return Probe.metric(service.managementUrl(), "clicknback_database_survives_failover");
    }
}
