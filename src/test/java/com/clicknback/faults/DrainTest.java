package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.testing.Reply;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.Waiting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that is asked to end behind a load balancer: not ready first, then it drains, then it stops. */
@Tag("faults")
@Timeout(300)
class DrainTest {
    /** Longer than the test, which ends the drain itself. */
    private static final Map<String, String> DRAIN = Map.of("CLICKNBACK_SHUTDOWN_DRAIN_SECONDS", "200");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String WAITING = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'clicknback' AND wait_event_type = 'Lock'
            """;

    @Test
    void servesOnWhileItIsNotReadyAndFinishesWhatItTookAtTheEnd() throws SQLException {
        Trial trial = Trial.on(TestServer.shared().createMigratedDatabase());
        try (ServiceProcess process = ServiceProcess.start(trial.database(), DRAIN)) {
            send(trial, process).join().expect(201);

            process.askToEnd();

            Waiting.until("the process is not ready", () -> readiness(process) == 503);
            assertThat(process.api().get("/health/ready").status()).isEqualTo(503);
            Reply served = send(trial, process).join().expect(201);
            assertThat(served.header("connection")).isEqualTo("close");
            endWithARequestUnderWay(trial, process);
            process.awaitOutput(" drains for 200 s", " stops");
        }
    }

    private static void endWithARequestUnderWay(Trial trial, ServiceProcess process) throws SQLException {
        CompletableFuture<Reply> underWay;
        try (Connection blocking = trial.sql().connect();
                Statement lock = blocking.createStatement()) {
            blocking.setAutoCommit(false);
            lock.execute("LOCK TABLE purchases IN EXCLUSIVE MODE");
            underWay = send(trial, process);
            Waiting.until("it is being stored", () -> trial.sql().count(WAITING) > 0);

            process.askToEnd();

            process.awaitOutput(" stops");
            assertThat(underWay).isNotDone();
        }
        assertThat(underWay.join().expect(201).header("connection")).isEqualTo("close");
        assertThat(process.stop()).isEqualTo(ServiceProcess.TERMINATED);
    }

    private static CompletableFuture<Reply> send(Trial trial, ServiceProcess process) {
        ReportedPurchase purchase = trial.purchase();
        String text = Report.of(List.of(purchase)).text();
        return process.api()
                .with(trial.partner().sign(text, Instant.now()))
                .sendAsync("POST", trial.partner().purchasesPath(), text);
    }

    private static int readiness(ServiceProcess process) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(process.managementUrl() + "/health/ready"))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (ConnectException gone) {
            throw new AssertionError("the process did not drain: " + process.output(), gone);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
