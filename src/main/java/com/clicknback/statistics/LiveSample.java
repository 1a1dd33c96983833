package com.clicknback.statistics;

import java.time.Instant;
import java.util.Map;

/**
 * One interval of the live statistics.
 *
 * @param at the end of the interval
 * @param rejections messages of partners, or purchases of their batches, that were rejected in it, by code
 * @param lagSeconds the age of the oldest purchase that is not credited yet, at the end
 * @param queue purchases that wait for their commit, at the end
 */
record LiveSample(
        Instant at,
        long accepted,
        long credited,
        long duplicates,
        Map<String, Long> rejections,
        double lagSeconds,
        int queue) {}
