package com.clicknback.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
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

/** A partner that fills the queue, and others beside it. */
class FairIngestionTest {
    private static final int BATCH_MAX = 250;
    private static final int QUEUE_MAX = 1_000;

    private TestService service;
    private Scenario given;
    private Partner flood;
    private UUID merchant;
    private Session user;

    @BeforeEach
    void startServiceWithASmallQueue() {
        service = TestService.start(
                TestServer.shared().createMigratedDatabase(),
                new TestClock(),
                Map.of(
                        "CLICKNBACK_INGEST_BATCH_MAX",
                        Integer.toString(BATCH_MAX),
                        "CLICKNBACK_INGEST_QUEUE_MAX",
                        Integer.toString(QUEUE_MAX)));
        given = new Scenario(service);
        flood = given.partner();
        merchant = given.merchant();
        user = given.member();
    }

    @AfterEach
    void closeService() {
        service.close();
    }

    @Test
    void othersAreInTheNextCommitAndTheFlooderMakesRoom() throws SQLException {
        Partner few = given.partner();
        JsonObject fewPurchase = given.purchase(user.userId(), merchant, "10.00");
        List<JsonObject> newest = purchases(BATCH_MAX);
        List<CompletableFuture<Reply>> taken;
        CompletableFuture<Reply> madeRoom;
        CompletableFuture<Reply> ofFew;
        CompletableFuture<Reply> ofUser;
        try (Connection blocker = service.sql().connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE purchases IN EXCLUSIVE MODE");
            taken = List.of(
                    flood(purchases(2 * BATCH_MAX), BATCH_MAX),
                    flood(purchases(BATCH_MAX), 2 * BATCH_MAX),
                    flood(purchases(BATCH_MAX), 3 * BATCH_MAX));
            madeRoom = flood(newest, QUEUE_MAX);
            given.report(flood, purchases(1)).expectError(503, "OVERLOADED");

            ofFew = send(few, few.purchasesPath(), given.event(fewPurchase));
            awaitQueue(QUEUE_MAX - BATCH_MAX + 1);
            Reply refused = madeRoom.join();
            refused.expectError(503, "OVERLOADED");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            ofUser = service.api()
                    .as(user)
                    .sendAsync(
                            "POST",
                            "/purchases",
                            given.purchase(user.userId(), merchant, "20.00").encode());
            awaitQueue(QUEUE_MAX - BATCH_MAX + 2);
        }

        UUID fewId = UUID.fromString(ofFew.join().expect(201).json().getString("id"));
        UUID userId = UUID.fromString(ofUser.join().expect(201).json().getString("id"));
        taken.forEach(reply -> assertThat(reply.join().expect(200).json().getInteger("rejected"))
                .isZero());
        assertThat(floodBefore(fewId)).isLessThan(2 * BATCH_MAX);
        assertThat(floodBefore(userId)).isLessThan(2 * BATCH_MAX);
        assertThat(service.measuredOf(flood.id(), "clicknback_partner_overloaded_total{partner=\"PARTNER\"}"))
                .isEqualTo(2);
        assertThat(given.report(flood, newest).expect(200).json().getInteger("accepted"))
                .as("nothing of the refused batch was stored")
                .isEqualTo(BATCH_MAX);
        service.awaitCredits();
        service.requireCleanLedger();
    }

    /** Ids are given when a commit begins. */
    private long floodBefore(UUID purchaseId) {
        return service.sql()
                .count("SELECT count(*) FROM purchases WHERE partner_id = ? AND id < ?", flood.id(), purchaseId);
    }

    private List<JsonObject> purchases(int count) {
        return Stream.generate(() -> given.purchase(user.userId(), merchant, "10.00"))
                .limit(count)
                .toList();
    }

    /** Sends a batch, and waits until so many purchases are in the queue. */
    private CompletableFuture<Reply> flood(List<JsonObject> purchases, int queued) {
        CompletableFuture<Reply> reply = send(flood, flood.batchPath(), given.batch(purchases));
        awaitQueue(queued);
        return reply;
    }

    private CompletableFuture<Reply> send(Partner partner, String path, JsonObject body) {
        return service.api()
                .with(partner.sign(body.encode(), service.clock().instant()))
                .sendAsync("POST", path, body.encode());
    }

    private void awaitQueue(int depth) {
        Waiting.until(depth + " purchases wait", () -> service.measured("clicknback_ingest_queue_depth") == depth);
    }
}
