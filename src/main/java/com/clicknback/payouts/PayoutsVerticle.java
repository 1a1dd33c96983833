package com.clicknback.payouts;

import com.clicknback.audit.AuditTrail;
import com.clicknback.ledger.Ledger;
import com.clicknback.payouts.RequestPayout.Requested;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.EventLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes payout requests, settles payouts, answers for them, and forgets old idempotency keys. */
public final class PayoutsVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PayoutsVerticle.class);

    /** Twice what the HTTP contract promises, so that neither clocks nor a late client matter. */
    private static final Duration KEYS_KEPT = Duration.ofHours(48);

    private static final Duration PURGE_INTERVAL = Duration.ofMinutes(10);
    private static final int PURGE_BATCH_MAX = 500;

    /** The parts that the domain shares with the rest of the process. */
    public record Shared(
            Bus bus,
            Database database,
            TimeOrderedIds ids,
            EventLog events,
            AuditTrail audit,
            Ledger ledger,
            Clock clock) {}

    private final Shared shared;
    private final PayoutRequests requests;
    private final Settlements settlements;
    private Future<Integer> purge = Future.succeededFuture(0);

    public PayoutsVerticle(Shared shared, DestinationCipher cipher, PayoutPolicy policy) {
        this.shared = shared;
        this.requests = new PayoutRequests(shared, cipher, policy);
        this.settlements = new Settlements(shared);
    }

    @Override
    public Future<?> start() {
        Bus bus = shared.bus();
        bus.answer(RequestPayout.class, this::request);
        bus.answer(FindPayout.class, this::find);
        bus.<Page<Payout>, ListPayouts>answer(
                ListPayouts.class, message -> PayoutStore.list(shared.database(), message));
        bus.answer(SetPayoutStatus.class, this::setStatus);
        bus.answer(PurgeIdempotencyKeys.class, message -> purge().map(PurgeIdempotencyKeys.Purged::new));
        vertx.setPeriodic(PURGE_INTERVAL.toMillis(), id -> purge());
        return Future.succeededFuture();
    }

    /** A purge under way is finished first, however it ends. */
    @Override
    public Future<?> stop() {
        return purge.otherwise(0);
    }

    private Future<Requested> request(RequestPayout message) {
        return shared.database()
                .inTransaction(tx -> requests.apply(tx, message))
                .onSuccess(requested -> shared.events().nudge());
    }

    private Future<Payout> find(FindPayout message) {
        return PayoutStore.find(shared.database(), message.id())
                .map(found -> found.orElseThrow(() -> DomainException.notFound("payout", message.id())));
    }

    private Future<Payout> setStatus(SetPayoutStatus message) {
        return shared.database()
                .inTransaction(tx -> settlements.apply(tx, message))
                .onSuccess(changed -> shared.events().nudge());
    }

    /** One purge at a time; one that fails is logged and tried again at the next turn. */
    private Future<Integer> purge() {
        if (purge.isComplete()) {
            Instant before = shared.clock().instant().minus(KEYS_KEPT);
            purge = purge(before, 0).onFailure(failure -> LOG.warn("purging idempotency keys failed", failure));
        }
        return purge;
    }

    private Future<Integer> purge(Instant before, int soFar) {
        return IdempotencyStore.purge(shared.database(), before, PURGE_BATCH_MAX)
                .compose(keys ->
                        keys == PURGE_BATCH_MAX ? purge(before, soFar + keys) : Future.succeededFuture(soFar + keys));
    }
}
