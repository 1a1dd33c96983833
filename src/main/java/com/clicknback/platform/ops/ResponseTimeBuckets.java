package com.clicknback.platform.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Counts in buckets how long requests take, from their head to the end of their answer, by operation and status. */
final class ResponseTimeBuckets implements MeterFilter {
    private static final String RESPONSE_TIME = "vertx.http.server.response.time";

    private static final double[] BUCKETS_MS = {1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000};

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        if (!id.getName().equals(RESPONSE_TIME)) {
            return config;
        }
        double[] nanos = Arrays.stream(BUCKETS_MS)
                .map(ms -> ms * TimeUnit.MILLISECONDS.toNanos(1))
                .toArray();
        return DistributionStatisticConfig.builder()
                .serviceLevelObjectives(nanos)
                .build()
                .merge(config);
    }
}
