package com.clicknback.platform.batch;

import static java.util.Objects.requireNonNull;

import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the work that each sender has under way. What is beyond that waits for the sender's own work to end, for a while,
 * and delays nobody else's. Safe for several threads.
 */
public final class Lanes {
    /** Longest wait; work that is overdue is refused, as that of a {@link Batcher} is. */
    private static final long WAIT_MS_MAX = 3_000;

    private final int underWayMax;

    /** Those in use; touched by one thread at a time. */
    private final Map<Object, Lane> lanes = new HashMap<>();

    /** The places of one sender that are taken, and the work that waits for one. */
    private static final class Lane {
        private final ArrayDeque<Waiter> waiters = new ArrayDeque<>(2);
        private int taken;
    }

    /** Work that goes on where it was begun. */
    private record Waiter(Context home, Promise<Void> turn) {
        void begin() {
            home.runOnContext(now -> turn.complete());
        }
    }

    /**
     * @param underWayMax pieces of work of one sender at a time
     */
    public Lanes(int underWayMax) {
        this.underWayMax = underWayMax;
    }

    /** Begins work when its sender has a place for it; fails with {@code OVERLOADED} when it waits too long for one. */
    public <T> Future<T> run(Vertx vertx, Object sender, Supplier<Future<T>> work) {
        Waiter waiter = new Waiter(vertx.getOrCreateContext(), Promise.promise());
        if (entersAtOnce(sender, waiter)) {
            return begun(sender, work);
        }
        long overdue = vertx.setTimer(WAIT_MS_MAX, id -> giveUp(sender, waiter));
        return waiter.turn().future().compose(turn -> {
            vertx.cancelTimer(overdue);
            return begun(sender, work);
        });
    }

    /** Otherwise it waits. */
    private synchronized boolean entersAtOnce(Object sender, Waiter waiter) {
        Lane lane = lanes.computeIfAbsent(sender, first -> new Lane());
        if (lane.taken < underWayMax) {
            lane.taken++;
            return true;
        }
        lane.waiters.add(waiter);
        return false;
    }

    private <T> Future<T> begun(Object sender, Supplier<Future<T>> work) {
        Future<T> result;
        try {
            result = work.get();
        } catch (RuntimeException failure) {
            result = Future.failedFuture(failure);
        }
        return result.onComplete(done -> leave(sender));
    }

    private void leave(Object sender) {
        Waiter next = release(sender);
        if (next != null) {
            next.begin();
        }
    }

    /** The work that has the place from now on; null when none waits. */
    private synchronized @Nullable Waiter release(Object sender) {
        Lane lane = requireNonNull(lanes.get(sender));
        Waiter next = lane.waiters.poll();
        if (next == null && --lane.taken == 0) {
            lanes.remove(sender);
        }
        return next;
    }

    private void giveUp(Object sender, Waiter waiter) {
        if (leaves(sender, waiter)) {
            waiter.turn().fail(DomainException.overloaded());
        }
    }

    /** False when it has been given a place just now. */
    private synchronized boolean leaves(Object sender, Waiter waiter) {
        Lane lane = lanes.get(sender);
        return lane != null && lane.waiters.remove(waiter);
    }
}
