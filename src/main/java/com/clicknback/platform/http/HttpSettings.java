package com.clicknback.platform.http;

import com.clicknback.platform.address.Network;
import com.clicknback.platform.address.Origin;
import com.clicknback.platform.address.OwnNames;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/**
 * The limits and policies of the edge.
 *
 * @param names that the API answers to; null for all
 */
public record HttpSettings(
        Server server, CorsPolicy cors, @Nullable OwnNames names) {

    /**
     * The address of the API, and its limits.
     *
     * @param host null for what the rest of the settings asks for
     * @param port 0 for any free one
     * @param bodyBytesMax of one request
     * @param bodyBudgetBytes of all bodies that arrive or wait
     * @param bodiesArrivingMax bodies that may arrive at once
     * @param bodyBytesPerSecondMin on the average, after some seconds
     * @param connectionsMax that are open at once
     * @param inFlightMax requests of this process that may be under way at once
     * @param idleTimeoutSeconds after which a silent connection is closed, and a body must have arrived
     * @param trustedProxies networks whose X-Forwarded-For is believed
     */
    public record Server(
            @Nullable String host,
            @Range(min = 0, max = 65_535) int port,
            @Range(min = 1_024, max = 64 * 1024 * 1024) int bodyBytesMax,
            @Range(min = 65_536, max = 2_000_000_000) int bodyBudgetBytes,
            @Range(min = 1, max = 1_000_000) int bodiesArrivingMax,
            @Range(min = 0, max = 1_000_000) int bodyBytesPerSecondMin,
            @Range(min = 1, max = 1_000_000) int connectionsMax,
            @Range(min = 1, max = 1_000_000) int inFlightMax,
            @Range(min = 1, max = 315_360_000) int idleTimeoutSeconds,

            @NotNull(message = "a comma-separated list of IP addresses and networks like 10.0.0.0/8")
            List<Network> trustedProxies) {}

    /**
     * The origins that browsers may call from.
     *
     * @param allowedOriginPattern matched against the whole origin; null for none
     */
    public record CorsPolicy(
            @NotNull(message = "a comma-separated list of origins like https://shop.example")
            List<Origin> allowedOrigins,

            @Nullable Pattern allowedOriginPattern) {
        boolean allows(String origin) {
            return allowedOrigins.contains(new Origin(origin))
                    || allowedOriginPattern != null
                            && allowedOriginPattern.matcher(origin).matches();
        }
    }

    /**
     * Requests per minute and bucket; 0 is unlimited.
     *
     * @param account wrong passwords of one account, whoever sends them
     */
    public record RateLimits(
            @Range(min = 0, max = 1_000_000) int login,
            @Range(min = 0, max = 1_000_000) int account,
            @Range(min = 0, max = 1_000_000) int registration,
            @Range(min = 0, max = 1_000_000) int refresh,
            @Range(min = 0, max = 1_000_000) int publicReads,
            @Range(min = 0, max = 1_000_000) int user,
            @Range(min = 0, max = 1_000_000) int clicks,
            @Range(min = 0, max = 1_000_000) int partner) {}
}
