package com.clicknback.cashback;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.events.CashbackEvents;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.Follower;
import com.clicknback.platform.events.LoggedEvent;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Credits the purchases of a batch of ingestion events, in the transaction that moves the follower's cursor. One audit
 * row and one event tell of all credits of the batch.
 */
public final class BatchCrediting implements Follower.Handler {
    private static final Runnable NOTHING = () -> {};

    private final Crediting crediting;
    private final AuditTrail audit;
    private final EventLog log;
    private final Metrics metrics;

    public BatchCrediting(Crediting crediting, AuditTrail audit, EventLog log, Metrics metrics) {
        this.crediting = crediting;
        this.audit = audit;
        this.log = log;
        this.metrics = metrics;
    }

    @Override
    public Future<Runnable> handle(SqlConnection tx, List<LoggedEvent> events) {
        List<UUID> purchaseIds = new ArrayList<>();
        Set<UUID> userIds = new HashSet<>();
        for (LoggedEvent event : events) {
            if (event.is(PurchaseEvents.INGESTED)) {
                for (PurchaseEvents.Entry entry :
                        event.as(PurchaseEvents.INGESTED).purchases()) {
                    purchaseIds.add(entry.purchaseId());
                    userIds.add(entry.userId());
                }
            }
        }
        if (purchaseIds.isEmpty()) {
            return Future.succeededFuture(NOTHING);
        }
        LoggedEvent last = events.get(events.size() - 1);
        return crediting
                .creditMissing(tx, purchaseIds, userIds)
                .compose(credits -> credits.isEmpty()
                        ? Future.succeededFuture(NOTHING)
                        : record(tx, credits, last).map(v -> () -> metrics.purchasesCredited(credits.size())));
    }

    private Future<Void> record(SqlConnection tx, List<Credit> credits, LoggedEvent cause) {
        AuditEntry entry = new AuditEntry(
                Actor.system(cause.cause()),
                AuditAction.CASHBACK_CREDITED,
                "cashback_batch",
                cause.position().toString(),
                Map.of(
                        "purchases", Integer.toString(credits.size()),
                        "cashback_amount", Crediting.sum(credits).toString()));
        return Future.all(audit.record(tx, entry), log.append(tx, CashbackEvents.CREDITED, Crediting.event(credits)))
                .mapEmpty();
    }
}
