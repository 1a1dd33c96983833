package com.clicknback.merchants;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which a merchant was active with the same default and hold. Purchases of that time earn by it.
 *
 * @param activeFrom null for the beginning of the merchant
 * @param activeUntil null while it lasts
 * @param holdDays null where the setting counts
 */
public record MerchantPeriod(
        @Nullable Instant activeFrom,
        @Nullable Instant activeUntil,
        long defaultPercentageE4,
        @Nullable Integer holdDays) {}
