package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.platform.embedded.EmbeddedDatabase;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.HeldCrediting;
import com.clicknback.testing.Partner;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service with its own PostgreSQL and the demo data, as it starts when nothing is configured. */
@Tag("faults")
@Timeout(600)
class EmbeddedServiceTest {
    private static final UUID ALICE = UUID.fromString("b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d");
    private static final UUID SHOPLY = UUID.fromString("a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d");
    private static final Partner DEMO_PARTNER = new Partner(
            UUID.fromString("ee000001-0000-0000-0000-000000000001"),
            "whsec_Y2xpY2tuYmFjay1kZW1vLXBhcnRuZXItc2VjcmV0LTE=");

    private static final Map<String, String> SETTINGS = Map.of(
            "CLICKNBACK_HTTP_HOST", "127.0.0.1",
            "CLICKNBACK_HTTP_PORT", "0",
            "CLICKNBACK_MANAGEMENT_PORT", "0",
            "CLICKNBACK_EVENT_LOOPS", "2",
            "CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "3600");

    @Test
    void survivesBeingKilledAndGuardsItsFolderAndPorts() throws IOException, SQLException {
        ServiceProcess process = ServiceProcess.start(SETTINGS);
        Path dataDir = process.folder().resolve(".data");
        try (process) {
            process.awaitOutput("Loading the demo data");
            assertThat(process.output())
                    .containsSubsequence(
                            "Unpacking PostgreSQL",
                            "Making a database",
                            "Starting PostgreSQL",
                            "Bringing the schema up to date",
                            "Loading the demo data");
            requireRefused(ServiceProcess.run(process.folder(), SETTINGS, "serve"), "in use by another process");
            UUID purchaseId = acceptAndKill(process, dataDir);
            assertThat(postmaster(dataDir))
                    .as("the server outlives its process")
                    .isPresent();

            withTakenPort(settings -> {
                String port = settings.get("CLICKNBACK_HTTP_PORT");
                requireRefused(ServiceProcess.run(process.folder(), settings, "serve"), ":" + port);
            });
            assertThat(postmaster(dataDir)).isEmpty();

            process.restart();
            requireCreditedOnce(process.api(), purchaseId);
            assertThat(process.stop()).isEqualTo(ServiceProcess.TERMINATED);
            assertThat(postmaster(dataDir)).isEmpty();
        } finally {
            postmaster(dataDir).ifPresent(ProcessHandle::destroy);
        }
    }

    /** Nothing would start the server again, so whatever watches over the process has to. */
    @Test
    void endsWithItsServer() throws IOException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        // A language in which the capital of i is another letter
        settings.put("JAVA_TOOL_OPTIONS", "-Duser.language=tr -Duser.country=TR");
        try (ServiceProcess process = ServiceProcess.start(settings)) {
            postmaster(process.folder().resolve(".data")).orElseThrow().destroyForcibly();

            assertThat(process.awaitEnd()).as(process.output()).isEqualTo(1);
            assertThat(process.output().lines().filter(line -> line.startsWith("clicknback: ")))
                    .singleElement()
                    .asString()
                    .contains("PostgreSQL", "has ended", "postgres.log");
            process.restart();
            assertThat(process.stop()).isEqualTo(ServiceProcess.TERMINATED);
        }
    }

    /** Nothing can credit the purchase before the kill. */
    private static UUID acceptAndKill(ServiceProcess process, Path dataDir) throws IOException, SQLException {
        try (Connection held = new Sql(EmbeddedDatabase.running(dataDir)).connect();
                Statement lock = held.createStatement()) {
            held.setAutoCommit(false);
            lock.execute(HeldCrediting.HOLD);
            String text = Report.of(List.of(ReportedPurchase.of(ALICE, SHOPLY, new BigDecimal("100.00"))))
                    .text();
            String id = process.api()
                    .with(DEMO_PARTNER.sign(text, Instant.now()))
                    .post(DEMO_PARTNER.purchasesPath(), text)
                    .expect(201)
                    .json()
                    .getString("id");
            process.kill();
            return UUID.fromString(id);
        }
    }

    private interface Attempt {
        void with(Map<String, String> settings);
    }

    private static void withTakenPort(Attempt attempt) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = new HashMap<>(SETTINGS);
            settings.put("CLICKNBACK_HTTP_PORT", Integer.toString(taken.getLocalPort()));
            attempt.with(settings);
        }
    }

    private static void requireRefused(Ended ended, String naming) {
        assertThat(ended.status()).as(ended.output()).isEqualTo(2);
        List<String> lines = ended.output().lines().toList();
        assertThat(lines.stream().filter(line -> line.startsWith("clicknback: ")))
                .singleElement()
                .asString()
                .contains(naming);
        assertThat(lines).noneMatch(line -> line.startsWith("\tat ") || line.contains("ERROR"));
    }

    private static void requireCreditedOnce(ApiClient api, UUID purchaseId) {
        JsonObject credentials = JsonObject.of("email", "alice@clicknback.com", "password", Session.PASSWORD);
        ApiClient alice = api.withToken(
                api.post("/auth/login", credentials).expect(200).json().getString("access_token"));
        Waiting.until(
                "the purchase is credited",
                () -> alice.get("/purchases/" + purchaseId).expect(200).json().getString("cashback_status") != null);
        assertThat(alice.get("/users/me/wallet/transactions?limit=100").data())
                .filteredOn(movement -> purchaseId.toString().equals(movement.getString("related_purchase_id")))
                .filteredOn(movement -> "cashback_credit".equals(movement.getString("type")))
                .singleElement()
                .satisfies(credit -> assertThat(credit.getString("amount")).isEqualTo("5.00"));
    }

    /** The server of a data folder, while it runs. */
    private static Optional<ProcessHandle> postmaster(Path dataDir) throws IOException {
        Path pidFile = dataDir.resolve("postgres").resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        return ProcessHandle.of(
                Long.parseLong(Files.readAllLines(pidFile).get(0).strip()));
    }
}
