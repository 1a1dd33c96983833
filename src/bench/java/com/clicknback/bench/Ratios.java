package com.clicknback.bench;

import java.io.IOException;
import java.util.Optional;

/** The figures of a run as multiples of its baselines, which is how they are compared between machines. */
final class Ratios {
    private final Report report;
    private final Optional<Double> pgbench;

    /**
     * @param pgbench transactions a second; empty when the run did not measure them
     */
    Ratios(Report report, Optional<Double> pgbench) {
        this.report = report;
        this.pgbench = pgbench;
    }

    /** Adds those whose two sides were both measured. */
    void add() throws IOException {
        Optional<Double> single = accepted("single, closed loop");
        report.ratio("single accepted", single, pgbench, "P");
        report.ratio("single accepted, 512 connections", accepted("single, 512 connections"), pgbench, "P");
        report.ratio("single accepted, against unbatched", single, accepted("U: single, closed loop"), "U");
        report.ratio("sustained and credited", report.number("sustained, purchases/s"), pgbench, "P");
        report.ratio("batches of 1,000, credited", credited("batches of 1,000"), pgbench, "P");
        report.ratio("overload accepted", accepted("overload, twice the maximum"), single, "the maximum");
        report.ratio("one connection, p50", p50("one connection"), p50("U: one connection"), "U");
        report.ratio(
                "wallet reads", report.find("wallet reads").map(m -> m.result().answeredPerSecond()), pgbench, "P");
        report.ratio(
                "clicks", report.find("clicks").map(m -> m.result().answeredPerSecond()), single, "single webhooks");
        report.ratio("full table, accepted", accepted("full table: single"), single, "the empty table");
        report.ratio(
                "full table, credited",
                credited("full table: single"),
                credited("single, closed loop"),
                "the empty table");
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
