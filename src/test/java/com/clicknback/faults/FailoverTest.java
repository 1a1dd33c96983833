package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.DebianPostgres;
import com.clicknback.testing.ServiceProcess;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

/**
 * A service whose database's primary is lost under load, so that a standby takes its place: webhooks, own purchases,
 * decisions, payouts.
 */
@Tag("faults")
@Timeout(900)
class FailoverTest {
    private static final int FAILOVERS = Integer.getInteger("faults.failovers", 2);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int PURCHASES_A_ROUND_MAX = 300;

    private static final String READABLE = """
            SELECT transaction_id || '/' || serial FROM event_log
            WHERE transaction_id < (SELECT event_log_fence()) ORDER BY transaction_id, serial
            """;

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
        return ServiceProcess.start(database, Map.of("CLICKNBACK_PAYOUT_MAXIMUM_30_DAYS", "1000000.00"));
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
        long slowestMs = 0;
        try (ServiceProcess service = serve();
                Sender sender = trial.sender(service::api);
                Shoppers shoppers = new Shoppers(trial, service::api, SEED)) {
            assertThat(survivesFailover(service)).isEqualTo(1);
            for (int round = 0; round < FAILOVERS; round++) {
                sender.awaitMore(1 + random.nextInt(PURCHASES_A_ROUND_MAX));
                List<String> readable = readableEvents(trial);
                failOver();
                Map<ReportedPurchase, UUID> acknowledged = sender.acknowledged();
                long promotedNs = System.nanoTime();
                sender.awaitMore(1);
                slowestMs = Math.max(slowestMs, (System.nanoTime() - promotedNs) / 1_000_000);
                trial.requireKept(acknowledged);
                assertThat(readableEvents(trial)).startsWith(readable.toArray(String[]::new));
                standby.follow(primary);
                primary.waitForStandby(true);
            }
            shoppers.finish();
            // As operators do: the counters by which autovacuum decides are lost with each primary.
            trial.sql().execute("ANALYZE");
            Recovery.requireNothingLost(trial, sender);
            shoppers.requireExactly();
            System.out.println(
                    FAILOVERS + " fail-overs: " + sender.acknowledged().size() + " webhooks and "
                            + shoppers.steps() + " steps of shoppers, each acknowledged one there once; served at most "
                            + slowestMs + " ms after a promotion");
        } catch (AssertionError e) {
            throw new AssertionError("with -Dfaults.seed=" + SEED, e);
        }
    }

    /** The places of the events that a follower may have read, in its order. */
    private static List<String> readableEvents(Trial trial) {
        return trial.sql().column(READABLE);
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
