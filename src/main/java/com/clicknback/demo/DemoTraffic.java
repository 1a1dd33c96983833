package com.clicknback.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo partner at work: sends signed purchases at a steady rate. A purchase without a final answer is retried. While
 * too many wait for a retry, no new ones are made.
 */
public final class DemoTraffic extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(DemoTraffic.class);

    private static final int TICK_MS = 20;
    private static final int PROGRESS_MS = 5_000;
    private static final int IN_FLIGHT_MAX = 512;

    /** Upper bound on purchases in flight or waiting for a retry. */
    private static final int OPEN_MAX = 10_000;

    private static final long RETRY_AFTER_DEFAULT_S = 1;
    private static final long RETRY_AFTER_MAX_S = 60;
    private static final double NANOS_PER_SECOND = 1e9;

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /**
     * The rate of purchases, and the service that they are sent to.
     *
     * @param baseUrl scheme, host and port of the API, without a slash at the end
     */
    public record Settings(String baseUrl, int perSecond) {}

    /**
     * The progress of crediting.
     *
     * @param credited purchases since the start
     * @param lagSeconds the age of the oldest purchase that is not credited yet
     */
    public record Progress(long credited, double lagSeconds) {}

    private record Retry(DemoPurchase purchase, Instant notBefore) {}

    private final Settings settings;
    private final Clock clock;
    private final Supplier<Future<Progress>> progress;
    private final PriorityQueue<Retry> retries = new PriorityQueue<>(Comparator.comparing(Retry::notBefore));
    private final Promise<Void> drained = Promise.promise();
    private DemoShoppers shoppers;
    private DemoSender sender;
    private Instant lastTick;
    private double allowance;
    private int inFlight;
    private boolean stopping;
    private long accepted;
    private long duplicates;
    private long refused;
    private String trouble = "";

    /**
     * @param progress asked for each progress line
     */
    public DemoTraffic(Settings settings, Clock clock, Supplier<Future<Progress>> progress) {
        this.settings = settings;
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Future<?> start() {
        lastTick = clock.instant();
        shoppers = new DemoShoppers(lastTick, new SplittableRandom());
        sender = new DemoSender(vertx, settings.baseUrl(), IN_FLIGHT_MAX);
        vertx.setPeriodic(TICK_MS, id -> sendWhatIsDue());
        vertx.setPeriodic(PROGRESS_MS, id -> reportProgress());
        return Future.succeededFuture();
    }

    /** Waits for all answers in flight; each of them comes or times out. */
    @Override
    public Future<?> stop() {
        stopping = true;
        completeWhenDrained();
        return drained.future().compose(v -> sender.close());
    }

    private void sendWhatIsDue() {
        Instant now = clock.instant();
        double elapsedSeconds = Math.max(0, Duration.between(lastTick, now).toNanos()) / NANOS_PER_SECOND;
        lastTick = now;
        // At most one second's worth, so that a pause is not followed by a burst.
        allowance = Math.min(settings.perSecond(), allowance + elapsedSeconds * settings.perSecond());
        while (mayStart() && !retries.isEmpty() && !retries.peek().notBefore().isAfter(now)) {
            send(retries.poll().purchase(), now);
        }
        while (mayStart() && allowance >= 1 && inFlight + retries.size() < OPEN_MAX) {
            allowance--;
            send(shoppers.buy(now), now);
        }
    }

    private boolean mayStart() {
        return !stopping && inFlight < IN_FLIGHT_MAX;
    }

    private void send(DemoPurchase purchase, Instant now) {
        inFlight++;
        sender.send(purchase, now)
                .onComplete(
                        reply -> {
                            inFlight--;
                            take(purchase, reply);
                            completeWhenDrained();
                        },
                        failure -> {
                            inFlight--;
                            // It may have arrived or not: sending it again is safe.
                            keep(purchase, RETRY_AFTER_DEFAULT_S, failure.toString());
                            completeWhenDrained();
                        });
    }

    private void take(DemoPurchase purchase, DemoSender.Reply reply) {
        String said = reply.status() + " " + reply.body();
        if (reply.status() == CREATED) {
            accepted++;
        } else if (reply.status() == OK) {
            duplicates++;
        } else if (reply.status() == TOO_MANY_REQUESTS || reply.status() >= SERVER_ERROR) {
            keep(purchase, seconds(reply.retryAfter()), said);
        } else {
            refused++;
            trouble = said;
        }
    }

    private void keep(DemoPurchase purchase, long seconds, String reason) {
        trouble = reason;
        retries.add(new Retry(purchase, clock.instant().plusSeconds(seconds)));
    }

    private static long seconds(String retryAfter) {
        try {
            return Math.max(RETRY_AFTER_DEFAULT_S, Math.min(RETRY_AFTER_MAX_S, Long.parseLong(retryAfter)));
        } catch (NumberFormatException notSeconds) {
            return RETRY_AFTER_DEFAULT_S;
        }
    }

    private void completeWhenDrained() {
        if (stopping && inFlight == 0) {
            drained.tryComplete();
        }
    }

    private void reportProgress() {
        progress.get()
                .timeout(PROGRESS_MS, TimeUnit.MILLISECONDS)
                .map(now -> String.format(Locale.ROOT, "%d credited, lag %.2f s", now.credited(), now.lagSeconds()))
                .otherwise(failure -> "crediting unknown: " + failure)
                .onSuccess(crediting -> {
                    LOG.info(
                            "demo traffic: {} accepted, {} duplicates, {} refused, {} to be sent again; {}{}",
                            accepted,
                            duplicates,
                            refused,
                            retries.size(),
                            crediting,
                            trouble.isEmpty() ? "" : " (last trouble: " + trouble + ")");
                    trouble = "";
                });
    }
}
