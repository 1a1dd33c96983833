package com.clicknback.crediting;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.cashback.Credit;
import com.clicknback.cashback.Crediting;
import com.clicknback.crediting.CreditingStore.Batch;
import com.clicknback.crediting.CreditingStore.Owed;
import com.clicknback.crediting.CreditingStore.Setback;
import com.clicknback.events.CashbackEvents;
import com.clicknback.ledger.Ledger;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.Isolation;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Credits batches of the work list in the transaction that takes them off it. One audit row and one event tell of all
 * credits of a transaction.
 */
public final class BatchCrediting {
    private static final Logger LOG = LoggerFactory.getLogger(BatchCrediting.class);
    private static final Duration RETRY_MIN = Duration.ofSeconds(10);
    private static final Duration RETRY_MAX = Duration.ofHours(1);

    /** For a lock or a slow server: either ends without notice, and the credit is all right. */
    private static final Duration RETRY_MAX_AFTER_WAIT = Duration.ofMinutes(1);

    private static final int DOUBLINGS_MAX = 10;
    private static final String LOCKED = "another session keeps the wallet locked";

    private final Crediting crediting;
    private final AuditTrail audit;
    private final EventLog log;
    private final Clock clock;

    public BatchCrediting(Crediting crediting, AuditTrail audit, EventLog log, Clock clock) {
        this.crediting = crediting;
        this.audit = audit;
        this.log = log;
        this.clock = clock;
    }

    /** Credits all purchases of batches, or fails as a whole; returns how many were credited. */
    Future<Integer> credit(SqlConnection tx, List<Batch> batches) {
        List<Owed> purchases =
                batches.stream().flatMap(batch -> batch.purchases().stream()).toList();
        return credit(tx, purchases, batches.get(batches.size() - 1).id());
    }

    /**
     * @param batchId names the audit row of all credits; null for a purchase that was set aside, which has its own
     */
    private Future<Integer> credit(SqlConnection tx, List<Owed> purchases, @Nullable Long batchId) {
        List<UUID> purchaseIds = purchases.stream().map(Owed::purchaseId).toList();
        Set<UUID> userIds = purchases.stream().map(Owed::userId).collect(Collectors.toSet());
        return crediting
                .creditMissing(tx, purchaseIds, userIds, batchId)
                .compose(credits -> credits.isEmpty()
                        ? Future.succeededFuture(0)
                        : record(tx, credits, batchId == null ? entry(credits.get(0)) : entry(credits, batchId))
                                .map(credits.size()));
    }

    private static AuditEntry entry(Credit credit) {
        return new AuditEntry(
                Actor.system("crediting:setback"),
                AuditAction.CASHBACK_CREDITED,
                "purchase",
                credit.purchaseId().toString(),
                Map.of("cashback_amount", credit.amount().toString()));
    }

    private static AuditEntry entry(List<Credit> credits, long batchId) {
        return new AuditEntry(
                Actor.system("crediting:" + batchId),
                AuditAction.CASHBACK_CREDITED,
                "cashback_batch",
                Long.toString(batchId),
                Map.of(
                        "purchases", Integer.toString(credits.size()),
                        "cashback_amount", Crediting.sum(credits).toString()));
    }

    private Future<Void> record(SqlConnection tx, List<Credit> credits, AuditEntry entry) {
        return Future.all(audit.record(tx, entry), log.append(tx, CashbackEvents.CREDITED, Crediting.event(credits)))
                .mapEmpty();
    }

    /** Sets a purchase aside whose credit failed by itself; it is tried again later. */
    Future<Void> setAside(SqlConnection tx, Owed purchase, Throwable failure) {
        return setAside(tx, purchase, 0, failure);
    }

