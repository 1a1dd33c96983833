package com.clicknback.merchants;

import org.jspecify.annotations.Nullable;

/**
 * The way from a click to a merchant, and how long it counts.
 *
 * @param urlTemplate a {@link TrackingUrl}; null while the merchant takes no clicks
 * @param attributionDays days after a click in which a purchase counts as its
 */
public record Tracking(@Nullable String urlTemplate, int attributionDays) {
    static final int ATTRIBUTION_DAYS_MIN = 1;
    static final int ATTRIBUTION_DAYS_MAX = 365;
    static final int ATTRIBUTION_DAYS_DEFAULT = 30;
}
