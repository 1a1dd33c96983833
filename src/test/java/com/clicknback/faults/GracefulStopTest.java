package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that is asked to end: it finishes what it took, takes no more, and is gone in time. */
@Tag("faults")
@Timeout(600)
class GracefulStopTest {
    /** The service's own limit, and the slack that a busy machine needs. */
    private static final Duration STOP_MAX = Duration.ofSeconds(15);

    private static final int AT_ONCE = 10;

    private static final String STATEMENTS_THAT_WAIT = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'clicknback' AND wait_event_type = 'Lock'
            """;

    /** As in a rolling restart: another takes over while the sender goes on. */
    @Test
    void aProcessStopsInTimeUnderLoadAndLosesNothing() {
        Trial trial = Trial.on(TestServer.shared().createMigratedDatabase());
        try (ServiceProcess process = ServiceProcess.start(trial.database(), Map.of());
                TestService next = TestService.start(trial.database(), new TestClock())) {
            AtomicReference<ApiClient> target = new AtomicReference<>(process.api());
            try (Sender sender = trial.sender(target::get)) {
                sender.awaitMore(200);

                long startNs = System.nanoTime();
                int status = process.stop();

                assertThat(status).isEqualTo(ServiceProcess.TERMINATED);
                assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(STOP_MAX);
                assertThat(process.output()).doesNotContain("ERROR", "closing:", "\tat ");
                target.set(next.api());
                sender.awaitMore(50);
                sender.finish();
                trial.requireExactly(sender.acknowledged());
            }
        }
    }

    @Test
    void whatWasTakenIsFinishedBeforeTheEnd() throws SQLException {
        Address database = TestServer.shared().createMigratedDatabase();
        Trial trial = Trial.on(database);
        TestService service = TestService.start(database, new TestClock());
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        CompletableFuture<Void> closed;
        try (Connection blocking = trial.sql().connect();
                Statement lock = blocking.createStatement()) {
            blocking.setAutoCommit(false);
            lock.execute("LOCK TABLE purchases IN EXCLUSIVE MODE");
            replies.add(send(trial, service.api()));
            Waiting.until("the first is being stored", () -> trial.sql().count(STATEMENTS_THAT_WAIT) > 0);
            for (int i = 1; i < AT_ONCE; i++) {
                replies.add(send(trial, service.api()));
            }
            Waiting.until(
                    "the others wait for their turn",
                    () -> Probe.metric(service.managementUrl(), "clicknback_ingest_queue_depth") == AT_ONCE - 1);

            closed = CompletableFuture.runAsync(service::close);
            Waiting.until("nothing more is taken", () -> !isListening(service.httpPort()));
        }
        for (CompletableFuture<Reply> reply : replies) {
            reply.join().expect(201);
        }
        closed.join();
        assertThat(trial.sql()
                        .count(
                                "SELECT count(*) FROM purchases WHERE partner_id = ?",
                                trial.partner().id()))
                .isEqualTo(AT_ONCE);
    }

    private static CompletableFuture<Reply> send(Trial trial, ApiClient api) {
        ReportedPurchase purchase = trial.purchase();
        String text = Report.of(List.of(purchase)).text();
        return api.with(trial.partner().sign(text, Instant.now()))
                .sendAsync("POST", trial.partner().purchasesPath(), text);
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
