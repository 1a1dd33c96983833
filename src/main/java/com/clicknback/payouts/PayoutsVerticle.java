package com.clicknback.payouts;

import com.clicknback.platform.batch.Batcher;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.events.EventLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Answers the messages about payouts, and purges old idempotency keys. */
public final class PayoutsVerticle extends VerticleBase {
    private static final Duration PURGE_INTERVAL = Duration.ofMinutes(10);

    /** Upper bound on the requests that wait for their turn; each belongs to one that the edge has admitted. */
    private static final int WAITING_MAX = 10_000;

    private final Bus bus;
    private final Database database;
    private final EventLog events;
    private final PayoutRequests requests;
    private final Settlements settlements;
    private final KeyPurge purge;

    public PayoutsVerticle(
            Bus bus,
            Database database,
            EventLog events,
            PayoutRequests requests,
            Settlements settlements,
            Clock clock) {
        this.bus = bus;
        this.database = database;
        this.events = events;
        this.requests = requests;
        this.settlements = settlements;
        this.purge = new KeyPurge(database, clock);
    }

    @Override
    public Future<?> start() {
        // Those of one user wait for one another at the wallet, each with a connection.
        Batcher<Supplier<Future<Payouts.Created>>, Payouts.Created> turns =
                Batcher.ofSingles(vertx, database.connectionsOfOneKindMax(), WAITING_MAX);
        bus.answer(Payouts.Create.class, message -> turns.submit(message.userId(), () -> create(message)));
        bus.answer(Payouts.Find.class, this::find);
        bus.<Page<Payout>, Payouts.List>answer(Payouts.List.class, message -> PayoutStore.list(database, message));
        bus.answer(Payouts.SetStatus.class, this::setStatus);
        vertx.setPeriodic(PURGE_INTERVAL.toMillis(), id -> purge.run());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return purge.close();
    }

    private Future<Payouts.Created> create(Payouts.Create message) {
        return database.inTransaction(tx -> requests.apply(tx, message))
                .recover(SqlFailures.refuseOn(PayoutStore.NOT_ERASED, () -> erased(message.userId())))
                .onSuccess(created -> events.nudge());
    }

    private static DomainException erased(UUID userId) {
        return new DomainException(
                ErrorCode.USER_INACTIVE, "The account is not active.", Map.of("user_id", userId.toString()));
    }

    private Future<Payout> find(Payouts.Find message) {
        return PayoutStore.find(database, message.id())
                .map(found -> found.orElseThrow(() -> DomainException.notFound("payout", message.id())));
    }

    private Future<Payout> setStatus(Payouts.SetStatus message) {
        return database.inTransaction(tx -> settlements.apply(tx, message)).onSuccess(changed -> events.nudge());
    }
}
