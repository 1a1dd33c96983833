package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.cashback.Credit;
import com.clicknback.cashback.Crediting;
import com.clicknback.events.CashbackEvents;
import com.clicknback.platform.events.EventLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Credits purchases that are about to change and that crediting has not reached yet: a change follows the credit. */
public final class EarlyCredits {
    private final Crediting crediting;
    private final AuditTrail audit;
    private final EventLog events;

    public EarlyCredits(Crediting crediting, AuditTrail audit, EventLog events) {
        this.crediting = crediting;
        this.audit = audit;
        this.events = events;
    }

    /**
     * Locks the owners' wallets, credits those of the purchases that are not credited yet, and returns how many they
     * were.
     *
     * @param userIds the owners of all the purchases
     * @param actor of the change that needs the credit
     */
    public Future<Integer> credit(
            SqlConnection tx, Collection<UUID> purchaseIds, Collection<UUID> userIds, Actor actor) {
        return crediting
                .creditMissing(tx, purchaseIds, userIds)
                .compose(credits -> record(tx, credits, actor).map(credits.size()));
    }

    /** The credit is work that the system adds to the change. */
    private Future<Void> record(SqlConnection tx, List<Credit> credits, Actor actor) {
        if (credits.isEmpty()) {
            return Future.succeededFuture();
        }
        List<AuditEntry> entries = credits.stream()
                .map(credit -> new AuditEntry(
                        actor.ofAddedWork(),
                        AuditAction.CASHBACK_CREDITED,
                        "purchase",
                        credit.purchaseId().toString(),
                        Map.of("cashback_amount", credit.amount().toString())))
                .toList();
        return Future.all(
                        audit.record(tx, entries), events.append(tx, CashbackEvents.CREDITED, Crediting.event(credits)))
                .mapEmpty();
    }
}
