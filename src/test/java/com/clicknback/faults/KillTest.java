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
        Trial trial = Trial.on(TestServer.shared().createMigratedDatabase());
        Random random = new Random(SEED);
        try (ServiceProcess process = ServiceProcess.start(trial.database(), Map.of())) {
            Map<ReportedPurchase, UUID> lastWords = killRightAfterAnAnswer(trial, process);
            Map<ReportedPurchase, UUID> acknowledged = new HashMap<>(killUnderLoad(trial, process, random));
            acknowledged.putAll(lastWords);
            trial.requireExactly(acknowledged);
        } catch (AssertionError e) {
            throw new AssertionError("with -Dfaults.seed=" + SEED, e);
        }
    }

    /** Nothing can credit the purchase before the kill, so that the nudge for it is lost. */
    private static Map<ReportedPurchase, UUID> killRightAfterAnAnswer(Trial trial, ServiceProcess process)
            throws SQLException {
        Map<ReportedPurchase, UUID> acknowledged;
        try (Connection held = trial.holdCrediting()) {
            acknowledged = acknowledgeOne(trial, process);
            process.kill();
            assertThat(trial.credited()).isZero();
            held.rollback();
        }
        process.restart();
        trial.requireKept(acknowledged);
        return acknowledged;
    }

    private static Map<ReportedPurchase, UUID> acknowledgeOne(Trial trial, ServiceProcess process) {
        ReportedPurchase purchase = trial.purchase();
        String text = Report.of(List.of(purchase)).text();
        Reply reply = process.api()
                .with(trial.partner().sign(text, Instant.now()))
                .post(trial.partner().purchasesPath(), text);
        return Map.of(purchase, UUID.fromString(reply.expect(201).json().getString("id")));
    }

    private static Map<ReportedPurchase, UUID> killUnderLoad(Trial trial, ServiceProcess process, Random random) {
        try (Sender sender = trial.sender(process::api)) {
            for (int round = 0; round < ROUNDS; round++) {
                sender.awaitMore(1 + random.nextInt(PURCHASES_A_ROUND_MAX));
                process.kill();
                Map<ReportedPurchase, UUID> acknowledged = sender.acknowledged();
                process.restart();
                trial.requireKept(acknowledged);
            }
            sender.finish();
            return sender.acknowledged();
        }
    }
}
