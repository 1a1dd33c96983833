package com.clicknback.platform.batch;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.clicknback.platform.batch.FairQueue.Group;
import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Natural batching: one flush is in flight, or two, and the next takes all items that queued up meanwhile. A single item
 * does not wait, and many share one commit. With two in flight, each would take few of many items: while they come in
 * quickly, a flush waits a moment for more. Senders have their turns, as {@link FairQueue} gives them. Runs on the
 * context of the verticle that creates it.
 *
 * @param <I> an item
 * @param <O> the verdict on one item
 */
public final class Batcher<I, O> {
    /**
     * Longest wait of an item before its flush; an overdue one is refused. It would wait for a whole flush more, most
     * likely on a database that is in trouble.
     */
    private static final int WAIT_MS_MAX = 3_000;

    /** A second flush begins beside the first only when it is worth its commit. */
    private static final int BESIDE_ANOTHER_MIN = 100;

    /** Items of a flush that tell that the next one gathers quickly. */
    private static final int BUSY_MIN = 16;

    /** Items that share the cost of a flush well enough: it waits for no more. */
    private static final int ENOUGH = 160;

    /** The longest wait for enough items. */
    private static final long GATHER_MS = 6;

    /** The sender of all items whose own sender has no line to itself. */
    private static final Object ANYBODY = new Object();

    /**
     * The pace of flushes.
     *
     * @param inFlightMax flushes at a time
     * @param besideMin items that are worth a flush beside another
     * @param gathers whether a flush waits a moment for more items while they come in quickly
     */
    private record Pace(int inFlightMax, int besideMin, boolean gathers) {
        static final Pace ONE_FLUSH = new Pace(1, 1, false);
        static final Pace TWO_FLUSHES = new Pace(2, BESIDE_ANOTHER_MIN, true);
    }

    private final Vertx vertx;
    private final Context context;
    private final Function<List<I>, Future<List<O>>> flush;
    private final int batchMax;
    private final long waitNsMax;
    private final Pace pace;
    private final FairQueue<I, O> queue;
    private final List<Promise<Void>> idleWaiters = new ArrayList<>();
    private int inFlight;
    private int lastFlushed;
    private boolean gathering;

    /**
     * @param flush returns one verdict for each item, in order; its failure fails every item of the batch
     * @param batchMax items of one flush
     * @param queueMax items waiting before more are refused
     */
    public Batcher(Vertx vertx, Function<List<I>, Future<List<O>>> flush, int batchMax, int queueMax) {
        this(vertx, flush, batchMax, queueMax, Pace.ONE_FLUSH, WAIT_MS_MAX);
    }

