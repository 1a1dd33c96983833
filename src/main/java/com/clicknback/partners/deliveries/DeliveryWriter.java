package com.clicknback.partners.deliveries;

import com.clicknback.partners.deliveries.DeliveryLog.Drained;
import com.clicknback.partners.deliveries.DeliveryLog.Waiting;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records deliveries behind the answers, one write at a time, and once a minute that a secret is in use. A write that fails
 * is given up: nothing depends on it.
 */
public final class DeliveryWriter {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWriter.class);
    private static final long INTERVAL_MS = 500;
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final DeliveryLog log;
    private final int kept;
    private final Map<UUID, Instant> noted = new HashMap<>();
    private Function<List<SecretUse>, Future<Void>> noting = none -> Future.succeededFuture();
    private Future<Void> latest = Future.succeededFuture();

    /**
     * @param kept deliveries of each partner and kind that stay on record
     */
    public DeliveryWriter(Database database, DeliveryLog log, int kept) {
        this.database = database;
        this.log = log;
        this.kept = kept;
    }

    /**
     * Runs on the context of the verticle that calls this.
     *
     * @param uses notes when secrets were used, the latest of each
     */
    public void start(Vertx vertx, Function<List<SecretUse>, Future<Void>> uses) {
        noting = uses;
        vertx.setPeriodic(INTERVAL_MS, timer -> write());
    }

    /** Records everything that was added before this call; never fails. */
    public Future<Void> write() {
        latest = latest.compose(idle -> {
                    Drained drained = log.drain();
                    return record(drained.deliveries()).compose(recorded -> note(drained.uses()));
                })
                .recover(failure -> {
                    LOG.warn("deliveries of partners were not recorded: {}", failure.toString());
                    return Future.succeededFuture();
                });
        return latest;
    }

    private Future<Void> record(List<Waiting> deliveries) {
        return deliveries.isEmpty() || kept == 0
                ? Future.succeededFuture()
                : DeliveryStore.insert(database, deliveries)
                        .compose(inserted -> DeliveryStore.prune(database, deliveries, kept));
    }

    /** Notes the uses of secrets of which none was noted in the last minute. */
    private Future<Void> note(List<SecretUse> uses) {
        List<SecretUse> due = uses.stream()
                .filter(use -> {
                    Instant before = noted.get(use.secretId());
                    return before == null || !use.at().isBefore(before.plus(NOTED_EVERY));
                })
                .toList();
        if (due.isEmpty()) {
            return Future.succeededFuture();
        }
        Instant newest =
                due.stream().map(SecretUse::at).max(Comparator.naturalOrder()).orElseThrow();
        noted.values().removeIf(before -> before.isBefore(newest.minus(NOTED_EVERY)));
        due.forEach(use -> noted.put(use.secretId(), use.at()));
        return noting.apply(due);
    }

    /** Reads a page of what a partner has sent lately, what has just arrived included. */
    public Future<Page<PartnerDelivery>> list(UUID partnerId, @Nullable DeliveryOutcome outcome, PageRequest page) {
        return write().compose(written -> DeliveryStore.list(database, partnerId, outcome, page));
    }
}
