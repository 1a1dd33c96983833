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
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.EventLog;
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
    private static final int DOUBLINGS_MAX = 10;

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
        LOG.error("purchase {} cannot be credited and is set aside", purchase.purchaseId(), failure);
        Instant now = clock.instant();
        return CreditingStore.setAside(tx, purchase, now, now.plus(pause(attempts)), String.valueOf(failure));
    }

    private static Duration pause(int attempts) {
        Duration pause = RETRY_MIN.multipliedBy(1L << Math.min(attempts, DOUBLINGS_MAX));
        return pause.compareTo(RETRY_MAX) < 0 ? pause : RETRY_MAX;
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
        return database.inTransaction(tx -> credit(tx, List.of(purchase), null)
                        .compose(credited -> CreditingStore.endSetback(tx, purchase.purchaseId())
                                .map(credited)))
                .recover(failure -> DomainException.isUnavailable(failure)
                        ? Future.failedFuture(failure)
                        : database.inTransaction(tx -> setAside(tx, purchase, setback.attempts(), failure))
                                .map(0));
    }
}
