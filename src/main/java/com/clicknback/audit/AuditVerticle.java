package com.clicknback.audit;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers the messages about the audit log. {@link AuditTrail} writes its rows. */
public final class AuditVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public AuditVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        bus.<Page<AuditRecord>, AuditLogs.List>answer(
                AuditLogs.List.class, message -> AuditStore.list(database, message));
        return Future.succeededFuture();
    }
}
