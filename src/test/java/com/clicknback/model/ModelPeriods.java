package com.clicknback.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The times in which something was active; at first it always was. */
final class ModelPeriods {
    private record Period(Instant from, Instant until) {}

    private final List<Period> ended = new ArrayList<>();
    private Instant since = Instant.MIN;
    private boolean active = true;

    boolean isActive() {
        return active;
    }

    boolean wasActive(Instant time) {
        return active && !time.isBefore(since)
                || ended.stream().anyMatch(p -> !time.isBefore(p.from()) && time.isBefore(p.until()));
    }

    void setActive(boolean wanted, Instant now) {
        if (active && !wanted) {
            ended.add(new Period(since, now));
        } else if (wanted && !active) {
            since = now;
        }
        active = wanted;
    }
}
