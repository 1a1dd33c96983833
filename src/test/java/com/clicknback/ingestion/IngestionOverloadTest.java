package com.clicknback.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A full queue refuses at once, and what it refuses it has not touched. */
class IngestionOverloadTest {
    private TestService service;

    @BeforeEach
    void startServiceWithASmallQueue() {
        service = TestService.start(
                TestServer.shared().createMigratedDatabase(),
                new TestClock(),
                Map.of("CLICKNBACK_INGEST_BATCH_MAX", "250", "CLICKNBACK_INGEST_QUEUE_MAX", "1000"));
    }

    @AfterEach
    void closeService() {
        service.close();
    }

    @Test
    void whatFindsNoRoomIsRefusedWithoutAnEffect() throws SQLException {
        Scenario given = new Scenario(service);
        UUID user = given.users(1).get(0);
        UUID merchant = given.merchant();
        Partner partner = given.partner();
        List<JsonObject> first = purchases(given, user, merchant);
        List<JsonObject> second = purchases(given, user, merchant);
        CompletableFuture<Reply> taken;
        try (Connection blocker = service.sql().connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE purchases IN EXCLUSIVE MODE");
            taken = send(partner, given.batch(first).encode());
            awaitBlockedInsert();
            Reply refused = given.report(partner, second);
            JsonObject details = refused.expectError(503, "OVERLOADED");
            assertThat(refused.header("Retry-After"))
                    .isEqualTo(details.getInteger("retry_after_seconds").toString());
        }
        assertThat(taken.join().expect(200).json().getInteger("accepted")).isEqualTo(1_000);
        assertThat(given.report(partner, second).expect(200).json().getInteger("accepted"))
                .as("nothing of the refused batch was stored")
                .isEqualTo(1_000);
        service.awaitCredits();
        service.requireCleanLedger();
    }

    private static List<JsonObject> purchases(Scenario given, UUID user, UUID merchant) {
        return Stream.generate(() -> given.purchase(user, merchant, "10.00"))
                .limit(1_000)
                .toList();
    }

    private CompletableFuture<Reply> send(Partner partner, String body) {
        return service.api()
                .with(partner.sign(body, service.clock().instant()))
                .sendAsync("POST", partner.batchPath(), body);
    }

    private void awaitBlockedInsert() {
        Waiting.until(
                "the first parts of the batch wait for the table",
                () -> service.sql()
                                .count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                        + " AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO purchases%'")
                        > 0);
    }
}
