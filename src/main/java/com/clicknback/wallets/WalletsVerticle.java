package com.clicknback.wallets;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers for balances and the journal. */
public final class WalletsVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;

    public WalletsVerticle(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @Override
    public Future<?> start() {
        bus.answer(FindWallet.class, request -> WalletStore.find(database, request.userId()));
        bus.<Page<Transaction>, ListTransactions>answer(
                ListTransactions.class, request -> WalletStore.list(database, request));
        return Future.succeededFuture();
    }
}
