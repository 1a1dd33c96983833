package com.clicknback.partners;

import com.clicknback.partners.SecretStore.Expiring;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once an hour for secrets that end soon though their partner still signs with them, or has no other: so that
 * somebody adds another one before its messages are refused.
 */
final class ExpiringSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiringSecrets.class);
    private static final Duration AHEAD = Duration.ofDays(14);

    /** Without a use for so long, a secret has been left behind. */
    private static final Duration IN_USE = Duration.ofDays(7);

    private static final Duration TOLD_EVERY = Duration.ofDays(1);
    private static final long INTERVAL_MS = 3_600_000;

    /** The metric ends here, and so do the lines of one look. */
    private static final int FOUND_MAX = 100;

    private final Database database;
    private final Clock clock;
    private final Map<UUID, Instant> told = new HashMap<>();
    private volatile int count;

    ExpiringSecrets(Database database, Clock clock, Metrics metrics) {
        this.database = database;
        this.clock = clock;
        metrics.partnerSecretsExpiring(() -> count);
    }

    /** Runs on the context of the verticle that calls this. */
    void start(Vertx vertx) {
        look();
        vertx.setPeriodic(INTERVAL_MS, timer -> look());
    }

    /** Never fails: the next look finds the same. */
    Future<Void> look() {
        Instant now = clock.instant();
        return SecretStore.findExpiring(database, now, now.plus(AHEAD), now.minus(IN_USE), FOUND_MAX)
                .map(found -> {
                    count = found.size();
                    tell(found, now);
                    return null;
                })
                .recover(failure -> {
                    LOG.warn("secrets of partners that end soon were not looked for: {}", failure.toString());
                    return Future.succeededFuture();
                })
                .mapEmpty();
    }

    private void tell(List<Expiring> found, Instant now) {
        told.values().removeIf(before -> before.isBefore(now.minus(TOLD_EVERY)));
        for (Expiring one : found) {
            if (told.putIfAbsent(one.id(), now) == null) {
                LOG.warn(
                        "secret {} of partner {} ends at {} and was last used at {}: add another one",
                        one.id(),
                        one.partnerId(),
                        one.expiresAt(),
                        one.lastUsedAt());
            }
        }
    }
}
