package com.clicknback.platform.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** The measurements of clicks. */
public final class ClickMetrics {
    private final MeterRegistry registry;
    private final Counter made;
    private final Counter deleted;

    ClickMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.made = Counter.builder("clicknback.clicks.made")
                .description("Clicks of users that were stored")
                .register(registry);
        this.deleted = Counter.builder("clicknback.clicks.deleted")
                .description("Clicks that were deleted because of their age")
                .register(registry);
    }

    public void made(int count) {
        made.increment(count);
    }

    public void deleted(int count) {
        deleted.increment(count);
    }

    /**
     * Counts a click that somebody followed.
     *
     * @param outcome found, or the code of the refusal
     */
    public void followed(String outcome) {
        Counter.builder("clicknback.clicks.followed")
                .description("Clicks that somebody followed")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** Registers the number of clicks that wait for their commit; called from any thread. */
    public void queueDepth(IntSupplier depth) {
        Gauge.builder("clicknback.click.queue.depth", depth::getAsInt)
                .description("Clicks that wait for their commit")
                .register(registry);
    }
}
