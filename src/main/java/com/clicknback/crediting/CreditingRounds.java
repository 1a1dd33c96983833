package com.clicknback.crediting;

import com.clicknback.crediting.CreditingStore.Batch;
import com.clicknback.crediting.CreditingStore.Owed;
import com.clicknback.crediting.CreditingStore.Shards;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.events.Isolation;
import com.clicknback.platform.events.Rounds;
import com.clicknback.platform.events.Rounds.Outcome;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds of crediting: each locks shards of the work list, takes their oldest batches and credits them in one
 * transaction. A process alone takes all shards; behind a backlog two transactions at once take much of one shard each.
 * Processes that meet at the shards take half of them each. After a failure the rounds get smaller until the purchase
 * that fails stands alone; it is set aside, and the others go on.
 */
final class CreditingRounds implements Rounds.Round {
    private static final Logger LOG = LoggerFactory.getLogger(CreditingRounds.class);

    /** Transactions at once behind a backlog: they use two cores. */
    private static final int AT_ONCE = 2;

    /** The pause while other processes hold all shards with work. */
    private static final long HELD_MS = 20;

    /** Rounds in which shards are shared after another process was met. */
    private static final int SHARED_ROUNDS = 200;

    private static final int UNLIMITED = Integer.MAX_VALUE;

    /** Looks that find no locked wallet before nobody looks any more. */
    private static final int LOOKS = 100;

    /** Purchases of the first small round after a failure. */
    private static final int SMALL_ROUND = 64;

    private final Database database;
    private final BatchCrediting crediting;
    private final Metrics metrics;
    private final Supplier<CreditTraces> traces;
    private int sharedRounds;

    /** True after a round that left a backlog. */
    private boolean behind;

    /** Purchases of a round, all from one batch; unlimited unless a failure is being isolated. */
    private int limit = UNLIMITED;

    /** Looks for locked wallets that are left: some after a round that was given up for its time, or that found one. */
    private int looks;

    /** The purchase whose credit has failed alone, until it is set aside. */
    private @Nullable Failed failed;

    private record Failed(Owed purchase, Throwable cause) {}

    /** The part of the work list that a transaction takes, and keeps in memory. */
    private enum Share {
        ALL(CreditingStore.SHARDS, 8, 375),
        HALF(CreditingStore.SHARDS / 2, 8, 375),

        /** Many purchases of few users share pages of wallets, caps and the journal. Others wait for their shard's turn. */
        ONE(1, 32, 1_500);

        final int shards;

        /** Batches of one shard, however few purchases they have. */
        final int batches;

        /** Purchases of one shard that are enough. */
        final int purchases;

        Share(int shards, int batches, int purchases) {
            this.shards = shards;
            this.batches = batches;
            this.purchases = purchases;
        }

        boolean isFilledBy(List<Batch> taken, int locked) {
            return taken.size() >= batches * locked || purchases(taken).size() >= purchases * locked;
        }
    }

    /**
     * @param traces makes those of a transaction
     */
    CreditingRounds(Database database, BatchCrediting crediting, Metrics metrics, Supplier<CreditTraces> traces) {
        this.database = database;
        this.crediting = crediting;
        this.metrics = metrics;
        this.traces = traces;
    }

    /**
     * The work of a transaction, or of two.
     *
     * @param waiting shards with work
     * @param waitingMin the fewest that one of the transactions saw: work may come between their looks
     * @param locked those of them that it had
     * @param full whether they may hold more
     */
    private record Done(int waiting, int waitingMin, int locked, int credited, boolean full) {
        static Done of(Shards shards, int credited, boolean full) {
            return new Done(shards.waiting(), shards.waiting(), shards.locked().length, credited, full);
        }

        Done with(Done other) {
            return new Done(
                    Math.max(waiting, other.waiting),
                    Math.min(waitingMin, other.waitingMin),
                    locked + other.locked,
                    credited + other.credited,
                    full || other.full);
        }

        static Done of(CompositeFuture both) {
            return both.<Done>list().stream().reduce(Done::with).orElseThrow();
        }

        /** True when others hold some of the shards, of which it would have taken so many. */
        boolean metOthers(int shardsMax) {
            return locked < Math.min(shardsMax, waitingMin);
        }
    }

    @Override
    public Future<Outcome> run(boolean expectWork) {
        return limit == UNLIMITED ? largeRound() : smallRound();
    }