    private Future<Void> setAside(SqlConnection tx, Owed purchase, int attempts, Throwable failure) {
        if (SqlFailures.isTimedOut(failure)) {
            LOG.warn("purchase {} cannot be credited in time and is set aside", purchase.purchaseId());
            return setAside(tx, purchase, attempts, RETRY_MAX_AFTER_WAIT, String.valueOf(failure.getCause()));
        }
        LOG.error("purchase {} cannot be credited and is set aside", purchase.purchaseId(), failure);
        return setAside(tx, purchase, attempts, RETRY_MAX, String.valueOf(failure));
    }

    private Future<Void> setAside(SqlConnection tx, Owed purchase, int attempts, Duration pauseMax, String reason) {
        Instant now = clock.instant();
        Duration pause = RETRY_MIN.multipliedBy(1L << Math.min(attempts, DOUBLINGS_MAX));
        Instant dueAt = now.plus(pause.compareTo(pauseMax) < 0 ? pause : pauseMax);
        return attempts == 0
                ? CreditingStore.setAside(tx, purchase, now, dueAt, reason)
                : CreditingStore.putOff(tx, purchase.purchaseId(), now, dueAt, reason);
    }

    /** Locks the free wallets and sets purchases aside that would wait for others; returns the batches without them. */
    Future<List<Batch>> setLockedAside(SqlConnection tx, List<Batch> batches) {
        List<Owed> purchases =
                batches.stream().flatMap(batch -> batch.purchases().stream()).toList();
        return Ledger.lockFree(tx, purchases.stream().map(Owed::userId).collect(Collectors.toSet()))
                .compose(free -> {
                    List<Owed> locked = purchases.stream()
                            .filter(purchase -> !free.contains(purchase.userId()))
                            .toList();
                    List<Batch> others = batches.stream()
                            .map(batch -> batch.ofUsers(free))
                            .filter(batch -> !batch.purchases().isEmpty())
                            .toList();
                    return setLockedAside(tx, locked, 0).map(others);
                });
    }

    private Future<Void> setLockedAside(SqlConnection tx, List<Owed> purchases, int done) {
        if (done == purchases.size()) {
            return Future.succeededFuture();
        }
        if (done == 0) {
            LOG.warn(
                    "another session keeps wallets locked, the first of them that of user {}; {} purchases are set aside",
                    purchases.get(0).userId(),
                    purchases.size());
        }
        return setAside(tx, purchases.get(done), 0, RETRY_MAX_AFTER_WAIT, LOCKED)
                .compose(v -> setLockedAside(tx, purchases, done + 1));
    }

    /**
     * Tries purchases that were set aside and are due, each in a transaction of its own; returns how many were credited.
     *
     * @param max how many are tried
     */
    Future<Integer> retrySetbacks(Database database, int max) {
        return CreditingStore.findDueSetbacks(database, clock.instant(), max).compose(due -> retry(database, due, 0));
    }

    private Future<Integer> retry(Database database, List<Setback> due, int credited) {
        if (due.isEmpty()) {
            return Future.succeededFuture(credited);
        }
        return retry(database, due.get(0)).compose(one -> retry(database, due.subList(1, due.size()), credited + one));
    }

    private Future<Integer> retry(Database database, Setback setback) {
        Owed purchase = setback.purchase();
        return database.inTransaction(tx -> Ledger.lockFree(tx, Set.of(purchase.userId()))
                        .compose(free -> free.isEmpty()
                                ? setAside(tx, purchase, setback.attempts(), RETRY_MAX_AFTER_WAIT, LOCKED)
                                        .map(0)
                                : retry(tx, purchase)))
                .recover(failure -> Isolation.isOfItems(failure)
                        ? database.inTransaction(tx -> setAside(tx, purchase, setback.attempts(), failure))
                                .map(0)
                        : Future.failedFuture(failure));
    }

    private Future<Integer> retry(SqlConnection tx, Owed purchase) {
        return Ledger.boundWaits(tx)
                .compose(bounded -> credit(tx, List.of(purchase), null))
                .compose(credited ->
                        CreditingStore.endSetback(tx, purchase.purchaseId()).map(credited));
    }
}
