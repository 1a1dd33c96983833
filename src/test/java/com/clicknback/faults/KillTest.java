package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.testing.Reply;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A 2xx means durable: a process is killed without warning, and started again on the same database. */
@Tag("faults")
@Timeout(600)
class KillTest {
    private static final int ROUNDS = Integer.getInteger("faults.kills", 2);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int PURCHASES_A_ROUND_MAX = 400;

    @Test
    void whatWasAcknowledgedSurvivesKillsAndIsCreditedOnce() throws SQLException {
        FaultScenario scenario = FaultScenario.on(TestServer.shared().createDatabase());
        Random random = new Random(SEED);
        try (ServiceProcess process = ServiceProcess.start(scenario.database(), Map.of())) {
            Map<ReportedPurchase, UUID> lastWords = killRightAfterAnAnswer(scenario, process);
            Map<ReportedPurchase, UUID> acknowledged = new HashMap<>(killUnderLoad(scenario, process, random));
            acknowledged.putAll(lastWords);
            scenario.requireExactly(acknowledged);
        } catch (AssertionError e) {
            throw new AssertionError("with -Dfaults.seed=" + SEED, e);
        }
    }

    /** Nothing can credit the purchase before the kill, so that the nudge for it is lost. */
    private static Map<ReportedPurchase, UUID> killRightAfterAnAnswer(FaultScenario scenario, ServiceProcess process)
            throws SQLException {
        Map<ReportedPurchase, UUID> acknowledged;
        try (Connection held = scenario.holdCrediting()) {
            acknowledged = acknowledgeOne(scenario, process);
            process.kill();
            assertThat(scenario.credited()).isZero();
            held.rollback();
        }
        process.restart();
        scenario.requireKept(acknowledged);
        return acknowledged;
    }

    private static Map<ReportedPurchase, UUID> acknowledgeOne(FaultScenario scenario, ServiceProcess process) {
        ReportedPurchase purchase = scenario.purchase();
        String text = Report.of(List.of(purchase)).text();
        Reply reply = process.api()
                .with(scenario.partner().sign(text, Instant.now()))
                .post(scenario.partner().purchasesPath(), text);
        return Map.of(purchase, UUID.fromString(reply.expect(201).json().getString("id")));
    }

    private static Map<ReportedPurchase, UUID> killUnderLoad(
            FaultScenario scenario, ServiceProcess process, Random random) {
        try (Sender sender = scenario.sender(process::api)) {
            for (int round = 0; round < ROUNDS; round++) {
                sender.awaitMore(1 + random.nextInt(PURCHASES_A_ROUND_MAX));
                process.kill();
                Map<ReportedPurchase, UUID> acknowledged = sender.acknowledged();
                process.restart();
                scenario.requireKept(acknowledged);
            }
            sender.finish();
            return sender.acknowledged();
        }
    }
}
