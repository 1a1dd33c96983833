package com.clicknback.explanations;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditTrail;
import com.clicknback.audit.AuditedChange;
import com.clicknback.explanations.Explanation.CorrectionTaken;
import com.clicknback.explanations.Explanation.RefundTaken;
import com.clicknback.explanations.Explanation.RefusedEvent;
import com.clicknback.explanations.ExplanationStore.Facts;
import com.clicknback.flags.Flags;
import com.clicknback.flags.StoredFlags;
import com.clicknback.holds.Holds;
import com.clicknback.holds.ReleaseGate;
import com.clicknback.ledger.JournalEntry;
import com.clicknback.ledger.Ledger;
import com.clicknback.money.Money;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.purchases.CashbackStatus;
import com.clicknback.purchases.Purchase;
import com.clicknback.purchases.PurchaseStatus;
import com.clicknback.purchases.StoredPurchases;
import com.clicknback.verification.AutoConfirm;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Explains purchases from the facts stored about them, all read on one snapshot so that the parts agree. */
final class Explainer {
    private final Database database;
    private final AutoConfirm autoConfirm;
    private final int attemptsMax;

    /**
     * @param attemptsMax undecided verifications after which a purchase is rejected
     */
    Explainer(Database database, AutoConfirm autoConfirm, int attemptsMax) {
        this.database = database;
        this.autoConfirm = autoConfirm;
        this.attemptsMax = attemptsMax;
    }

    /** Fails with NOT_FOUND. */
    Future<Explanation> explain(UUID id) {
        return database.inBriefSnapshot(snapshot -> read(snapshot, id))
                .compose(stored -> next(stored).map(next -> explanation(stored, next)));
    }

    private record Stored(
            Purchase purchase,
            Facts facts,
            List<RefundTaken> refunds,
            List<CorrectionTaken> corrections,
            List<JournalEntry> journal,
            List<RefusedEvent> refusedEvents,
            List<AuditedChange> audited) {}

    private static Future<Stored> read(SqlConnection snapshot, UUID id) {
        var purchase = StoredPurchases.find(snapshot, id);
        var facts = ExplanationStore.findFacts(snapshot, id);
        var refunds = ExplanationStore.findRefunds(snapshot, id, Explanation.REFUNDS_MAX);
        var corrections = ExplanationStore.findCorrections(snapshot, id, Explanation.REFUNDS_MAX);
        var journal = Ledger.ofPurchase(snapshot, id, Explanation.REFUNDS_MAX);
        var refusedEvents = ExplanationStore.findRefusedEvents(snapshot, id, Explanation.REFUSED_MAX);
        var audited =
                AuditTrail.of(snapshot, "purchase", id.toString(), StateHistory.ACTIONS, Explanation.DECISIONS_MAX);
        return Future.all(List.of(purchase, facts, refunds, corrections, journal, refusedEvents, audited))
                .map(read -> new Stored(
                        purchase.result().orElseThrow(() -> DomainException.notFound("purchase", id)),
                        facts.result().orElseThrow(),
                        refunds.result(),
                        corrections.result(),
                        journal.result(),
                        refusedEvents.result(),
                        audited.result()));
    }

    private Future<NextStep> next(Stored stored) {
        Instant payableAt = stored.purchase().payableAt();
        if (stored.purchase().cashbackStatus() == CashbackStatus.HELD && payableAt != null) {
            return database.withConnection(connection -> closedBy(connection, stored.purchase()))
                    .map(flag -> flag.map(NextStep::releaseStopped).orElseGet(() -> NextStep.release(payableAt)));
        }
        if (stored.purchase().status() != PurchaseStatus.PENDING) {
            return Future.succeededFuture(NextStep.ofDecided(stored.purchase().status()));
        }
        NextStep.Awaited awaited = stored.facts().awaited();
        if (stored.facts().credit() == null) {
            return Future.succeededFuture(NextStep.crediting());
        }
        if (awaited.byPartner()) {
            return Future.succeededFuture(
                    awaited.partnerActive() ? NextStep.partnerConfirmation() : NextStep.adminDecision());
        }
        return isOpen(stored.purchase())
                .map(open -> open
                        ? NextStep.verification(awaited, attemptsMax)
                        : NextStep.held(awaited, attemptsMax, AutoConfirm.FLAG));
    }

    /** The flag that keeps the cashback pending by itself; whether a person confirmed the purchase is told by its hold. */
    private static Future<Optional<String>> closedBy(SqlConnection connection, Purchase purchase) {
        List<Flags.Subject> subjects = List.of(new Flags.Subject(purchase.userId(), purchase.merchantId()));
        return Holds.find(connection, List.of(purchase.id()))
                .compose(holds -> StoredFlags.evaluate(
                                connection, List.of(ReleaseGate.RELEASE_FLAG, ReleaseGate.AUTO_CONFIRM_FLAG), subjects)
                        .map(flags -> new ReleaseGate(
                                purchase.createdAt(),
                                requireNonNull(flags.get(ReleaseGate.RELEASE_FLAG))
                                        .get(0),
                                requireNonNull(flags.get(ReleaseGate.AUTO_CONFIRM_FLAG))
                                        .get(0)))
                        .map(gate -> holds.stream().findFirst().map(hold -> gate.closedBy(hold.byPerson()))));
    }

    private Future<Boolean> isOpen(Purchase purchase) {
        return autoConfirm
                .allowed(List.of(purchase), p -> new Flags.Subject(p.userId(), p.merchantId()))
                .map(allowed -> !allowed.isEmpty());
    }

    private static Explanation explanation(Stored stored, NextStep next) {
        Facts facts = stored.facts();
        List<AmountChange> changes = changes(stored);
        return new Explanation(
                stored.purchase(),
                facts.refunded(),
                facts.calculation(),
                facts.cap(),
                facts.credit(),
                stored.refunds().stream()
                        .map(refund -> withTaken(refund, changes))
                        .toList(),
                stored.corrections(),
                changes,
                HoldTold.of(stored.purchase(), facts.terms().holdDays(), stored.journal()),
                StateHistory.of(
                        stored.purchase(),
                        facts.order() == null
                                ? stored.purchase().source().isUser()
                                : facts.order().isFirstByUser(),
                        stored.audited(),
                        stored.journal()),
                stored.journal(),
                stored.refusedEvents(),
                facts.order(),
                next);
    }

    private static List<AmountChange> changes(Stored stored) {
        Facts facts = stored.facts();
        return facts.credit() == null
                ? List.of()
                : AmountHistory.of(
                        facts.terms(),
                        facts.calculation().amount(),
                        facts.credit().amount(),
                        stored.refunds(),
                        stored.corrections(),
                        stored.journal(),
                        reinstatements(stored));
    }

    private static List<UUID> reinstatements(Stored stored) {
        return stored.audited().stream()
                .filter(change -> change.action() == AuditAction.PURCHASE_REINSTATED)
                .map(change -> (String) change.details().get("reinstatement_id"))
                .filter(Objects::nonNull)
                .map(UUID::fromString)
                .toList();
    }

    /** The refund that leaves nothing of a purchase reverses it: what the reversal takes is the work of that refund. */
    private static RefundTaken withTaken(RefundTaken refund, List<AmountChange> changes) {
        return changes.stream()
                .filter(change -> refund.refundId().equals(change.refundId()))
                .map(change -> Money.max(change.cashbackBefore().minus(change.cashbackAfter()), Money.ZERO))
                .map(taken -> new RefundTaken(
                        refund.id(), refund.refundId(), refund.amount(), taken, refund.createdAt(), refund.counts()))
                .findFirst()
                .orElse(refund);
    }
}
