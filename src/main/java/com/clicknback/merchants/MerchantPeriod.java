package com.clicknback.merchants;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which a merchant was active with the same default. Purchases of that time earn by it.
 *
 * @param activeFrom null for the beginning of the merchant
 * @param activeUntil null while it lasts
 */
public record MerchantPeriod(
        @Nullable Instant activeFrom, @Nullable Instant activeUntil, long defaultPercentageE4) {}
