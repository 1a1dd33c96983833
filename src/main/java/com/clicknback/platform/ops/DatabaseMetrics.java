package com.clicknback.platform.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** The measurements of what the database does with writes. */
final class DatabaseMetrics {
    private final MeterRegistry registry;
    private final Counter diskRefusals;

    DatabaseMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.diskRefusals = Counter.builder("clicknback.database.disk.refusals")
                .description("Statements that the database refused because its disk is full or fails")
                .register(registry);
    }

    /**
     * Registers whether an acknowledged write survives the loss of the database's server, and for how long the oldest
     * commit waits for that; called from any thread.
     */
    void durability(BooleanSupplier standbyInStep, IntSupplier commitSeconds) {
        Gauge.builder("clicknback.database.commit.wait.seconds", commitSeconds::getAsInt)
                .description("Age of the oldest commit that waits for a standby")
                .register(registry);
        Gauge.builder("clicknback.database.survives.failover", () -> standbyInStep.getAsBoolean() ? 1 : 0)
                .description("1 when a fail-over loses nothing that was acknowledged")
                .register(registry);
    }

    void diskRefusal() {
        diskRefusals.increment();
    }
}
