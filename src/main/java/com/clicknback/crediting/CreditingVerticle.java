package com.clicknback.crediting;

import com.clicknback.cashback.Cashback;
import com.clicknback.cashback.Crediting;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.Rounds;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.platform.tracing.Spans;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Credits ingested purchases exactly once; answers the messages about cashback. */
public final class CreditingVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(CreditingVerticle.class);

    /** Rests, so that more gathers for one transaction. */
    private static final Rounds.Settings PACE = new Rounds.Settings("crediting", 250, 5_000, 25);

    /** The longest wait of a user for the credit of a purchase, and how often it is looked for. */
    private static final long CREDIT_WAIT_NS_MAX = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long CREDIT_LOOK_MS = 15;

    private static final long GAUGES_MS = 1_000;
    private static final long SETBACKS_MS = 1_000;

    /** Setbacks of one pass. */
    private static final int SETBACKS_MAX = 20;

    private static final int SETBACKS_COUNTED_MAX = 10_000;

    private final Bus bus;
    private final Database database;
    private final Crediting crediting;
    private final BatchCrediting batches;
    private final Metrics metrics;
    private final Clock clock;
    private Rounds rounds;
    private Future<Integer> setbacks = Future.succeededFuture(0);
    private volatile Duration lag = Duration.ZERO;
    private volatile long setAside;

    public CreditingVerticle(
            Bus bus, Database database, Crediting crediting, BatchCrediting batches, Metrics metrics, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.crediting = crediting;
        this.batches = batches;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void init(Vertx vertx, Context context) {
        super.init(vertx, context);
        Spans spans = Spans.of(vertx);
        rounds = new Rounds(
                vertx, PACE, new CreditingRounds(database, batches, metrics, () -> new CreditTraces(spans, clock)));
    }

    @Override
    public Future<?> start() {
        bus.answer(
                Cashback.Preview.class,
                message -> database.withConnection(connection -> crediting.preview(connection, message)));
        bus.answer(
                Cashback.AwaitCredit.class,
                message -> awaitCredit(message.purchaseId(), System.nanoTime()).map(Done.DONE));
        metrics.creditingLag(() -> lag.toMillis() / 1_000.0);
        metrics.crediting(rounds::failures, () -> setAside);
        vertx.setPeriodic(GAUGES_MS, id -> refreshGauges());
        vertx.setPeriodic(SETBACKS_MS, id -> retrySetbacks());
        rounds.start(bus);
        return Future.succeededFuture();
    }

    private Future<Void> awaitCredit(UUID purchaseId, long sinceNs) {
        return CreditingStore.isCredited(database, purchaseId)
                .compose(credited -> credited || System.nanoTime() - sinceNs > CREDIT_WAIT_NS_MAX
                        ? Future.succeededFuture()
                        : vertx.timer(CREDIT_LOOK_MS, TimeUnit.MILLISECONDS)
                                .compose(waited -> awaitCredit(purchaseId, sinceNs)));
    }

    /** Completes when everything accepted before this call is credited or set aside; on any thread. */
    public Future<Void> caughtUp() {
        return rounds.caughtUp();
    }

    @Override
    public Future<?> stop() {
        return Future.join(rounds.close(), setbacks.otherwise(0));
    }

    private void refreshGauges() {
        CreditingStore.oldest(database)
                .onSuccess(oldest -> lag = oldest.map(at -> Duration.between(at, clock.instant()))
                        .filter(age -> !age.isNegative())
                        .orElse(Duration.ZERO));
        CreditingStore.countSetbacks(database, SETBACKS_COUNTED_MAX).onSuccess(count -> setAside = count);
    }

    /** One pass at a time; a failing one is logged, and the next tick tries again. */
    private void retrySetbacks() {
        if (setAside == 0 || !setbacks.isComplete()) {
            return;
        }
        setbacks = batches.retrySetbacks(database, SETBACKS_MAX)
                .onSuccess(metrics::purchasesCredited)
                .onFailure(failure -> LOG.warn("retry of purchases set aside failed", failure));
    }
}
