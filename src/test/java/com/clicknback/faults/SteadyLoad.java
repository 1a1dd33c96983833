package com.clicknback.faults;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.testing.DebianProxy;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Clients of a service behind a proxy: signed webhooks, users' own purchases and reads, over TLS, each sent once and when
 * it is due. An answer other than 2xx, or none, is a failure.
 */
final class SteadyLoad implements AutoCloseable {
    private static final int CONNECTIONS = 64;

    /** On a machine that is too busy the clients fall behind, instead of waiting for each other. */
    private static final int UNDER_WAY_MAX = 200;

    private static final int KINDS = 10;
    private static final long TICK_MS = 5;
    private static final long ANSWER_S_MAX = 30;
    private static final int FAILURES_KEPT = 10;
    private static final Duration FINISH_MAX = Duration.ofSeconds(ANSWER_S_MAX + 5);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Trial trial;
    private final DebianProxy proxy;
    private final int perSecond;
    private final int kinds;
    private final HttpClient client;
    private final RequestOptions target;
    private final long startNs = System.nanoTime();

    private final Map<ReportedPurchase, UUID> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong slowestMs = new AtomicLong();
    private final long timer;
    private volatile boolean finishing;

    /**
     * Starts to send.
     *
     * @param alsoOnce whether requests are among them that no proxy may send a second time
     */
    SteadyLoad(Trial trial, DebianProxy proxy, int perSecond, boolean alsoOnce) {
        this.trial = trial;
        this.proxy = proxy;
        this.kinds = alsoOnce ? KINDS : KINDS - 1;
        this.perSecond = perSecond;
        this.client = vertx.createHttpClient(proxy.clientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.target = proxy.target();
        this.timer = vertx.setPeriodic(TICK_MS, id -> sendWhatIsDue());
    }

    private void sendWhatIsDue() {
        long due = (System.nanoTime() - startNs) * perSecond / TimeUnit.SECONDS.toNanos(1);
        while (!finishing && sent.get() < due && sent.get() - answered.get() < UNDER_WAY_MAX) {
            sent.incrementAndGet();
            sendOne();
        }
    }

    /** Five in ten requests are webhooks, two are own purchases, two read. The last may be sent once only. */
    private void sendOne() {
        ReportedPurchase purchase = trial.purchase();
        switch (ThreadLocalRandom.current().nextInt(kinds)) {
            case 0, 1, 2, 3, 4 -> {
                String text = Report.of(List.of(purchase)).text();
                store(
                        purchase,
                        trial.partner().purchasesPath(),
                        text,
                        trial.partner().sign(text, Instant.now()));
            }
            case 5, 6 -> store(purchase, "/purchases", purchase.json().encode(), bearer(purchase.userId()));
            case 7 -> send(HttpMethod.GET, "/users/me/wallet", null, bearer(purchase.userId()));
            case 8 -> send(HttpMethod.GET, "/users/me/purchases?limit=5", null, bearer(purchase.userId()));
            default ->
                send(
                        HttpMethod.PATCH,
                        "/merchants/" + purchase.merchantId() + "/status",
                        "{\"status\":\"active\"}",
                        bearer(trial.adminId()));
        }
    }

    private Map<String, String> bearer(UUID userId) {
        return Map.of("Authorization", "Bearer " + trial.accessToken(userId));
    }

    private void store(ReportedPurchase purchase, String path, String body, Map<String, String> headers) {
        send(HttpMethod.POST, path, body, headers)
                .onSuccess(answer -> acknowledged.put(
                        purchase, UUID.fromString(answer.toJsonObject().getString("id"))));
    }

    private Future<Buffer> send(HttpMethod method, String path, @Nullable String body, Map<String, String> headers) {
        long sentNs = System.nanoTime();
        RequestOptions options = new RequestOptions(target).setMethod(method).setURI("/api/v1" + path);
        headers.forEach(options::putHeader);
        options.putHeader("Content-Type", "application/json");
        return client.request(options)
                .compose(request -> body == null ? request.send() : request.send(body))
                .compose(response -> response.body()
                        .compose(answer -> response.statusCode() / 100 == 2
                                ? Future.succeededFuture(answer)
                                : Future.failedFuture(response.statusCode() + " " + answer)))
                .timeout(ANSWER_S_MAX, TimeUnit.SECONDS)
                .onFailure(failure -> {
                    if (failed.incrementAndGet() <= FAILURES_KEPT) {
                        failures.add(method + " " + path + ": " + failure);
                    }
                })
                .onComplete(done -> {
                    answered.incrementAndGet();
                    slowestMs.accumulateAndGet((System.nanoTime() - sentNs) / 1_000_000, Math::max);
                });
    }

    /** The requests and how fast they were sent, in words. */
    String told() {
        long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        return sent.get() + " requests, " + sent.get() * 1_000L / ms + " a second, the slowest took " + slowestMs.get()
                + " ms";
    }

    void requireNoFailure() {
        if (!failures.isEmpty()) {
            throw new AssertionError(failed + " failures: " + failures + "; the proxy says: " + proxy.output());
        }
    }

    /** The purchases that were answered 2xx. */
    Map<ReportedPurchase, UUID> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** Sends nothing more, and returns once everything is answered. */
    void finish() {
        vertx.cancelTimer(timer);
        finishing = true;
        Waiting.until("everything is answered", FINISH_MAX, Duration.ofMillis(20), () -> answered.get() == sent.get());
    }

    @Override
    public void close() {
        finishing = true;
        TestService.await(vertx.close());
    }
}
