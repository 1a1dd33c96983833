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

    /** Leaves the primary gone for good, and the standby in its place. */
    private void failOver() {
        primary.kill();
        promote();
    }

    private void promote() {
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
                trial.requireToldInOrder();
                assertThat(shoppers.lost()).isEmpty();
                standby.follow(primary);
                primary.waitForStandby(true);
            }
            shoppers.finish();
            // As operators do: the counters by which autovacuum decides are lost with each primary.
            trial.sql().execute("ANALYZE");
            Recovery.requireNothingLost(trial, sender);
            shoppers.requireExactly(Set.of());
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

    /** A standby lacks what it had not received. Everything that goes on afterwards is as it is without a loss. */
    @Test
    void anAsynchronousStandbyMayLackWhatWasAcknowledgedButNothingIsBookedTwice() {
        Trial trial = Trial.on(database);
        Random random = new Random(SEED);
        Set<ReportedPurchase> lostPurchases = new HashSet<>();
        Set<String> lostSteps = new HashSet<>();
        try (ServiceProcess service = serve();
                Sender sender = trial.sender(service::api);
                Shoppers shoppers = new Shoppers(trial, service::api, SEED).bereft()) {
            assertThat(survivesFailover(service)).isZero();
            for (int round = 0; round < FAILOVERS; round++) {
                sender.awaitMore(1 + random.nextInt(PURCHASES_A_ROUND_MAX));
                shoppers.awaitMore(10);
                Set<ReportedPurchase> copied =
                        without(lostPurchases, sender.acknowledged().keySet());
                Set<String> copiedSteps = without(lostSteps, shoppers.acknowledged());
                primary.awaitCopy();
                standby.stop();
                sender.awaitMore(50);
                shoppers.awaitMore(10);
                primary.kill();
                standby.startAgain();
                promote();

                sender.awaitMore(1);
                assertThat(trial.missing(copied)).isEmpty();
                assertThat(lostPurchases.addAll(
                                trial.missing(sender.acknowledged().keySet())))
                        .isTrue();
                assertThat(lostSteps.addAll(shoppers.lost())).isTrue();
                assertThat(lostSteps).doesNotContainAnyElementsOf(copiedSteps);
                trial.requireToldInOrder();
                standby.follow(primary);
            }
            shoppers.finish();
            trial.sql().execute("ANALYZE");
            sender.awaitMore(100);
            sender.finish();
            Map<ReportedPurchase, UUID> kept = new HashMap<>(sender.acknowledged());
            kept.keySet().removeAll(trial.missing(kept.keySet()));
            assertThat(kept).hasSize(sender.acknowledged().size() - lostPurchases.size());
            trial.requireExactly(kept);
            shoppers.requireExactly(lostSteps);
            System.out.println(FAILOVERS + " fail-overs without waiting for the standby: " + lostPurchases.size()
                    + " webhooks and " + lostSteps.size() + " steps of shoppers lost, " + kept.size() + " and "
                    + (shoppers.steps() - lostSteps.size()) + " there once");
        } catch (AssertionError e) {
            throw new AssertionError("with -Dfaults.seed=" + SEED, e);
        }
    }

    private static <T> Set<T> without(Set<T> lost, Set<T> all) {
        Set<T> left = new HashSet<>(all);
        left.removeAll(lost);
        return left;
    }

    private static double survivesFailover(ServiceProcess service) {
        return Probe.metric(service.managementUrl(), "clicknback_database_survives_failover");
    }
}
