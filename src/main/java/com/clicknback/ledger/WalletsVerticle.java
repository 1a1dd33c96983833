package com.clicknback.ledger;

import com.clicknback.platform.batch.Batcher;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** Answers the messages about wallets. */
public final class WalletsVerticle extends VerticleBase {
    private static final int WALLETS_PER_QUERY_MAX = 500;

    /** Upper bound on the reads that wait; each belongs to a request that the edge has admitted. */
    private static final int READS_WAITING_MAX = 10_000;

    private final Bus bus;
    private final Database database;
    private final Clock clock;

    public WalletsVerticle(Bus bus, Database database, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        Batcher<UUID, WalletSummary> reads =
                new Batcher<>(vertx, this::findAll, WALLETS_PER_QUERY_MAX, READS_WAITING_MAX);
        bus.answer(Wallets.Find.class, message -> reads.submit(message.userId()));
        bus.<Page<Transaction>, Wallets.ListTransactions>answer(
                Wallets.ListTransactions.class, message -> WalletStore.list(database, message));
        bus.<Page<BalancedTransaction>, Wallets.ListWithBalances>answer(
                Wallets.ListWithBalances.class, message -> WalletStore.list(database, message));
        return Future.succeededFuture();
    }

    private Future<List<WalletSummary>> findAll(List<UUID> userIds) {
        return WalletStore.find(database, new HashSet<>(userIds), clock.instant())
                .map(found -> userIds.stream()
                        .map(id -> found.getOrDefault(id, WalletSummary.NONE))
                        .toList());
    }
}
