package com.clicknback.statistics;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.stream.EventSource;
import com.clicknback.platform.stream.EventStream;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The open streams of the live statistics, a bounded number of all users and of each, so that nobody has all places; used on
 * any thread.
 */
final class Watchers {
    private static final String EVENT = "live";

    private final int max;
    private final int ofUserMax;

    private final AtomicInteger taken = new AtomicInteger();
    private final Map<UUID, Integer> takenBy = new ConcurrentHashMap<>();
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    Watchers(int max, int ofUserMax) {
        this.max = max;
        this.ofUserMax = ofUserMax;
    }

    boolean any() {
        return !streams.isEmpty();
    }

    void show(Buffer live) {
        streams.forEach(stream -> stream.send(EVENT, live));
    }

    private void take(UUID userId) {
        int own = takenBy.merge(userId, 1, Integer::sum);
        int all = taken.incrementAndGet();
        if (own > ofUserMax) {
            giveBack(userId);
            throw new DomainException(
                    ErrorCode.RATE_LIMITED,
                    "This user follows as many streams as one user may. Close one of them.",
                    DomainException.details("retry_after_seconds", LiveWindow.INTERVAL_SECONDS));
        }
        if (all > max) {
            giveBack(userId);
            throw DomainException.overloaded();
        }
    }

    private void giveBack(UUID userId) {
        taken.decrementAndGet();
        takenBy.computeIfPresent(userId, (user, own) -> own == 1 ? null : own - 1);
    }

    /**
     * Takes a place, which is given back when the stream ends; fails with RATE_LIMITED when the user has no more of them, and
     * with OVERLOADED when nobody has.
     *
     * @param first the event that a new watcher gets at once
     */
    EventSource watch(UUID userId, Supplier<Future<Buffer>> first) {
        take(userId);
        return new EventSource() {
            @Override
            public void open(EventStream stream) {
                streams.add(stream);
                stream.onEnd(() -> {
                    streams.remove(stream);
                    giveBack(userId);
                });
                // Without it the watcher waits for the end of the interval.
                first.get().onSuccess(live -> stream.send(EVENT, live));
            }

            @Override
            public void abandon() {
                giveBack(userId);
            }
        };
    }
}
