package com.clicknback.platform.tracing;

import java.net.URI;
import java.util.Map;

/**
 * The way of traces to a collector, and their number.
 *
 * @param endpoint of a collector that takes OTLP over HTTP
 * @param headers sent along, such as a key of the collector
 * @param oneIn traces one request of so many, chosen at random
 * @param followCallers traces the requests that a caller's {@code traceparent} marks as sampled, and of those with
 *     such a header no others
 */
public record TracingSettings(URI endpoint, Map<String, String> headers, int oneIn, boolean followCallers) {
    @Override
    public String toString() {
        return "TracingSettings[" + endpoint + ", 1 in " + oneIn + "]";
    }
}
