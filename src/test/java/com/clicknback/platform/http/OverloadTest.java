package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Load shedding: what does not fit is refused at the door, at once. */
class OverloadTest {
    private static final int IN_FLIGHT_MAX = 3;
    private static final String WEBHOOK = "/webhooks/" + EdgeServer.PARTNER_ID + "/purchases";

    private final ConcurrentLinkedQueue<Promise<Answer>> underWay = new ConcurrentLinkedQueue<>();
    private final EdgeServer edge = EdgeServer.withInFlightMax(
            IN_FLIGHT_MAX,
            Map.of(
                    "login",
                    this::hold,
                    "getLiveness",
                    call -> Future.succeededFuture(Answer.ok(Map.of("status", "alive")))));

    private Future<Answer> hold(Call call) {
        Promise<Answer> answer = Promise.promise();
        underWay.add(answer);
        return answer.future();
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    private List<CompletableFuture<Reply>> fill() {
        List<CompletableFuture<Reply>> waiting = IntStream.range(0, IN_FLIGHT_MAX)
                .mapToObj(n -> edge.api().sendAsync("POST", "/auth/login", "{}"))
                .toList();
        Waiting.until("all are under way", () -> underWay.size() == IN_FLIGHT_MAX);
        return waiting;
    }

    private void finish() {
        underWay.forEach(answer -> answer.tryFail(new DomainException(ErrorCode.INVALID_CREDENTIALS, "At last.")));
        underWay.clear();
    }

    @Test
    void refusesFurtherRequestsAtOnceAndSaysWhenToComeBack() {
        List<CompletableFuture<Reply>> waiting = fill();

        Reply refused = edge.api().post("/auth/login", "{}");
        assertThat(refused.expectError(503, "OVERLOADED").getInteger("retry_after_seconds"))
                .isEqualTo(1);
        assertThat(refused.header("Retry-After")).isEqualTo("1");

        finish();
        waiting.forEach(reply -> reply.join().expectError(401, "INVALID_CREDENTIALS"));
    }

    @Test
    void sheddingComesBeforeAuthenticationAndAfterRouting() {
        List<CompletableFuture<Reply>> waiting = fill();

        edge.api().get("/users/me").expectError(503, "OVERLOADED");
        edge.api().get("/nothing").expectError(404, "NOT_FOUND");

        finish();
        waiting.forEach(CompletableFuture::join);
    }

    @Test
    void refusesWebhooksBeforeRoutingWithTheSameAnswer() {
        List<CompletableFuture<Reply>> waiting = fill();

        Reply routed = edge.api().with("X-Request-Id", "r-1").post("/auth/login", "{}");
        Reply webhook = edge.api().with("X-Request-Id", "r-1").post(WEBHOOK, "{}");
        Reply batch = edge.api().with("X-Request-Id", "r-1").post(WEBHOOK + "/batch", "{}");
        Reply withSlash = edge.api().with("X-Request-Id", "r-1").post(WEBHOOK + "/", "{}");
        webhook.expectError(503, "OVERLOADED");
        assertThat(List.of(webhook, batch, withSlash)).containsOnly(routed);

        finish();
        waiting.forEach(CompletableFuture::join);
    }

    @Test
    void aBrowserMayReadTheRefusalOfItsWebhook() {
        List<CompletableFuture<Reply>> waiting = fill();

        Reply refused = edge.api().with("Origin", "https://clicknback.com").post(WEBHOOK, "{}");
        refused.expectError(503, "OVERLOADED");
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://clicknback.com");

        finish();
        waiting.forEach(CompletableFuture::join);
    }

    @Test
    void whatIsNoWebhookIsToldSoInAFloodToo() {
        List<CompletableFuture<Reply>> waiting = fill();

        edge.api().get(WEBHOOK).expectError(405, "METHOD_NOT_ALLOWED");
        edge.api().post("/webhooks/purchases", "{}").expectError(404, "NOT_FOUND");
        edge.api().post("/webhooks//purchases", "{}").expectError(404, "NOT_FOUND");
        edge.api().post(WEBHOOK + "/other/purchases", "{}").expectError(404, "NOT_FOUND");

        finish();
        waiting.forEach(CompletableFuture::join);
    }

    @Test
    void neverShedsHealth() {
        List<CompletableFuture<Reply>> waiting = fill();

        edge.api().get("/health/live").expect(200);

        finish();
        waiting.forEach(CompletableFuture::join);
    }

    @Test
    void servesAgainOnceThereIsRoom() {
        List<CompletableFuture<Reply>> waiting = fill();
        edge.api().post("/auth/login", "{}").expect(503);
        finish();
        waiting.forEach(CompletableFuture::join);

        CompletableFuture<Reply> next = edge.api().sendAsync("POST", "/auth/login", "{}");
        Waiting.until("the next one is under way", () -> underWay.size() == 1);
        finish();

        next.join().expect(401);
    }

    @Test
    void oneClientLeavesRoomForOthers() {
        try (EdgeServer wide = EdgeServer.withInFlightMax(
                16, List.of("127.0.0.0/8"), Map.of("login", this::hold, "ingestPurchaseWebhook", this::hold))) {
            ApiClient flooding = from(wide, 1);
            List<CompletableFuture<Reply>> waiting = new ArrayList<>();
            for (int n = 0; n < 14; n++) {
                waiting.add(flooding.sendAsync("POST", "/auth/login", "{}"));
            }
            Waiting.until("all are under way", () -> underWay.size() == 14);

            flooding.post("/auth/login", "{}").expectError(503, "OVERLOADED");
            flooding.with(EdgeServer.SIGNED).post(WEBHOOK, "{}").expectError(503, "OVERLOADED");
            waiting.add(from(wide, 2).sendAsync("POST", "/auth/login", "{}"));
            Waiting.until("another one is under way", () -> underWay.size() == 15);
            waiting.add(from(wide, 3).with(EdgeServer.SIGNED).sendAsync("POST", WEBHOOK, "{}"));
            Waiting.until("a webhook too", () -> underWay.size() == 16);

            underWay.forEach(answer -> answer.tryFail(DomainException.unavailable()));
            waiting.forEach(reply -> reply.join().expectError(503, "SERVICE_UNAVAILABLE"));
        }
    }

    @Test
    void onePartnerLeavesRoomForOthersFromHoweverManyAddresses() {
        String other = WEBHOOK.replace(EdgeServer.PARTNER_ID, "9b7ad1cf-3c39-4f26-9a0c-1d3b4f0c7a05");
        try (EdgeServer wide =
                EdgeServer.withInFlightMax(16, List.of("127.0.0.0/8"), Map.of("ingestPurchaseWebhook", this::hold))) {
            List<CompletableFuture<Reply>> waiting = new ArrayList<>();
            for (int n = 0; n < 14; n++) {
                waiting.add(from(wide, n).with(EdgeServer.SIGNED).sendAsync("POST", WEBHOOK, "{}"));
            }
            Waiting.until("all are under way", () -> underWay.size() == 14);

            Reply refused = from(wide, 20).with(EdgeServer.SIGNED).post(WEBHOOK, "{}");
            refused.expectError(503, "OVERLOADED");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            waiting.add(from(wide, 20).with(EdgeServer.SIGNED).sendAsync("POST", other, "{}"));
            Waiting.until("another partner's is under way", () -> underWay.size() == 15);

            underWay.forEach(answer -> answer.tryFail(DomainException.unavailable()));
            waiting.forEach(reply -> reply.join().expectError(503, "SERVICE_UNAVAILABLE"));
        }
    }

    private static ApiClient from(EdgeServer server, int client) {
        return server.api().with("X-Forwarded-For", "192.0.2." + client);
    }
}
