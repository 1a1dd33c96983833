package com.clicknback.platform.security;

import com.clicknback.platform.errors.DomainException;
import io.github.bucket4j.Bucket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each event that concerns security, under a logger of its own. Its fields are names, ids and addresses:
 * never a password, a token or an address of mail. An attack cannot fill a disk: the rate of lines is bounded, and the
 * next line tells how many were left out.
 */
public final class SecurityLog {
    public static final String NAME = "com.clicknback.security";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);
    private static final int LINES_AT_ONCE_MAX = 100;
    private static final int LINES_PER_SECOND_MAX = 10;

    private final AtomicLong suppressed = new AtomicLong();
    private final Bucket lines = Bucket.builder()
            .addLimit(limit ->
                    limit.capacity(LINES_AT_ONCE_MAX).refillGreedy(LINES_PER_SECOND_MAX, Duration.ofSeconds(1)))
            .build();

    /**
     * The request that an event is about.
     *
     * @param userId the authenticated user, or null
     * @param partnerId the partner that the path names, which need not exist, or null
     */
    public record Origin(
            String operation,
            InetAddress client,
            @Nullable UUID userId,
            @Nullable UUID partnerId,
            String requestId) {}

    /** Notes a refusal if it concerns security. */
    public void refused(DomainException refusal, Origin origin) {
        String event = eventOf(refusal);
        if (event == null) {
            return;
        }
        Enum<?> finer = refusal.reason();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("reason", (finer == null ? refusal.code() : finer).name().toLowerCase(Locale.ROOT));
        fields.put("operation", origin.operation());
        fields.put("client", origin.client().getHostAddress());
        fields.put("user", origin.userId());
        fields.put("partner", origin.partnerId());
        fields.put("request", origin.requestId());
        write(Level.WARN, event, fields);
    }

    private static @Nullable String eventOf(DomainException refusal) {
        return switch (refusal.code()) {
            case INVALID_CREDENTIALS, USER_INACTIVE -> "login_failed";
            case WRONG_PASSWORD -> "password_change_failed";
            case FORBIDDEN -> "call_forbidden";
            case INVALID_SIGNATURE, SIGNATURE_EXPIRED -> "signature_refused";
            case TOKEN_REVOKED -> "refresh_token_refused";
            case RATE_LIMITED -> "limit_hit";
            default -> null;
        };
    }

    /** Notes a change that is on record in the audit log. */
    public void changed(String event, String resourceType, String resourceId, String cause) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(resourceType, resourceId);
        fields.put("request", cause);
        write(Level.INFO, event, fields);
    }

    /** Notes that somebody has tried a signature without sending it. */
    public void signatureTested(UUID partnerId, @Nullable UUID userId, String requestId, boolean accepted) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("reason", accepted ? "accepted" : "refused");
        fields.put("user", userId);
        fields.put("partner", partnerId);
        fields.put("request", requestId);
        write(Level.INFO, "signature_tested", fields);
    }

    private void write(Level level, String event, Map<String, @Nullable Object> fields) {
        if (!lines.tryConsume(1)) {
            suppressed.incrementAndGet();
            return;
        }
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("event", event);
        fields.forEach((name, value) -> {
            if (value != null) {
                known.put(name, value.toString());
            }
        });
        long leftOut = suppressed.getAndSet(0);
        if (leftOut > 0) {
            known.put("suppressed", leftOut);
        }
        LoggingEventBuilder line = LOG.atLevel(level);
        known.forEach(line::addKeyValue);
        line.log(known.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(" ")));
    }
}
