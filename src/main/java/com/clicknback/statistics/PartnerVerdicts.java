package com.clicknback.statistics;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on what one partner sent.
 *
 * @param partnerId null for all partners that are not counted by themselves
 * @param rejections by code
 */
record PartnerVerdicts(@Nullable UUID partnerId, long accepted, long duplicates, Map<String, Long> rejections) {

    long total() {
        return accepted
                + duplicates
                + rejections.values().stream().mapToLong(Long::longValue).sum();
    }
}
