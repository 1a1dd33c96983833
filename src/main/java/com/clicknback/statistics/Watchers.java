package com.clicknback.statistics;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.stream.EventSource;
import com.clicknback.platform.stream.EventStream;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The open streams of the live statistics, a bounded number; used on any thread. */
final class Watchers {
    private static final String EVENT = "live";

    private final int max;
    private final AtomicInteger taken = new AtomicInteger();
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    Watchers(int max) {
        this.max = max;
    }

    boolean any() {
        return !streams.isEmpty();
    }

    void show(Buffer live) {
        streams.forEach(stream -> stream.send(EVENT, live));
    }

    /**
     * Takes a place, which is given back when the stream ends; fails with OVERLOADED when there is none.
     *
     * @param first the event that a new watcher gets at once
     */
    EventSource watch(Supplier<Future<Buffer>> first) {
        if (taken.incrementAndGet() > max) {
            taken.decrementAndGet();
            throw DomainException.overloaded();
        }
        return new EventSource() {
            @Override
            public void open(EventStream stream) {
                streams.add(stream);
                stream.onEnd(() -> {
                    streams.remove(stream);
                    taken.decrementAndGet();
                });
                // Without it the watcher waits for the end of the interval.
                first.get().onSuccess(live -> stream.send(EVENT, live));
            }

            @Override
            public void abandon() {
                taken.decrementAndGet();
            }
        };
    }
}
