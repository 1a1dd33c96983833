package com.clicknback.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DemoTrafficTest {
    private static final int PER_SECOND = 100;
    private static final String SECRET = "whsec_Y2xpY2tuYmFjay1kZW1vLXBhcnRuZXItc2VjcmV0LTE=";

    private record Received(Map<String, List<String>> headers, String body) {
        String externalId() {
            return new JsonObject(body).getJsonObject("data").getString("external_id");
        }
    }

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private Vertx vertx;
    private String traffic;

    @BeforeEach
    void useVertx(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Stops the traffic before the server, so that it gets every answer it waits for. */
    @AfterEach
    void endTraffic() throws Exception {
        await(vertx.undeploy(traffic));
    }

    @Test
    void signsEveryPurchaseAndNamesEachOnce() throws Exception {
        sendTo((request, number) -> request.response().setStatusCode(201).end("{}"));

        List<Received> sent = receive(50);

        assertThat(sent)
                .allSatisfy(webhook -> assertThatCode(
                                () -> new Webhook(SECRET).verify(webhook.body(), webhook.headers()))
                        .doesNotThrowAnyException());
        assertThat(sent.stream().map(Received::externalId)).doesNotHaveDuplicates();
    }

    @Test
    void sendsAPurchaseAgainThatWasTurnedAwayForLoad() throws Exception {
        sendTo((request, number) -> {
            if (number == 1) {
                request.response()
                        .setStatusCode(503)
                        .putHeader("Retry-After", "1")
                        .end("{}");
            } else {
                request.response().setStatusCode(201).end("{}");
            }
        });

        Received turnedAway = receive(1).get(0);

        assertThat(receiveAgain(turnedAway).body()).isEqualTo(turnedAway.body());
    }

    @Test
    void sendsAPurchaseAgainThatWasNotAnswered() throws Exception {
        sendTo((request, number) -> {
            if (number == 1) {
                request.connection().close();
            } else {
                request.response().setStatusCode(201).end("{}");
            }
        });

        Received unanswered = receive(1).get(0);

        assertThat(receiveAgain(unanswered).body()).isEqualTo(unanswered.body());
    }

    @Test
    void givesUpAPurchaseThatIsRefusedForGood() throws Exception {
        sendTo((request, number) ->
                request.response().setStatusCode(number == 1 ? 422 : 201).end("{}"));

        Received refused = receive(1).get(0);
        // More than are sent before the earliest possible retry.
        List<Received> later = receive(2 * PER_SECOND);

        assertThat(later.stream().map(Received::externalId)).doesNotContain(refused.externalId());
    }

    private void sendTo(BiConsumer<HttpServerRequest, Integer> answer) throws Exception {
        int[] requests = {0};
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    received.add(read(request, body));
                    answer.accept(request, ++requests[0]);
                }));
        await(server.listen(0, "127.0.0.1"));
        DemoTraffic.Settings settings = new DemoTraffic.Settings("http://127.0.0.1:" + server.actualPort(), PER_SECOND);
        traffic = await(vertx.deployVerticle(new DemoTraffic(
                settings, Clock.systemUTC(), () -> Future.succeededFuture(new DemoTraffic.Progress(0, 0)))));
    }

    private static Received read(HttpServerRequest request, Buffer body) {
        return new Received(
                Map.of(
                        "webhook-id", request.headers().getAll("webhook-id"),
                        "webhook-timestamp", request.headers().getAll("webhook-timestamp"),
                        "webhook-signature", request.headers().getAll("webhook-signature")),
                body.toString());
    }

    private List<Received> receive(int count) {
        return IntStream.range(0, count).mapToObj(i -> next()).toList();
    }

    private Received receiveAgain(Received first) {
        Received next = next();
        while (!next.externalId().equals(first.externalId())) {
            next = next();
        }
        return next;
    }

    private Received next() {
        try {
            Received next = received.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("a webhook within ten seconds").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
