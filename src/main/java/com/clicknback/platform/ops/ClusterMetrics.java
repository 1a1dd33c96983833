package com.clicknback.platform.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** The measurements of the cluster; made only where there is one. */
public final class ClusterMetrics {
    private final MeterRegistry registry;
    private final Counter received;
    private final Counter refused;

    ClusterMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.received = Counter.builder("clicknback.cluster.messages.received")
                .description("Messages of other nodes")
                .register(registry);
        this.refused = Counter.builder("clicknback.cluster.messages.refused")
                .description("Messages on the cluster's port that no node with a known key has written")
                .register(registry);
    }

    /** Registers the number of nodes that this one sees, itself included; called from any thread. */
    public void members(IntSupplier members) {
        Gauge.builder("clicknback.cluster.members", members::getAsInt)
                .description("Nodes of the cluster that this one sees, itself included")
                .register(registry);
    }

    public void received() {
        received.increment();
    }

    public void refused() {
        refused.increment();
    }
}
