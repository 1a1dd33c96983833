package com.clicknback.platform.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** The measurements of held cashback and its release. */
public final class ReleaseMetrics {
    private final MeterRegistry registry;
    private final Counter released;

    ReleaseMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.released = Counter.builder("clicknback.cashback.released")
                .description("Purchases whose held cashback became available")
                .register(registry);
    }

    public void released(int purchases) {
        released.increment(purchases);
    }

    /**
     * Registers what confirmed purchases hold back; called from any thread.
     *
     * @param held purchases whose cashback is confirmed and still pending
     * @param overdueSeconds for which the oldest of them could have been released
     */
    public void register(LongSupplier held, DoubleSupplier overdueSeconds) {
        Gauge.builder("clicknback.cashback.held", held::getAsLong)
                .description("Purchases whose cashback is confirmed and held")
                .register(registry);
        Gauge.builder("clicknback.cashback.release.overdue.seconds", overdueSeconds::getAsDouble)
                .description("Time since the oldest held cashback could have become available")
                .register(registry);
    }
}
