package com.clicknback.purchases;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers for purchases and decides about them. */
public final class PurchasesVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;
    private final Decisions decisions;

    public PurchasesVerticle(Bus bus, Database database, Decisions decisions) {
        this.bus = bus;
        this.database = database;
        this.decisions = decisions;
    }

    @Override
    public Future<?> start() {
        bus.answer(Purchases.Find.class, this::find);
        bus.<Page<Purchase>, Purchases.List>answer(
                Purchases.List.class, request -> PurchaseStore.list(database, request));
        bus.answer(
                Purchases.FindByExternalId.class,
                request -> PurchaseStore.findByExternalId(database, request.externalId())
                        .map(Purchases.Found::new));
        bus.answer(Purchases.Decide.class, decisions::decide);
        bus.answer(Purchases.Release.class, decisions::release);
        return Future.succeededFuture();
    }

    private Future<Purchase> find(Purchases.Find request) {
        return PurchaseStore.find(database, request.id())
                .map(found -> found.orElseThrow(() -> DomainException.notFound("purchase", request.id())));
    }
}
