package com.clicknback.partners;

import com.clicknback.partners.DeliveryLog.Waiting;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records deliveries behind the answers, one write at a time. A write that fails is given up: nothing depends on it. */
public final class DeliveryWriter {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWriter.class);
    private static final long INTERVAL_MS = 500;

    private final Database database;
    private final DeliveryLog log;
    private final int kept;
    private Future<Void> latest = Future.succeededFuture();

    /**
     * @param kept deliveries of each partner and kind that stay on record
     */
    public DeliveryWriter(Database database, DeliveryLog log, int kept) {
        this.database = database;
        this.log = log;
        this.kept = kept;
    }

    /** Runs on the context of the verticle that calls this. */
    void start(Vertx vertx) {
        vertx.setPeriodic(INTERVAL_MS, timer -> write());
    }

    /** Records everything that was added before this call; never fails. */
    Future<Void> write() {
        latest = latest.compose(idle -> {
                    List<Waiting> drained = log.drain();
                    return drained.isEmpty() || kept == 0
                            ? Future.succeededFuture()
                            : DeliveryStore.insert(database, drained)
                                    .compose(inserted -> DeliveryStore.prune(database, drained, kept));
                })
                .recover(failure -> {
                    LOG.warn("deliveries of partners were not recorded: {}", failure.toString());
                    return Future.succeededFuture();
                });
        return latest;
    }
}
