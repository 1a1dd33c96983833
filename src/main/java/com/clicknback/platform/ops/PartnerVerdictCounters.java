package com.clicknback.platform.ops;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The counters of what partners sent and was accepted or known, by label of the partner. */
final class PartnerVerdictCounters {
    private static final String NAME = "clicknback.partner.verdicts";

    private final MeterRegistry registry;

    /** Looking a counter up in the registry costs much more. */
    private final Map<String, Pair> byLabel = new ConcurrentHashMap<>();

    PartnerVerdictCounters(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Pair(Counter accepted, Counter duplicates) {}

    void add(String label, int accepted, int duplicates) {
        Pair counted = byLabel.computeIfAbsent(
                label, partner -> new Pair(counter(partner, Reading.ACCEPTED), counter(partner, Reading.DUPLICATE)));
        counted.accepted().increment(accepted);
        counted.duplicates().increment(duplicates);
    }

    private Counter counter(String label, String outcome) {
        return Counter.builder(NAME)
                .description("Messages of partners, or purchases of their batches, that were accepted or known")
                .tag("partner", label)
                .tag("outcome", outcome)
                .register(registry);
    }

    /**
     * Reads these counters, and those of rejections.
     *
     * @param rejections the name of the counters that have a code for an outcome
     */
    Map<Reading.Verdict, Long> read(String rejections) {
        Map<Reading.Verdict, Long> verdicts = new HashMap<>();
        registry.find(NAME).counters().forEach(counter -> note(verdicts, counter, "outcome"));
        registry.find(rejections).counters().forEach(counter -> note(verdicts, counter, "code"));
        return verdicts;
    }

    private static void note(Map<Reading.Verdict, Long> verdicts, Counter counter, String outcome) {
        Reading.Verdict verdict = new Reading.Verdict(
                requireNonNull(counter.getId().getTag("partner")),
                requireNonNull(counter.getId().getTag(outcome)));
        verdicts.put(verdict, (long) counter.count());
    }
}
