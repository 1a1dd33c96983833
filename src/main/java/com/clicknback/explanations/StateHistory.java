package com.clicknback.explanations;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditedChange;
import com.clicknback.explanations.StateChange.Kind;
import com.clicknback.ledger.JournalEntry;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.Purchase;
import com.clicknback.purchases.PurchaseStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The states that a purchase went through, read from the audit log. A change that the log lacks, as it may for imported
 * purchases, is inferred from the purchase and its journal, without its actor.
 */
final class StateHistory {
    /** The audit actions that record changes of state. */
    static final Set<AuditAction> ACTIONS = EnumSet.of(
            AuditAction.PURCHASE_REINSTATED,
            Decision.CONFIRM.auditAction(),
            Decision.REJECT.auditAction(),
            Decision.REVERSE.auditAction());

    private final Purchase purchase;
    private final boolean firstByUser;
    private final List<AuditedChange> audited;
    private final List<JournalEntry> journal;

    private StateHistory(
            Purchase purchase, boolean firstByUser, List<AuditedChange> audited, List<JournalEntry> journal) {
        this.purchase = purchase;
        this.firstByUser = firstByUser;
        this.audited = audited;
        this.journal = journal;
    }

    /**
     * @param firstByUser true when the purchase was first reported by its user
     */
    static List<StateChange> of(
            Purchase purchase, boolean firstByUser, List<AuditedChange> audited, List<JournalEntry> journal) {
        return new StateHistory(purchase, firstByUser, audited, journal).changes();
    }

    private List<StateChange> changes() {
        List<StateChange> changes = new ArrayList<>();
        changes.add(ingested());
        if (endedTwice()) {
            for (AuditedChange change : audited) {
                PurchaseStatus from = changes.get(changes.size() - 1).to();
                // A rejection that is told again may have another reason only.
                if (to(change.action()) != from) {
                    changes.add(onRecord(change, to(change.action()), from));
                }
            }
            return List.copyOf(changes);
        }
        for (Decision decision : Decision.values()) {
            PurchaseStatus from = changes.get(changes.size() - 1).to();
            Optional<StateChange> change = onRecord(decision, from).or(() -> inferred(decision, from));
            change.ifPresent(changes::add);
        }
        return List.copyOf(changes);
    }

    /** True when the states do not follow from their usual order. */
    private boolean endedTwice() {
        return isAudited(AuditAction.PURCHASE_REINSTATED)
                || isAudited(Decision.REJECT.auditAction()) && isAudited(Decision.REVERSE.auditAction());
    }

    private boolean isAudited(AuditAction action) {
        return audited.stream().anyMatch(change -> change.action() == action);
    }

    private StateChange ingested() {
        return new StateChange(
                null,
                PurchaseStatus.PENDING,
                purchase.createdAt(),
                firstByUser ? Kind.USER : Kind.PARTNER,
                firstByUser ? purchase.userId() : purchase.source().partnerId(),
                null);
    }

    private Optional<StateChange> onRecord(Decision decision, PurchaseStatus from) {
        return audited.stream()
                .filter(change -> change.action() == decision.auditAction())
                .findFirst()
                .map(change -> onRecord(change, decision.to(), from));
    }

    private static StateChange onRecord(AuditedChange change, PurchaseStatus to, PurchaseStatus from) {
        return new StateChange(
                from,
                to,
                change.occurredAt(),
                kind(change.actor()),
                change.actor().id(),
                (String) change.details().get("reason"));
    }

    /** A reinstated purchase is pending. */
    private static PurchaseStatus to(AuditAction action) {
        return Arrays.stream(Decision.values())
                .filter(decision -> decision.auditAction() == action)
                .map(Decision::to)
                .findFirst()
                .orElse(PurchaseStatus.PENDING);
    }

    private static Kind kind(Actor actor) {
        return switch (actor.type()) {
            case ADMIN -> Kind.ADMIN;
            case USER -> Kind.USER;
            case SYSTEM -> Kind.SYSTEM;
            case PARTNER -> Kind.PARTNER;
        };
    }

    /** A state that the purchase is in, or that its money went through, was entered. */
    private Optional<StateChange> inferred(Decision decision, PurchaseStatus from) {
        Optional<Instant> posted = journal.stream()
                .filter(entry -> entry.kind() == decision.transferKind())
                .findFirst()
                .map(JournalEntry::createdAt);
        return purchase.status() == decision.to() || posted.isPresent()
                ? Optional.of(new StateChange(
                        from,
                        decision.to(),
                        posted.orElse(purchase.updatedAt()),
                        null,
                        null,
                        decision == Decision.REJECT ? purchase.rejectionReason() : null))
                : Optional.empty();
    }
}
