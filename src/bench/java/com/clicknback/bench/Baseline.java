package com.clicknback.bench;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * P in the course of a run: measured before the first phase that is compared with it, and after each. A machine that becomes
 * faster or slower meanwhile changes a phase and the two measurements beside it alike.
 */
final class Baseline {
    private final Optional<Pgbench> pgbench;
    private final List<Double> taken = new ArrayList<>();
    private final Map<String, Double> beside = new HashMap<>();

    private Baseline(Optional<Pgbench> pgbench) {
        this.pgbench = pgbench;
    }

    static Baseline on(Address database) throws IOException, InterruptedException {
        return new Baseline(Pgbench.on(database));
    }

    /** Nothing to compare with: for a run without P. */
    static Baseline none() {
        return new Baseline(Optional.empty());
    }

    /** Measures P now. The service must be at rest. */
    void measure() throws IOException, InterruptedException {
        if (pgbench.isPresent()) {
            taken.add(pgbench.get().measure());
        }
    }

    /** Measures P after a phase that is compared with it. */
    void measureAfter(String phase) throws IOException, InterruptedException {
        measure();
        int last = taken.size() - 1;
        if (last > 0) {
            beside.put(phase, (taken.get(last - 1) + taken.get(last)) / 2);
        }
    }

    /** All that was measured, transactions a second. */
    List<Long> taken() {
        return taken.stream().map(Math::round).toList();
    }

    /** P for a phase: the mean of the measurements before and after it. */
    Optional<Double> beside(String phase) {
        return Optional.ofNullable(beside.get(phase));
    }

    /** P for phases that are compared with the whole run: the mean of all. */
    Optional<Double> mean() {
        return taken.isEmpty()
                ? Optional.empty()
                : Optional.of(taken.stream().mapToDouble(Double::doubleValue).sum() / taken.size());
    }
}
