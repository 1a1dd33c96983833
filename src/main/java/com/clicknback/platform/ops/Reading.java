package com.clicknback.platform.ops;

import java.util.Map;

/**
 * The counters of a process since its start, and two of its gauges.
 *
 * @param creditingLagSeconds the age of the oldest purchase of the database that is not credited yet
 * @param ingestQueue purchases of this process that wait for their commit
 * @param verdicts on what partners sent, by partner and outcome; a rejected purchase of a batch counts by itself
 */
public record Reading(
        long accepted,
        long duplicates,
        long credited,
        double creditingLagSeconds,
        int ingestQueue,
        Map<Verdict, Long> verdicts) {
    public static final String ACCEPTED = "accepted";
    public static final String DUPLICATE = "duplicate";

    public Reading {
        verdicts = Map.copyOf(verdicts);
    }

    /**
     * A partner and an outcome.
     *
     * @param partner its id, or {@code other} for one without a label of its own
     * @param outcome {@link #ACCEPTED}, {@link #DUPLICATE} or the code of a rejection
     */
    public record Verdict(String partner, String outcome) {
        public boolean isRejection() {
            return !outcome.equals(ACCEPTED) && !outcome.equals(DUPLICATE);
        }
    }
}
