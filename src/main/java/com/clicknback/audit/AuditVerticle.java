package com.clicknback.audit;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers questions about the audit log; its rows are written by {@link AuditTrail}. */
public final class AuditVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public AuditVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        bus.answer(
                ListAuditLogs.class,
                message -> AuditStore.list(database, message).map(ListAuditLogs.Listed::new));
        return Future.succeededFuture();
    }
}
