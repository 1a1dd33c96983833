package com.clicknback.platform.batch;

import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Natural batching: one flush is in flight, and the next takes all items that queued up meanwhile. A single item does
 * not wait, and many share one commit. Runs on the context of the verticle that creates it.
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

    private record Waiting<I, O>(I item, Promise<O> verdict, Group group) {}

    /** Items that were submitted together: refused together, or not at all once the first of them is in a flush. */
    private static final class Group {
        private final long sinceNs;
        private boolean begun;

        Group(long sinceNs) {
            this.sinceNs = sinceNs;
        }
    }

    private final Context context;
    private final Function<List<I>, Future<List<O>>> flush;
    private final int batchMax;
    private final int queueMax;
    private final long waitNsMax;
    private final ArrayDeque<Waiting<I, O>> queue = new ArrayDeque<>();
    private final List<Promise<Void>> idleWaiters = new ArrayList<>();
    private volatile int depth;
    private boolean inFlight;

    /**
     * @param flush returns one verdict for each item, in order; its failure fails every item of the batch
     * @param batchMax items of one flush
     * @param queueMax items waiting before more are refused
     */
    public Batcher(Vertx vertx, Function<List<I>, Future<List<O>>> flush, int batchMax, int queueMax) {
        this(vertx, flush, batchMax, queueMax, WAIT_MS_MAX);
    }

    Batcher(Vertx vertx, Function<List<I>, Future<List<O>>> flush, int batchMax, int queueMax, int waitMsMax) {
        this.context = vertx.getOrCreateContext();
        this.flush = flush;
        this.batchMax = batchMax;
        this.queueMax = queueMax;
        this.waitNsMax = TimeUnit.MILLISECONDS.toNanos(waitMsMax);
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
        if (queue.size() + items.size() > queueMax) {
            return Future.failedFuture(DomainException.overloaded());
        }
        Group group = new Group(System.nanoTime());
        List<Future<O>> verdicts = new ArrayList<>(items.size());
        for (I item : items) {
            Promise<O> verdict = Promise.promise();
            queue.add(new Waiting<>(item, verdict, group));
            verdicts.add(verdict.future());
        }
        depth = queue.size();
        flushNext();
        return items.size() == 1
                ? verdicts.get(0).map(List::of)
                : Future.join(verdicts).map(all -> all.list());
    }

    /** Items that wait for their flush; may be read from any thread. */
    public int depth() {
        return depth;
    }

    /** Completes once nothing waits and nothing is in flight. */
    public Future<Void> idle() {
        if (!inFlight && queue.isEmpty()) {
            return Future.succeededFuture();
        }
        Promise<Void> waiter = Promise.promise();
        idleWaiters.add(waiter);
        return waiter.future();
    }

    /** Looks at the head only: the queue is in the order of arrival. */
    private void refuseOverdue() {
        long nowNs = System.nanoTime();
        while (!queue.isEmpty() && isOverdue(queue.peek().group(), nowNs)) {
            queue.poll().verdict().fail(DomainException.overloaded());
        }
        depth = queue.size();
    }

    private boolean isOverdue(Group group, long nowNs) {
        return !group.begun && nowNs - group.sinceNs > waitNsMax;
    }

    private void flushNext() {
        if (inFlight) {
            return;
        }
        refuseOverdue();
        if (queue.isEmpty()) {
            return;
        }
        inFlight = true;
        List<Waiting<I, O>> batch = new ArrayList<>(Math.min(queue.size(), batchMax));
        while (batch.size() < batchMax && !queue.isEmpty()) {
            Waiting<I, O> next = queue.poll();
            next.group().begun = true;
            batch.add(next);
        }
        depth = queue.size();
        List<I> items = batch.stream().map(Waiting::item).toList();
        Future<List<O>> flushed;
        try {
            flushed = flush.apply(items);
        } catch (RuntimeException defect) {
            flushed = Future.failedFuture(defect);
        }
        flushed.onComplete(done -> context.runOnContext(v -> settle(batch, done.result(), done.cause())));
    }

    private void settle(List<Waiting<I, O>> batch, @Nullable List<O> verdicts, @Nullable Throwable failure) {
        inFlight = false;
        for (int i = 0; i < batch.size(); i++) {
            Promise<O> verdict = batch.get(i).verdict();
            if (verdicts != null) {
                verdict.complete(verdicts.get(i));
            } else {
                verdict.fail(failure);
            }
        }
        flushNext();
        if (!inFlight) {
            idleWaiters.forEach(Promise::complete);
            idleWaiters.clear();
        }
    }
}
