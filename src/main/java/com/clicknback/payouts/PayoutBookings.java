package com.clicknback.payouts;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.events.PayoutEvents;
import com.clicknback.ledger.Account;
import com.clicknback.ledger.Balances;
import com.clicknback.ledger.Ledger;
import com.clicknback.ledger.Transfer;
import com.clicknback.ledger.TransferKind;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.json.Wire;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The transfer, audit entry and event that go with each change of a payout, in the transaction of that change. */
public final class PayoutBookings {
    private final Ledger ledger;
    private final AuditTrail audit;
    private final EventLog events;

    public PayoutBookings(Ledger ledger, AuditTrail audit, EventLog events) {
        this.ledger = ledger;
        this.audit = audit;
        this.events = events;
    }

    /** Locks a user's wallet and returns its balances. All changes of one user's payouts queue here. */
    Future<Balances> lockWallet(SqlConnection tx, UUID userId) {
        return ledger.lock(tx, List.of(userId)).map(locked -> requireNonNull(locked.get(userId)));
    }

    /** Reserves the amount of a new payout. */
    Future<Void> requested(SqlConnection tx, Payout payout, Actor actor) {
        Transfer reserving = transfer(payout, TransferKind.PAYOUT_REQUESTED, Account.AVAILABLE, Account.RESERVED);
        Map<String, String> details = Map.of("amount", payout.amount().toString(), "iban_last4", payout.ibanLast4());
        return Future.all(
                        ledger.post(tx, List.of(reserving)),
                        audit.record(tx, entry(AuditAction.PAYOUT_REQUESTED, payout, actor, details)),
                        events.append(tx, PayoutEvents.REQUESTED, payout.moved()))
                .mapEmpty();
    }

    /** Pays what was reserved on completion and gives it back on failure. Processing moves no money. */
    Future<Void> changed(SqlConnection tx, Payout before, Payout after, Actor actor) {
        return Future.all(
                        ledger.post(tx, settling(after)),
                        audit.record(tx, entry(AuditAction.PAYOUT_PROCESSED, after, actor, difference(before, after))),
                        appendSettled(tx, after))
                .mapEmpty();
    }

    private static List<Transfer> settling(Payout payout) {
        return switch (payout.status()) {
            case REQUESTED, PROCESSING -> List.of();
            case COMPLETED -> List.of(transfer(payout, TransferKind.PAYOUT_COMPLETED, Account.RESERVED, Account.PAID));
            case FAILED -> List.of(transfer(payout, TransferKind.PAYOUT_FAILED, Account.RESERVED, Account.AVAILABLE));
        };
    }

    private static Transfer transfer(Payout payout, TransferKind kind, Account from, Account to) {
        return Transfer.ofPayout(payout.id(), payout.userId(), kind, from, to, payout.amount());
    }

    private Future<Void> appendSettled(SqlConnection tx, Payout payout) {
        return switch (payout.status()) {
            case REQUESTED, PROCESSING -> Future.succeededFuture();
            case COMPLETED -> events.append(tx, PayoutEvents.COMPLETED, payout.moved());
            case FAILED -> events.append(tx, PayoutEvents.FAILED, payout.moved());
        };
    }

    /** The members that the contract lists for this action. */
    private static Map<String, @Nullable String> difference(Payout before, Payout after) {
        Map<String, @Nullable String> details = new LinkedHashMap<>();
        details.put("prior_status", Wire.name(before.status()));
        details.put("status", Wire.name(after.status()));
        details.put("amount", after.amount().toString());
        details.put("external_reference", after.externalReference());
        details.put("failure_reason", after.failureReason());
        return details;
    }

    private static AuditEntry entry(
            AuditAction action, Payout payout, Actor actor, Map<String, @Nullable String> details) {
        return new AuditEntry(actor, action, "payout", payout.id().toString(), details);
    }
}
