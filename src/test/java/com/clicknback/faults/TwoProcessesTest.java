package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes on one database, whose clients go to either in turn. */
@Tag("faults")
@Timeout(600)
class TwoProcessesTest {
    private static final String ACCEPTED = "clicknback_purchases_accepted_total";
    private static final String CREDITED = "clicknback_purchases_credited_total";
    private static final Duration SHARING_MAX = Duration.ofSeconds(60);
    private static final Duration TAKE_OVER_MAX = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    private final List<ServiceProcess> serving = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final Trial trial = Trial.on(TestServer.shared().createMigratedDatabase());

    @Test
    void shareTheWorkAndReplaceEachOther() {
        try (ServiceProcess one = ServiceProcess.start(trial.database(), Map.of());
                ServiceProcess other = ServiceProcess.start(trial.database(), Map.of())) {
            serving.addAll(List.of(one, other));
            Map<ReportedPurchase, UUID> acknowledged = new HashMap<>(shareTheWork());
            acknowledged.putAll(loseOne(one, other));
            trial.requireExactly(acknowledged);
        }
    }

    private Sender sender() {
        return trial.sender(
                () -> serving.get(turn.getAndIncrement() % serving.size()).api());
    }

    /** Each stores some and credits some, and together they do everything once. */
    private Map<ReportedPurchase, UUID> shareTheWork() {
        try (Sender sender = sender()) {
            for (ServiceProcess process : serving) {
                Waiting.until(
                        "each of them stores and credits",
                        SHARING_MAX,
                        POLL,
                        () -> metric(process, ACCEPTED) > 0 && metric(process, CREDITED) > 0);
            }
            sender.finish();
            Map<ReportedPurchase, UUID> acknowledged = sender.acknowledged();
            trial.requireExactly(acknowledged);
            assertThat(ofBoth(ACCEPTED)).isEqualTo(acknowledged.size());
            Waiting.until("both have counted their credits", () -> ofBoth(CREDITED) >= acknowledged.size());
            assertThat(ofBoth(CREDITED)).isEqualTo(acknowledged.size());
            return acknowledged;
        }
    }

    private Map<ReportedPurchase, UUID> loseOne(ServiceProcess lost, ServiceProcess left) {
        try (Sender sender = sender()) {
            sender.awaitMore(100);
            lost.kill();
            double before = metric(left, CREDITED);
            serving.remove(lost);
            Waiting.until("the one that is left credits", TAKE_OVER_MAX, POLL, () -> metric(left, CREDITED) > before);
            sender.awaitMore(100);
            sender.finish();
            return sender.acknowledged();
        }
    }

    private double ofBoth(String metric) {
        return serving.stream().mapToDouble(process -> metric(process, metric)).sum();
    }

    private static double metric(ServiceProcess process, String name) {
        return Probe.metric(process.managementUrl(), name);
    }
}
