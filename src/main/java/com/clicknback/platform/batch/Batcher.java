package com.clicknback.platform.batch;

import static java.util.Objects.requireNonNull;

import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Natural batching: one flush is in flight, or two, and the next takes all items that queued up meanwhile. A single item
 * does not wait, and many share one commit. With two in flight, each would take few of many items: while they come in
 * quickly, a flush waits a moment for more. Runs on the context of the verticle that creates it.
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
    private static final int BESIDE_ANOTHER_MIN = 64;

    /** Items of a flush that tell that the next one gathers quickly. */
    private static final int BUSY_MIN = 16;

    /** Items that share the cost of a flush well enough: it waits for no more. */
    private static final int ENOUGH = 128;

    /** The longest wait for enough items. */
    private static final long GATHER_MS = 4;

    /** Items that were submitted together: refused together, or not at all once the first of them is in a flush. */
    private static final class Group<I, O> {
        private final List<I> items;
        private final List<@Nullable O> verdicts;
        private final Promise<List<O>> answer = Promise.promise();
        private final long sinceNs;
        private @Nullable Throwable failure;
        private int begun;
        private int ended;

        Group(List<I> items, long sinceNs) {
            this.items = items;
            this.verdicts = new ArrayList<>(Collections.nCopies(items.size(), null));
            this.sinceNs = sinceNs;
        }

        boolean isInFlight() {
            return begun > ended;
        }

        Slice<I, O> begin(int max) {
            Slice<I, O> slice = new Slice<>(this, begun, Math.min(items.size(), begun + max));
            begun = slice.to;
            return slice;
        }

        void end(int count) {
            ended += count;
            if (ended < items.size()) {
                return;
            }
            if (failure == null) {
                answer.complete(Collections.unmodifiableList(verdicts));
            } else {
                answer.fail(failure);
            }
        }
    }

    /** The items of a group that are in one flush. */
    private record Slice<I, O>(Group<I, O> group, int from, int to) {
        List<I> items() {
            return group.items.subList(from, to);
        }

        void settle(List<O> flushed, int at) {
            for (int i = from; i < to; i++) {
                group.verdicts.set(i, flushed.get(at + i - from));
            }
            group.end(to - from);
        }

        void fail(Throwable failure) {
            group.failure = failure;
            group.end(to - from);
        }
    }

    private final Vertx vertx;
    private final Context context;
    private final Function<List<I>, Future<List<O>>> flush;
    private final int batchMax;
    private final int queueMax;
    private final long waitNsMax;
    private final int inFlightMax;
    private final ArrayDeque<Group<I, O>> queue = new ArrayDeque<>();
    private final List<Promise<Void>> idleWaiters = new ArrayList<>();
    private volatile int waiting;
    private int inFlight;
    private int lastFlushed;
    private boolean gathering;

    /**
     * @param flush returns one verdict for each item, in order; its failure fails every item of the batch
     * @param batchMax items of one flush
     * @param queueMax items waiting before more are refused
     */
    public Batcher(Vertx vertx, Function<List<I>, Future<List<O>>> flush, int batchMax, int queueMax) {
        this(vertx, flush, batchMax, queueMax, 1, WAIT_MS_MAX);
    }

    private Batcher(
            Vertx vertx,
            Function<List<I>, Future<List<O>>> flush,
            int batchMax,
            int queueMax,
            int inFlightMax,
            int waitMsMax) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.flush = flush;
        this.batchMax = batchMax;
        this.queueMax = queueMax;
        this.inFlightMax = inFlightMax;
        this.waitNsMax = TimeUnit.MILLISECONDS.toNanos(waitMsMax);
    }

    /** The same with two flushes in flight while many items wait, so that one is prepared while the other commits. */
    public static <I, O> Batcher<I, O> ofTwoFlushes(
            Vertx vertx, Function<List<I>, Future<List<O>>> flush, int batchMax, int queueMax) {
        return new Batcher<>(vertx, flush, batchMax, queueMax, 2, WAIT_MS_MAX);
    }

    static <I, O> Batcher<I, O> waiting(
            Vertx vertx, Function<List<I>, Future<List<O>>> flush, int batchMax, int queueMax, int waitMsMax) {
        return new Batcher<>(vertx, flush, batchMax, queueMax, 1, waitMsMax);
    }

    /** Queues one item; fails with {@code OVERLOADED} when the queue is full or the item waits too long. */
    public Future<O> submit(I item) {
        return submitAll(List.of(item)).map(verdicts -> verdicts.get(0));
    }

    /**
     * Queues items that are answered together. Fails with {@code OVERLOADED} when not all find room, or when the first
     * waits too long; no item is in a flush then. Once the first is, all are flushed, however long that takes.
     */
    public Future<List<O>> submitAll(List<I> items) {
        if (waiting + items.size() > queueMax) {
            return Future.failedFuture(DomainException.overloaded());
        }
        if (items.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Group<I, O> group = new Group<>(items, System.nanoTime());
        queue.add(group);
        waiting += items.size();
        flushNext();
        return group.answer.future();
    }

    /** Items that wait for their flush; may be read from any thread. */
    public int depth() {
        return waiting;
    }

    /** Completes once nothing waits and nothing is in flight. */
    public Future<Void> idle() {
        if (inFlight == 0 && queue.isEmpty()) {
            return Future.succeededFuture();
        }
        Promise<Void> waiter = Promise.promise();
        idleWaiters.add(waiter);
        return waiter.future();
    }

    /** Looks at the head only: the queue is in the order of arrival. */
    private void refuseOverdue() {
        long nowNs = System.nanoTime();
        while (!queue.isEmpty() && isOverdue(queue.peek(), nowNs)) {
            Group<I, O> overdue = queue.poll();
            waiting -= overdue.items.size();
            overdue.answer.fail(DomainException.overloaded());
        }
    }

    private boolean isOverdue(Group<I, O> group, long nowNs) {
        return group.begun == 0 && nowNs - group.sinceNs > waitNsMax;
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
        return inFlightMax > 1
                && lastFlushed >= BUSY_MIN
                && waiting < Math.min(ENOUGH, batchMax)
                && !queue.isEmpty()
                && queue.peek().begun == 0;
    }

    private void gather() {
        if (!gathering) {
            gathering = true;
            vertx.setTimer(GATHER_MS, id -> {
                gathering = false;
                flushWaiting();
            });
        }
    }

    private void flushWaiting() {
        if (inFlight >= inFlightMax || inFlight > 0 && waiting < BESIDE_ANOTHER_MIN) {
            return;
        }
        refuseOverdue();
        // The order within a group is its sender's: its rest may not overtake what of it is still in flight.
        if (queue.isEmpty() || queue.peek().isInFlight()) {
            return;
        }
        inFlight++;
        List<Slice<I, O>> batch = new ArrayList<>();
        List<I> items = new ArrayList<>(Math.min(waiting, batchMax));
        while (items.size() < batchMax && !queue.isEmpty()) {
            Slice<I, O> slice = queue.peek().begin(batchMax - items.size());
            batch.add(slice);
            items.addAll(slice.items());
            if (slice.to == slice.group.items.size()) {
                queue.poll();
            }
        }
        waiting -= items.size();
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

    private void settle(List<Slice<I, O>> batch, @Nullable List<O> verdicts, @Nullable Throwable failure) {
        inFlight--;
        int at = 0;
        for (Slice<I, O> slice : batch) {
            if (verdicts != null) {
                slice.settle(verdicts, at);
                at += slice.to - slice.from;
            } else {
                slice.fail(requireNonNull(failure));
            }
        }
        flushNext();
        if (inFlight == 0) {
            idleWaiters.forEach(Promise::complete);
            idleWaiters.clear();
        }
    }
}
