package com.clicknback.payouts;

import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.events.PayoutEvents;
import com.clicknback.ledger.Account;
import com.clicknback.ledger.Ledger;
import com.clicknback.ledger.Transfer;
import com.clicknback.ledger.TransferKind;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.events.EventLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes payouts from state to state in a given transaction: payout, transfer, audit and event together. Whoever races
 * for a payout queues at its owner's wallet; the first wins, the others find it changed.
 */
final class Settlements {
    private final Ledger ledger;
    private final AuditTrail audit;
    private final EventLog events;
    private final Clock clock;

    Settlements(PayoutsVerticle.Shared shared) {
        this.ledger = shared.ledger();
        this.audit = shared.audit();
        this.events = shared.events();
        this.clock = shared.clock();
    }

    /** Fails with the refusals of {@link SetPayoutStatus}. */
    Future<Payout> apply(SqlConnection tx, SetPayoutStatus wanted) {
        return PayoutStore.findOwner(tx, wanted.id())
                .compose(owner -> owner.isPresent()
                        ? ledger.lock(tx, List.of(owner.get()))
                        : Future.failedFuture(DomainException.notFound("payout", wanted.id())))
                .compose(locked -> PayoutStore.read(tx, wanted.id()))
                .compose(before -> {
                    requireTransition(before, wanted.status());
                    return change(tx, wanted, before);
                });
    }

    private static void requireTransition(Payout payout, PayoutStatus to) {
        List<PayoutStatus> allowed = payout.status().next();
        if (!allowed.contains(to)) {
            throw new DomainException(
                    ErrorCode.INVALID_PAYOUT_TRANSITION,
                    "A payout that is " + payout.status().wireName() + " cannot become " + to.wireName() + ".",
                    DomainException.details(
                            "payout_id", payout.id().toString(),
                            "current_status", payout.status().wireName(),
                            "allowed_transitions",
                                    allowed.stream().map(PayoutStatus::wireName).toList()));
        }
    }

    private Future<Payout> change(SqlConnection tx, SetPayoutStatus wanted, Payout before) {
        Payout after = after(wanted, before);
        return Future.all(List.of(
                        PayoutStore.change(tx, after),
                        ledger.post(tx, transfers(after)),
                        audit.record(tx, entry(wanted, before, after)),
                        append(tx, after)))
                .map(after);
    }

    private Payout after(SetPayoutStatus wanted, Payout before) {
        String reference = wanted.externalReference();
        return new Payout(
                before.id(),
                before.userId(),
                before.amount(),
                before.method(),
                before.ibanLast4(),
                wanted.status(),
                before.requestedAt(),
                wanted.status().isFinal() ? clock.instant() : null,
                reference == null ? before.externalReference() : reference,
                wanted.failureReason());
    }

    /** Completion pays what was reserved, failure gives it back; processing moves no money. */
    private static List<Transfer> transfers(Payout payout) {
        return switch (payout.status()) {
            case REQUESTED, PROCESSING -> List.of();
            case COMPLETED -> List.of(fromReserved(payout, TransferKind.PAYOUT_COMPLETED, Account.PAID));
            case FAILED -> List.of(fromReserved(payout, TransferKind.PAYOUT_FAILED, Account.AVAILABLE));
        };
    }

    private static Transfer fromReserved(Payout payout, TransferKind kind, Account to) {
        return Transfer.ofPayout(payout.id(), payout.userId(), kind, Account.RESERVED, to, payout.amount());
    }

    private Future<Void> append(SqlConnection tx, Payout payout) {
        return switch (payout.status()) {
            case REQUESTED, PROCESSING -> Future.succeededFuture();
            case COMPLETED -> events.append(tx, PayoutEvents.COMPLETED, payout.moved());
            case FAILED -> events.append(tx, PayoutEvents.FAILED, payout.moved());
        };
    }

    /** The audit entry of a change, with the details that the HTTP contract lists. */
    private static AuditEntry entry(SetPayoutStatus wanted, Payout before, Payout after) {
        Map<String, @Nullable String> details = new LinkedHashMap<>();
        details.put("prior_status", before.status().wireName());
        details.put("status", after.status().wireName());
        details.put("amount", after.amount().toString());
        details.put("external_reference", after.externalReference());
        details.put("failure_reason", after.failureReason());
        UUID id = after.id();
        return new AuditEntry(wanted.actor(), AuditAction.PAYOUT_PROCESSED, "payout", id.toString(), details);
    }
}
