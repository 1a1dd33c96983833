package com.clicknback.crediting;

import com.clicknback.crediting.CreditingStore.Batch;
import com.clicknback.crediting.CreditingStore.Owed;
import com.clicknback.crediting.CreditingStore.Shards;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.Rounds;
import com.clicknback.platform.events.Rounds.Outcome;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds of crediting: each locks shards of the work list, takes their oldest batches and credits them in one
 * transaction. A process alone takes all shards. Processes that meet at the shards take half of them each. After a
 * failure the rounds get smaller until the purchase that fails stands alone; it is set aside, and the others go on.
 */
final class CreditingRounds implements Rounds.Round {
    private static final Logger LOG = LoggerFactory.getLogger(CreditingRounds.class);

    /** Batches of one shard and transaction: all shards together are then the purchases of eight full commits at most. */
    private static final int BATCHES_MAX = 8;

    /** The pause while other processes hold all shards with work. */
    private static final long HELD_MS = 20;

    /** Rounds in which shards are shared after another process was met. */
    private static final int SHARED_ROUNDS = 200;

    private static final int UNLIMITED = Integer.MAX_VALUE;

    /** Purchases of the first small round after a failure. */
    private static final int SMALL_ROUND = 64;

    private final Database database;
    private final BatchCrediting crediting;
    private final Metrics metrics;
    private final CreditTraces traces;
    private int sharedRounds;

    /** Purchases of a round, all from one batch; unlimited unless a failure is being isolated. */
    private int limit = UNLIMITED;

    /** The purchase whose credit has failed alone, until it is set aside. */
    private @Nullable Failed failed;

    private record Failed(Owed purchase, Throwable cause) {}

    CreditingRounds(Database database, BatchCrediting crediting, Metrics metrics, CreditTraces traces) {
        this.database = database;
        this.crediting = crediting;
        this.metrics = metrics;
        this.traces = traces;
    }

    /**
     * The work of one transaction.
     *
     * @param full whether a shard may hold more
     */
    private record Done(Shards shards, int credited, boolean full) {}

    @Override
    public Future<Outcome> run(boolean expectWork) {
        return limit == UNLIMITED ? largeRound() : smallRound();
    }

    private Future<Outcome> largeRound() {
        int shardsMax = sharedRounds > 0 ? CreditingStore.SHARDS / 2 : CreditingStore.SHARDS;
        return database.inTransaction(tx -> CreditingStore.lockShards(tx, shardsMax)
                        .compose(shards -> shards.locked().length == 0
                                ? Future.succeededFuture(new Done(shards, 0, false))
                                : credit(tx, shards)))
                .onComplete(v -> traces.end(null), traces::end)
                .map(done -> {
                    Shards shards = done.shards();
                    boolean metOthers = shards.locked().length < Math.min(shardsMax, shards.waiting());
                    sharedRounds = metOthers ? SHARED_ROUNDS : Math.max(sharedRounds - 1, 0);
                    return outcome(done);
                })
                .recover(failure -> {
                    if (DomainException.isUnavailable(failure)) {
                        return Future.failedFuture(failure);
                    }
                    LOG.warn("crediting failed, going on in small rounds until the cause is found", failure);
                    limit = SMALL_ROUND;
                    return Future.succeededFuture(new Outcome.Full());
                });
    }

    private Future<Done> credit(SqlConnection tx, Shards shards) {
        return CreditingStore.take(tx, shards.locked(), BATCHES_MAX)
                .compose(batches -> batches.isEmpty()
                        ? Future.succeededFuture(new Done(shards, 0, false))
                        : traces.begin(tx, purchases(batches))
                                .compose(traced -> crediting.credit(tx, batches))
                                .map(count -> new Done(shards, count, full(batches, shards))));
    }

    private static List<Owed> purchases(List<Batch> batches) {
        return batches.stream().flatMap(batch -> batch.purchases().stream()).toList();
    }

    private static boolean full(List<Batch> batches, Shards shards) {
        return batches.size() >= BATCHES_MAX * shards.locked().length;
    }

    private Outcome outcome(Done done) {
        metrics.purchasesCredited(done.credited());
        if (done.shards().waiting() == 0) {
            return new Outcome.CaughtUp();
        }
        if (done.shards().locked().length == 0) {
            return new Outcome.Blocked(HELD_MS);
        }
        return done.full() ? new Outcome.Full() : new Outcome.Partial();
    }

    /** Credits the first purchases of the oldest batch; remembers them, in case they fail. */
    private Future<Outcome> smallRound() {
        Attempt attempt = new Attempt();
        return database.inTransaction(tx -> CreditingStore.lockShards(tx, 1)
                        .compose(shards -> shards.locked().length == 0
                                ? Future.succeededFuture(new Done(shards, 0, false))
                                : CreditingStore.takeFirst(tx, shards.locked()[0], limit)
                                        .compose(batch -> attempt.apply(tx, batch.orElse(null)))
                                        .map(count -> new Done(shards, count, true))))
                .onComplete(v -> traces.end(null), traces::end)
                .map(done -> {
                    failed = null;
                    limit = done.shards().waiting() == 0 || limit > SMALL_ROUND ? UNLIMITED : limit * 2;
                    return outcome(done);
                })
                .recover(failure -> DomainException.isUnavailable(failure)
                        ? Future.failedFuture(failure)
                        : attempt.isolate(failure));
    }

    private final class Attempt {
        private List<Owed> purchases = List.of();

        Future<Integer> apply(SqlConnection tx, @Nullable Batch batch) {
            if (batch == null) {
                return Future.succeededFuture(0);
            }
            purchases = batch.purchases();
            Failed before = failed;
            return before != null && purchases.equals(List.of(before.purchase()))
                    ? crediting.setAside(tx, before.purchase(), before.cause()).map(0)
                    : traces.begin(tx, purchases).compose(traced -> crediting.credit(tx, List.of(batch)));
        }

        Future<Outcome> isolate(Throwable failure) {
            if (purchases.size() > 1) {
                limit = purchases.size() / 2;
            } else if (purchases.size() == 1 && failed == null) {
                limit = 1;
                failed = new Failed(purchases.get(0), failure);
            } else {
                return Future.failedFuture(failure);
            }
            return Future.succeededFuture(new Outcome.Full());
        }
    }
}
