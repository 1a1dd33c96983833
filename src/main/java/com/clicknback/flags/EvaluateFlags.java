package com.clicknback.flags;

import com.clicknback.platform.bus.Request;
import java.util.List;
import java.util.UUID;

/**
 * Asks, for each subject, whether a flag resolves to true both for its user and for its merchant (section 7.5 of the
 * HTTP contract); a change by another process shows within a second.
 */
public record EvaluateFlags(String key, List<Subject> subjects) implements Request<EvaluateFlags.Evaluated> {

    /** A user at a merchant. */
    public record Subject(UUID userId, UUID merchantId) {}

    /** One answer for each subject, in order. */
    public record Evaluated(List<Boolean> enabled) {}
}
