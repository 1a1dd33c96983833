package com.clicknback.purchases;

import com.clicknback.audit.AuditAction;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.ledger.TransferKind;
import com.clicknback.platform.events.EventType;
import java.util.Set;

/** The state changes of a purchase: from which states, to which, and how the money of its cashback moves. */
public enum Decision {
    CONFIRM(
            Set.of(PurchaseStatus.PENDING),
            PurchaseStatus.CONFIRMED,
            TransferKind.CASHBACK_CONFIRMED,
            AuditAction.PURCHASE_CONFIRMED),
    REJECT(
            Set.of(PurchaseStatus.PENDING),
            PurchaseStatus.REJECTED,
            TransferKind.CASHBACK_REJECTED,
            AuditAction.PURCHASE_REJECTED),
    REVERSE(
            Set.of(PurchaseStatus.PENDING, PurchaseStatus.CONFIRMED),
            PurchaseStatus.REVERSED,
            TransferKind.CASHBACK_REVERSED,
            AuditAction.PURCHASE_REVERSED);

    private final Set<PurchaseStatus> from;
    private final PurchaseStatus to;
    private final TransferKind transferKind;
    private final AuditAction auditAction;

    Decision(Set<PurchaseStatus> from, PurchaseStatus to, TransferKind transferKind, AuditAction auditAction) {
        this.from = from;
        this.to = to;
        this.transferKind = transferKind;
        this.auditAction = auditAction;
    }

    public boolean isAllowedFrom(PurchaseStatus status) {
        return from.contains(status);
    }

    public PurchaseStatus to() {
        return to;
    }

    public TransferKind transferKind() {
        return transferKind;
    }

    public AuditAction auditAction() {
        return auditAction;
    }

    EventType<PurchaseEvents.Purchases> event() {
        return switch (this) {
            case CONFIRM -> PurchaseEvents.CONFIRMED;
            case REJECT -> PurchaseEvents.REJECTED;
            case REVERSE -> PurchaseEvents.REVERSED;
        };
    }
}
