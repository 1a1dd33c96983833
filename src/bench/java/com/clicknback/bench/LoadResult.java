package com.clicknback.bench;

import java.util.Map;

/**
 * The generator's observations of one phase.
 *
 * @param acceptedPerSecond purchases answered 201, or accepted within a batch, before the phase's time was up
 * @param answeredPerSecond requests answered 2xx before the phase's time was up
 * @param accepted purchases, those answered after the time was up included
 * @param duplicates purchases that were known already
 * @param refused requests answered 429 or 503
 * @param failures requests that got another answer or none, by what they got
 * @param answered how long requests that were answered 2xx took; at a fixed rate, from the time they were due
 * @param refusals how long requests took that were refused
 * @param backlog requests that were due and never sent, all connections being busy
 */
record LoadResult(
        double acceptedPerSecond,
        double answeredPerSecond,
        long accepted,
        long duplicates,
        long refused,
        Map<String, Integer> failures,
        Latency answered,
        Latency refusals,
        long backlog) {

    /** Percentiles in milliseconds. */
    record Latency(double p50, double p99, double p999, double max) {}
}
