package com.clicknback.partnerevents;

import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseEvents.Awaited;
import com.clicknback.events.PurchaseKey;
import com.clicknback.partnerevents.PartnerEventStore.Arrived;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.Isolation;
import com.clicknback.purchases.LockedPurchases;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a purchase that cannot be booked from holding up the parked events of others. After a failure, events are applied by
 * halves, each in a transaction of its own. Those of the purchase that fails alone are set aside; the log brings them
 * back later. Runs on the context of the verticle.
 */
final class ParkedIsolation {
    private static final Logger LOG = LoggerFactory.getLogger(ParkedIsolation.class);

    /** The time after which events that were set aside are tried again. */
    static final Duration SET_ASIDE_FOR = Duration.ofMinutes(10);

    /** Purchases that one look brings back. */
    private static final int BROUGHT_BACK_MAX = 1_000;

    private static final int COUNTED_MAX = 10_000;

    private final Database database;
    private final EventLog eventLog;
    private final Clock clock;
    private Future<Void> running = Future.succeededFuture();
    private volatile long setAside;

    ParkedIsolation(Database database, EventLog eventLog, Clock clock) {
        this.database = database;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    /** Completes once no isolation is under way. */
    Future<Void> idle() {
        return running.otherwiseEmpty();
    }

    /**
     * For a transaction that failed: begins to apply the events of its purchases apart from it, unless they would fail for
     * want of a database. The failure stays, so that the transaction ends and lets go of the wallets.
     */
    Future<Runnable> after(
            Throwable failure,
            List<Arrived> purchases,
            BiFunction<SqlConnection, List<Arrived>, Future<Runnable>> work) {
        if (Isolation.isOfItems(failure)) {
            running = isolate(purchases, work)
                    .onFailure(broken -> LOG.warn("parked events cannot be applied, trying again", broken));
        }
        return Future.failedFuture(failure);
    }

    private Future<Void> isolate(
            List<Arrived> purchases, BiFunction<SqlConnection, List<Arrived>, Future<Runnable>> work) {
        return Isolation.run(
                purchases,
                some -> database.inTransaction(tx -> work.apply(tx, some))
                        .onSuccess(Runnable::run)
                        .mapEmpty(),
                this::setAside,
                some -> LockedPurchases.sort(database, some, Arrived::id)
                        .compose(sorted -> setAside(sorted.locked()).map(sorted.free())));
    }

    private Future<Void> setAside(List<Arrived> locked) {
        return locked.isEmpty()
                ? Future.succeededFuture()
                : ParkedStore.setAside(database, locked.get(0).key(), clock.instant())
                        .compose(first -> setAside(locked.subList(1, locked.size())));
    }

    private Future<Void> setAside(Arrived purchase, Throwable failure) {
        LOG.error("the parked events of purchase {} cannot be applied and are set aside", purchase.id(), failure);
        return ParkedStore.setAside(database, purchase.key(), clock.instant());
    }

    /** The events that were set aside when they were last counted, up to a bound; called from any thread. */
    long setAside() {
        return setAside;
    }

    /**
     * Counts the events that are set aside, and lets the log bring back those that were so long enough ago; returns the
     * number of their purchases.
     */
    Future<Integer> bringBack() {
        return ParkedStore.countSetAside(database, COUNTED_MAX)
                .onSuccess(count -> setAside = count)
                .compose(count -> count == 0 ? Future.succeededFuture(0) : bringBackDue());
    }

    private Future<Integer> bringBackDue() {
        return database.inTransaction(
                        tx -> ParkedStore.bringBack(tx, clock.instant().minus(SET_ASIDE_FOR), BROUGHT_BACK_MAX)
                                .compose(keys -> announce(tx, keys)))
                .onSuccess(count -> {
                    if (count > 0) {
                        eventLog.nudge();
                    }
                });
    }

    private Future<Integer> announce(SqlConnection tx, List<PurchaseKey> keys) {
        return keys.isEmpty()
                ? Future.succeededFuture(0)
                : eventLog.append(tx, PurchaseEvents.PARKED, new Awaited(keys)).map(keys.size());
    }
}
