package com.clicknback.platform.http;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The limits and policies of the edge.
 *
 * @param port 0 for any free one
 * @param bodyBytesMax of one request
 * @param inFlightMax requests of this process that may be under way at once
 * @param idleTimeoutS after which a silent connection is closed, and a body must have arrived
 * @param trustedProxies addresses whose X-Forwarded-For is believed
 */
public record HttpSettings(
        String host,
        int port,
        int bodyBytesMax,
        int inFlightMax,
        int idleTimeoutS,
        Set<String> trustedProxies,
        CorsPolicy cors,
        RateLimits rateLimits) {

    /**
     * Which origins browsers may call from.
     *
     * @param originPattern matched against the whole origin; null for none
     */
    public record CorsPolicy(List<String> origins, @Nullable Pattern originPattern) {
        boolean allows(String origin) {
            return origins.contains(origin)
                    || originPattern != null && originPattern.matcher(origin).matches();
        }
    }

    /** Requests per minute and bucket; 0 is unlimited. */
    public record RateLimits(int login, int registration, int refresh, int user, int partner) {}
}