    private Batcher(
            Vertx vertx,
            Function<List<I>, Future<List<O>>> flush,
            int batchMax,
            int queueMax,
            Pace pace,
            int waitMsMax) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.flush = flush;
        this.batchMax = batchMax;
        this.queue = new FairQueue<>(queueMax);
        this.pace = pace;
        this.waitNsMax = TimeUnit.MILLISECONDS.toNanos(waitMsMax);
    }

    /** The same with two flushes in flight while many items wait, so that one is prepared while the other commits. */
    public static <I, O> Batcher<I, O> ofTwoFlushes(
            Vertx vertx, Function<List<I>, Future<List<O>>> flush, int batchMax, int queueMax) {
        return new Batcher<>(vertx, flush, batchMax, queueMax, Pace.TWO_FLUSHES, WAIT_MS_MAX);
    }

    /** Work that is begun piece by piece, with so many pieces under way. */
    public static <O> Batcher<Supplier<Future<O>>, O> ofSingles(Vertx vertx, int inFlightMax, int queueMax) {
        return new Batcher<>(
                vertx,
                work -> work.get(0).get().map(List::of),
                1,
                queueMax,
                new Pace(inFlightMax, 1, false),
                WAIT_MS_MAX);
    }

    static <I, O> Batcher<I, O> waiting(
            Vertx vertx, Function<List<I>, Future<List<O>>> flush, int batchMax, int queueMax, int waitMsMax) {
        return new Batcher<>(vertx, flush, batchMax, queueMax, Pace.ONE_FLUSH, waitMsMax);
    }

    /** Queues one item; fails with {@code OVERLOADED} when the queue is full or the item waits too long. */
    public Future<O> submit(I item) {
        return submit(null, item);
    }

    /** Queues one item in the line of its sender, as {@link #submitAll} does. */
    public Future<O> submit(@Nullable Object sender, I item) {
        return submitAll(sender, List.of(item)).map(verdicts -> verdicts.get(0));
    }

    /**
     * Queues items that are answered together. Fails with {@code OVERLOADED} when not all find room, when they have to
     * make room for a sender with less, or when the first waits too long; no item is in a flush then. Once the first is,
     * all are flushed, however long that takes.
     *
     * @param sender who has turns of its own; null for one of the others, who share theirs
     */
    public Future<List<O>> submitAll(@Nullable Object sender, List<I> items) {
        if (items.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Promise<List<O>> answer = Promise.promise();
        if (!queue.offer(requireNonNullElse(sender, ANYBODY), new Group<>(items, answer, System.nanoTime()))) {
            return Future.failedFuture(DomainException.overloaded());
        }
        flushNext();
        queue.tellRefused();
        return answer.future();
    }

    /** Items that wait for their flush; may be read from any thread. */
    public int depth() {
        return queue.waiting();
    }

    /** Completes once nothing waits and nothing is in flight. */
    public Future<Void> idle() {
        Promise<Void> waiter = Promise.promise();
        idleWaiters.add(waiter);
        tellIdle();
        return waiter.future();
    }

    private void tellIdle() {
        if (inFlight == 0 && queue.waiting() == 0) {
            idleWaiters.forEach(Promise::complete);
            idleWaiters.clear();
        }
    }

    private void flushNext() {
        if (gathersMore()) {
            gather();
        } else {
            flushWaiting();
        }
    }

    /** The rest of a group that is partly flushed waits for nobody. */
    private boolean gathersMore() {
        int ready = queue.ready();
        return pace.gathers
                && lastFlushed >= BUSY_MIN
                && ready > 0
                && ready < Math.min(ENOUGH, batchMax)
                && !queue.goesOn();
    }

    private void gather() {
        if (!gathering) {
            gathering = true;
            vertx.setTimer(GATHER_MS, id -> {
                gathering = false;
                flushWaiting();
                queue.tellRefused();
                tellIdle();
            });
        }
    }

    private void flushWaiting() {
        int ready = queue.ready();
        if (ready == 0 || inFlight >= pace.inFlightMax || inFlight > 0 && ready < pace.besideMin) {
            return;
        }
        long nowNs = System.nanoTime();
        var batch = queue.take(batchMax, group -> group.isOverdue(nowNs, waitNsMax));
        if (batch.isEmpty()) {
            return;
        }
        inFlight++;
        List<I> items = new ArrayList<>(Math.min(ready, batchMax));
        batch.forEach(slice -> items.addAll(slice.items()));
        lastFlushed = items.size();
        Future<List<O>> flushed;
        try {
            flushed = flush.apply(Collections.unmodifiableList(items));
        } catch (RuntimeException defect) {
            flushed = Future.failedFuture(defect);
        }
        flushed.onComplete(done -> context.runOnContext(v -> settle(batch, done.result(), done.cause())));
        flushNext();
    }

    private void settle(List<FairQueue<I, O>.Slice> batch, @Nullable List<O> verdicts, @Nullable Throwable failure) {
        inFlight--;
        int at = 0;
        for (FairQueue<I, O>.Slice slice : batch) {
            if (verdicts != null) {
                slice.settle(verdicts, at);
                at += slice.size();
            } else {
                slice.fail(requireNonNull(failure));
            }
        }
        flushNext();
        queue.tellRefused();
        tellIdle();
    }
}
