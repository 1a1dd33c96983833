package com.clicknback.platform.http;

import com.clicknback.platform.http.HttpSettings.RateLimits;
import com.clicknback.platform.intake.RateLimiter;
import com.clicknback.platform.intake.SharedTokens;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rate limits, each with its buckets. */
public final class Limits {
    private final RateLimiter login;
    private final RateLimiter registration;
    private final RateLimiter refresh;
    private final RateLimiter publicReads;
    private final RateLimiter user;
    private final RateLimiter clicks;
    private final RateLimiter partner;

    public Limits(RateLimits perMinute, Clock clock, SharedTokens shared) {
        login = shared.limit("login", perMinute.login(), clock);
        registration = shared.limit("registration", perMinute.registration(), clock);
        refresh = shared.limit("refresh", perMinute.refresh(), clock);
        publicReads = shared.limit("public_reads", perMinute.publicReads(), clock);
        user = shared.limit("user", perMinute.user(), clock);
        clicks = shared.limit("clicks", perMinute.clicks(), clock);
        partner = shared.limit("partner", perMinute.partner(), clock);
    }

    /** The limit for each client address of an operation, or null when it has none. */
    @Nullable
    RateLimiter ofAddress(String operationId) {
        return switch (operationId) {
            case "login", "openBrowserSession" -> login;
            case "registerUser" -> registration;
            case "refreshTokens", "logout", "refreshBrowserSession", "closeBrowserSession" -> refresh;
            case "followClick", "getReceiptKeys" -> publicReads;
            default -> null;
        };
    }

    /** Counts a call of a user; throws {@code RATE_LIMITED} beyond the limit of all calls or of the operation. */
    void takeOfUser(UUID userId, String operationId) {
        user.take(userId);
        if (operationId.equals("createClick")) {
            clicks.take(userId);
        }
    }

    RateLimiter partner() {
        return partner;
    }
}