    private Future<Outcome> largeRound() {
        boolean shared = sharedRounds > 0;
        Share share = shared ? Share.HALF : behind ? Share.ONE : Share.ALL;
        int shardsMax = share == Share.ONE ? AT_ONCE : share.shards;
        Future<Done> round =
                share == Share.ONE ? Future.join(credit(share), credit(share)).map(Done::of) : credit(share);
        return round.map(done -> {
                    sharedRounds = done.metOthers(shardsMax) ? SHARED_ROUNDS : Math.max(sharedRounds - 1, 0);
                    behind = done.full();
                    // The turn of other shards comes without a pause.
                    return share == Share.ONE && done.waiting() > done.locked() ? new Outcome.Full() : outcome(done);
                })
                .recover(failure -> {
                    if (!Isolation.isOfItems(failure)) {
                        return Future.failedFuture(failure);
                    }
                    LOG.warn("crediting failed, going on in small rounds until the cause is found", failure);
                    limit = SMALL_ROUND;
                    looks = SqlFailures.isTimedOut(failure) ? LOOKS : 0;
                    return Future.succeededFuture(new Outcome.Full());
                });
    }

    private Future<Done> credit(Share share) {
        return inTransaction((tx, begun) -> CreditingStore.lockShards(tx, share.shards)
                .compose(shards -> shards.locked().length == 0
                        ? Future.succeededFuture(Done.of(shards, 0, false))
                        : credit(tx, begun, shards, share)));
    }

    private Future<Done> credit(SqlConnection tx, CreditTraces begun, Shards shards, Share share) {
        return CreditingStore.take(tx, shards.locked(), share.batches, share.purchases)
                .compose(batches -> batches.isEmpty()
                        ? Future.succeededFuture(Done.of(shards, 0, false))
                        : creditFree(tx, begun, batches)
                                .map(count ->
                                        Done.of(shards, count, share.isFilledBy(batches, shards.locked().length))));
    }

    /** While wallets are locked by somebody else, their purchases are passed over. */
    private Future<Integer> creditFree(SqlConnection tx, CreditTraces begun, List<Batch> batches) {
        if (looks == 0) {
            return credit(tx, begun, batches);
        }
        return crediting.setLockedAside(tx, batches).compose(free -> {
            looks = free.equals(batches) ? Math.max(looks - 1, 0) : LOOKS;
            return free.isEmpty() ? Future.succeededFuture(0) : credit(tx, begun, free);
        });
    }

    private Future<Integer> credit(SqlConnection tx, CreditTraces begun, List<Batch> batches) {
        return begun.begin(tx, purchases(batches)).compose(traced -> crediting.credit(tx, batches));
    }

    private static List<Owed> purchases(List<Batch> batches) {
        return batches.stream().flatMap(batch -> batch.purchases().stream()).toList();
    }

    /** Two of them may run at once, so each has traces of its own, and counts what it has committed. */
    private Future<Done> inTransaction(BiFunction<SqlConnection, CreditTraces, Future<Done>> work) {
        CreditTraces begun = traces.get();
        return database.inTransaction(tx -> work.apply(tx, begun))
                .onComplete(v -> begun.end(null), begun::end)
                .onSuccess(done -> metrics.purchasesCredited(done.credited()));
    }

    private static Outcome outcome(Done done) {
        if (done.waiting() == 0) {
            return new Outcome.CaughtUp();
        }
        if (done.locked() == 0) {
            return new Outcome.Blocked(HELD_MS);
        }
        return done.full() ? new Outcome.Full() : new Outcome.Partial();
    }

    /** Credits the first purchases of the oldest batch; remembers them, in case they fail. */
    private Future<Outcome> smallRound() {
        Attempt attempt = new Attempt();
        return inTransaction((tx, begun) -> CreditingStore.lockShards(tx, 1)
                        .compose(shards -> shards.locked().length == 0
                                ? Future.succeededFuture(Done.of(shards, 0, false))
                                : CreditingStore.takeFirst(tx, shards.locked()[0], limit)
                                        .compose(batch -> attempt.apply(tx, begun, batch.orElse(null)))
                                        .map(count -> Done.of(shards, count, true))))
                .map(done -> {
                    failed = null;
                    limit = done.waiting() == 0 || limit > SMALL_ROUND ? UNLIMITED : limit * 2;
                    return outcome(done);
                })
                .recover(failure ->
                        Isolation.isOfItems(failure) ? attempt.isolate(failure) : Future.failedFuture(failure));
    }

    private final class Attempt {
        private List<Owed> purchases = List.of();

        Future<Integer> apply(SqlConnection tx, CreditTraces begun, @Nullable Batch batch) {
            if (batch == null) {
                return Future.succeededFuture(0);
            }
            purchases = batch.purchases();
            Failed before = failed;
            return before != null && purchases.equals(List.of(before.purchase()))
                    ? crediting.setAside(tx, before.purchase(), before.cause()).map(0)
                    : creditFree(tx, begun, List.of(batch));
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
