package com.clicknback.platform.tracing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Steps that items of several traces share, such as a commit. Such a step stands in the trace of the first item and links to
 * the others. Runs on one event loop.
 *
 * @param <I> an item; told from others by its identity
 */
public final class SharedSteps<I> {
    private final Vertx vertx;
    private final @Nullable Spans spans;

    /** The traces of items under way; those who bound the items bound this. */
    private final Map<I, String> traces = new IdentityHashMap<>();

    public SharedSteps(Vertx vertx) {
        this.vertx = vertx;
        this.spans = Spans.of(vertx);
    }

    /** Does work on items, and remembers until it ends which trace they belong to. */
    public <T> Future<T> remember(Collection<I> items, Supplier<Future<T>> work) {
        String trace = spans == null ? null : spans.current();
        if (trace == null) {
            return work.get();
        }
        items.forEach(item -> traces.put(item, trace));
        return work.get().onComplete(end -> items.forEach(traces::remove));
    }

    /** The trace of an item, in the form of a {@code traceparent}; null when it is not traced. */
    public @Nullable String of(I item) {
        return traces.get(item);
    }

    /** Does work on items as a step of their traces. */
    public <T> Future<T> share(String name, List<I> items, Supplier<Future<T>> work) {
        List<String> shared = traces.isEmpty()
                ? List.of()
                : items.stream()
                        .map(traces::get)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        if (spans == null || shared.isEmpty()) {
            return work.get();
        }
        Spans.Step step = spans.step(name, shared, items.size());
        Promise<T> done = Promise.promise();
        step.on(vertx.getOrCreateContext()).runOnContext(here -> work.get().onComplete(done));
        return done.future().onComplete(v -> step.end(null), step::end);
    }
}
