package com.clicknback.faults;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A partner's sender: a few workers that send one report after the other, at a bounded rate. As a real sender does, it
 * sends a report again until it is answered 2xx, and forgets it only then; it remembers what was acknowledged as what.
 */
final class Sender implements AutoCloseable {
    private static final int WORKERS = 8;
    private static final long PAUSE_MS = 10;
    private static final long EASY_PAUSE_MS = 60;
    private static final long RESEND_MS = 100;
    private static final Duration WAIT_MAX = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Partner partner;
    private final Supplier<Report> reports;
    private final Supplier<ApiClient> target;
    private final InstantSource clock;
    private final List<Thread> workers = new ArrayList<>();
    private final CountDownLatch finishing = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Map<ReportedPurchase, UUID> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicLong slowestMs = new AtomicLong();
    private volatile boolean disputed;
    private volatile long pauseMs = PAUSE_MS;

    /**
     * @param reports makes the next one, which nobody has seen before
     * @param target the service that the next attempt goes to
     * @param clock signs the time of each attempt
     */
    Sender(Partner partner, Supplier<Report> reports, Supplier<ApiClient> target, InstantSource clock) {
        this.partner = partner;
        this.reports = reports;
        this.target = target;
        this.clock = clock;
    }

    /** From now on the service may find an attempt's time wrong: it is made again like any other that failed. */
    Sender disputed() {
        disputed = true;
        return this;
    }

    /** From now on it leaves most of a small machine to the processes that start meanwhile. */
    Sender easy() {
        pauseMs = EASY_PAUSE_MS;
        return this;
    }

    Sender start() {
        for (int i = 0; i < WORKERS; i++) {
            Thread worker = new Thread(this::work, "sender-" + i);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        return this;
    }

    private void work() {
        try {
            do {
                deliver(reports.get());
            } while (!finishing.await(pauseMs, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            faults.add(e.toString());
        }
    }

    private void deliver(Report report) throws InterruptedException {
        boolean delivered = send(report, true);
        while (!delivered && !closed.await(RESEND_MS, TimeUnit.MILLISECONDS)) {
            delivered = send(report, false);
        }
    }

    /** One attempt; true when it was acknowledged. */
    private boolean send(Report report, boolean first) {
        String path = report.isBatch() ? partner.batchPath() : partner.purchasesPath();
        long startNs = System.nanoTime();
        try {
            Reply reply = target.get()
                    .with(partner.sign(report.text(), clock.instant()))
                    .post(path, report.text());
            return accept(report, reply, first);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof HttpTimeoutException) {
                faults.add("no answer: " + e.getCause());
            }
            broken.incrementAndGet();
            return false;
        } finally {
            slowestMs.accumulateAndGet((System.nanoTime() - startNs) / 1_000_000, Math::max);
        }
    }

    private boolean accept(Report report, Reply reply, boolean first) {
        if (reply.status() == 503) {
            unavailable.incrementAndGet();
            String retryAfter = reply.header("Retry-After");
            if (retryAfter == null || !retryAfter.matches("[0-9]+")) {
                faults.add("503 with Retry-After " + retryAfter);
            }
            return false;
        }
        if (disputed && reply.status() == 401) {
            refused.incrementAndGet();
            return false;
        }
        if (reply.status() != 200 && reply.status() != 201) {
            faults.add(reply.toString());
            return false;
        }
        List<JsonObject> results = report.isBatch()
                ? reply.json().getJsonArray("results").stream()
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of(reply.json());
        boolean repeated = results.stream()
                .anyMatch(result -> Boolean.TRUE.equals(result.getBoolean("duplicate"))
                        || "duplicate".equals(result.getString("result")));
        if (first && repeated) {
            faults.add("a duplicate, though sent only once: " + reply);
        }
        for (int i = 0; i < results.size(); i++) {
            acknowledged.put(
                    report.purchases().get(i), UUID.fromString(results.get(i).getString("id")));
        }
        return true;
    }

    /** The purchases acknowledged so far, each with the id it was acknowledged with. */
    Map<ReportedPurchase, UUID> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** Returns once so many more purchases are acknowledged. */
    void awaitMore(int count) {
        int enough = acknowledged.size() + count;
        Waiting.until(count + " more purchases are acknowledged", WAIT_MAX, POLL, () -> {
            requireNoFault();
            return acknowledged.size() >= enough;
        });
    }

    /** Returns once so many more attempts were answered 503. */
    void awaitUnavailable(int count) {
        awaitMore(count, "answers 503", unavailable);
    }

    /** Returns once so many more attempts were refused for their time. */
    void awaitRefused(int count) {
        awaitMore(count, "answers 401", refused);
    }

    private void awaitMore(int count, String what, AtomicInteger counted) {
        int enough = counted.get() + count;
        Waiting.until(count + " more " + what, WAIT_MAX, POLL, () -> {
            requireNoFault();
            return counted.get() >= enough;
        });
    }

    /** Sends nothing new, and returns once everything that was sent is acknowledged. */
    void finish() {
        finishing.countDown();
        Waiting.until("everything sent is acknowledged", WAIT_MAX, POLL, () -> {
            requireNoFault();
            return workers.stream().noneMatch(Thread::isAlive);
        });
        requireNoFault();
    }

    private void requireNoFault() {
        if (!faults.isEmpty()) {
            throw new AssertionError(faults.size() + " wrong answers, the first: " + faults.peek());
        }
    }

    /** Attempts that were answered 503. */
    int unavailable() {
        return unavailable.get();
    }

    /** Attempts that ended without an answer. */
    int broken() {
        return broken.get();
    }

    /** The time of the slowest attempt until its answer or failure. */
    Duration slowest() {
        return Duration.ofMillis(slowestMs.get());
    }

    @Override
    public void close() {
        finishing.countDown();
        closed.countDown();
    }
}
