package com.clicknback.bench;

import java.io.IOException;
import java.util.Optional;

/** The figures of a run as multiples of its baselines, which is how they are compared between machines. */
final class Ratios {
    static final String SINGLE = "single, closed loop";
    static final String SINGLE_512 = "single, 512 connections";
    static final String BATCHES = "batches of 1,000";

    private final Report report;
    private final Baseline baseline;

    Ratios(Report report, Baseline baseline) {
        this.report = report;
        this.baseline = baseline;
    }

    /** Adds those whose two sides were both measured. */
    void add() throws IOException {
        Optional<Double> single = accepted(SINGLE);
        report.ratio("single accepted", single, baseline.beside(SINGLE), "P");
        report.ratio("single accepted, 512 connections", accepted(SINGLE_512), baseline.beside(SINGLE_512), "P");
        report.ratio("single accepted, against unbatched", single, accepted("U: single, closed loop"), "U");
        report.ratio("sustained and credited", report.number("sustained, purchases/s"), baseline.mean(), "P");
        report.ratio("batches of 1,000, credited", credited(BATCHES), baseline.beside(BATCHES), "P");
        report.ratio("overload accepted", accepted("overload, twice the maximum"), single, "the maximum");
        report.ratio("one connection, p50", p50("one connection"), p50("U: one connection"), "U");
        report.ratio(
                "wallet reads",
                report.find("wallet reads").map(m -> m.result().answeredPerSecond()),
                baseline.mean(),
                "P");
        report.ratio(
                "clicks", report.find("clicks").map(m -> m.result().answeredPerSecond()), single, "single webhooks");
        report.ratio("full table, accepted", accepted("full table: single"), single, "the empty table");
        report.ratio("full table, credited", credited("full table: single"), credited(SINGLE), "the empty table");
    }

    private Optional<Double> accepted(String name) {
        return report.find(name).map(m -> m.result().acceptedPerSecond());
    }

    private Optional<Double> credited(String name) {
        return report.find(name).map(Measurement::creditedPerSecond);
    }

    private Optional<Double> p50(String name) {
        return report.find(name).map(m -> m.result().answered().p50());
    }
}
