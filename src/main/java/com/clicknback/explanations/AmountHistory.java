package com.clicknback.explanations;

import static java.util.Objects.requireNonNull;

import com.clicknback.cashback.CashbackCalculator;
import com.clicknback.cashback.CashbackTerms;
import com.clicknback.explanations.AmountChange.Cause;
import com.clicknback.explanations.Explanation.CorrectionTaken;
import com.clicknback.explanations.Explanation.RefundTaken;
import com.clicknback.ledger.Account;
import com.clicknback.ledger.JournalEntry;
import com.clicknback.ledger.TransferKind;
import com.clicknback.money.Money;
import com.clicknback.platform.clock.TimeOrderedIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The way of a purchase's cashback from its credit to now, told from refunds, corrections and the journal. */
final class AmountHistory {
    private final CashbackTerms terms;
    private final Map<UUID, JournalEntry> byCause;
    private final List<JournalEntry> ends;
    private final List<AmountChange> changes = new ArrayList<>();
    private final Money reported;
    private final List<CorrectionTaken> corrections = new ArrayList<>();
    private Money gross;
    private Money refunded = Money.ZERO;
    private Money cashback;
    private boolean rejected;

    private AmountHistory(CashbackTerms terms, Money reported, Money credited, List<JournalEntry> journal) {
        this.terms = terms;
        this.reported = reported;
        this.gross = reported;
        this.cashback = credited;
        this.byCause = journal.stream()
                .filter(entry -> entry.kind() == TransferKind.CASHBACK_REFUNDED
                        || entry.kind() == TransferKind.CASHBACK_CORRECTED)
                .collect(Collectors.toMap(JournalEntry::causeId, Function.identity()));
        this.ends = journal.stream()
                .filter(entry -> entry.kind() == TransferKind.CASHBACK_REJECTED
                        || entry.kind() == TransferKind.CASHBACK_REINSTATED)
                .toList();
    }

    private record Event(Instant at, UUID id, Runnable told) {}

    /**
     * @param reported the amount before any correction
     * @param refunds with what each took of the cashback of a purchase that stayed
     * @param reinstatements the times that the purchase came back from an end, by their ids
     */
    static List<AmountChange> of(
            CashbackTerms terms,
            Money reported,
            Money credited,
            List<RefundTaken> refunds,
            List<CorrectionTaken> corrections,
            List<JournalEntry> journal,
            List<UUID> reinstatements) {
        AmountHistory history = new AmountHistory(terms, reported, credited, journal);
        List<Event> events = new ArrayList<>();
        refunds.forEach(
                refund -> events.add(new Event(refund.createdAt(), refund.id(), () -> history.tellRefund(refund))));
        corrections.forEach(correction -> events.add(
                new Event(correction.createdAt(), correction.id(), () -> history.tellCorrection(correction))));
        journal.stream()
                .filter(entry -> entry.kind() == TransferKind.CASHBACK_REALLOTTED)
                .forEach(entry ->
                        events.add(new Event(entry.createdAt(), entry.id(), () -> history.tellReallotted(entry))));
        history.reinstated(reinstatements)
                .forEach((id, amount) -> events.add(new Event(
                        TimeOrderedIds.timeOf(id),
                        id,
                        () -> history.tellReinstated(TimeOrderedIds.timeOf(id), amount))));
        history.ends.stream()
                .filter(entry -> entry.kind() == TransferKind.CASHBACK_REJECTED)
                .forEach(entry -> events.add(new Event(entry.createdAt(), entry.id(), () -> history.rejected = true)));
        events.sort(Comparator.comparing(Event::at).thenComparing(Event::id));
        events.forEach(event -> event.told().run());
        return List.copyOf(history.changes);
    }

    private void tellRefund(RefundTaken refund) {
        refunded = refunded.plus(refund.amount());
        gross = standing().map(AmountHistory::amount).orElse(reported);
        JournalEntry entry = byCause.get(refund.id());
        Money after =
                leavesNothing() ? Money.ZERO : entry == null ? cashback.minus(refund.cashbackAmount()) : moved(entry);
        String message = "A refund of %s left %s of %s, which earns %s before the cap: %s"
                .formatted(refund.amount(), kept(), gross, entitled(), went(after));
        add(refund.createdAt(), Cause.REFUND, refund.refundId(), null, null, after, message);
    }

    private void tellCorrection(CorrectionTaken correction) {
        Money before = gross;
        corrections.add(correction);
        Optional<CorrectionTaken> standing = standing();
        gross = standing.map(AmountHistory::amount).orElse(reported);
        Money after = leavesNothing() ? Money.ZERO : moved(byCause.get(correction.id()));
        String message;
        if (correction.amount() == null) {
            message = "A correction left the amount at %s: %s".formatted(gross, went(after));
        } else if (!standing.equals(Optional.of(correction))) {
            message = "A correction to %s came after a later one, which stands: %s"
                    .formatted(correction.amount(), went(after));
        } else {
            message = "A correction set the amount from %s to %s, of which %s is kept and earns %s before the cap: %s"
                    .formatted(before, gross, kept(), entitled(), went(after));
        }
        add(correction.createdAt(), Cause.CORRECTION, null, correction.correctionId(), null, after, message);
    }

    /**
     * Amounts that came back, by the id of their reinstatement. Each is posted behind the refunds of its transaction, but
     * comes before them; nothing is posted when it is nothing.
     */
    private Map<UUID, Money> reinstated(List<UUID> ids) {
        Map<UUID, Money> amounts = new HashMap<>();
        ids.forEach(id -> amounts.put(id, Money.ZERO));
        ends.stream()
                .filter(entry -> entry.kind() == TransferKind.CASHBACK_REINSTATED)
                .forEach(entry -> amounts.put(requireNonNull(entry.causeId()), entry.amount()));
        return amounts;
    }

    /**
     * A reversal comes back to nothing, and the correction that takes it back tells the amount. More comes back only from a
     * rejection, which had nothing to take where refunds had reversed the purchase.
     */
    private void tellReinstated(Instant at, Money after) {
        if (!rejected && after.isZero()) {
            cashback = after;
            return;
        }
        rejected = false;
        String came = after.equals(cashback)
                ? "the cashback of %s came back.".formatted(after)
                : "the cashback came back as %s instead of %s.".formatted(after, cashback);
        String message = "An older confirmation of the partner contradicted the rejection: " + came;
        add(at, Cause.REINSTATEMENT, null, null, null, after, message);
    }

    private void tellReallotted(JournalEntry entry) {
        Money after = moved(entry);
        boolean rose = entry.source() == Account.OUTSIDE;
        String message = (rose
                        ? "The purchase %s gave %s of the monthly cap back: %s"
                        : "The purchase %s, which came before, took %s of the monthly cap: %s")
                .formatted(entry.causeId(), entry.amount(), went(after));
        add(entry.createdAt(), Cause.CAP, null, null, entry.causeId(), after, message);
    }

    private void add(
            Instant at,
            Cause cause,
            @Nullable String refundId,
            @Nullable String correctionId,
            @Nullable UUID purchaseId,
            Money after,
            String message) {
        changes.add(new AmountChange(at, cause, refundId, correctionId, purchaseId, cashback, after, message));
        cashback = after;
    }

    private Money moved(@Nullable JournalEntry entry) {
        if (entry == null) {
            return cashback;
        }
        return entry.source() == Account.OUTSIDE ? cashback.plus(entry.amount()) : cashback.minus(entry.amount());
    }

    /** The last correction that is not below what was refunded. */
    private Optional<CorrectionTaken> standing() {
        return corrections.stream()
                .filter(one -> one.amount() != null && amount(one).compareTo(refunded) >= 0)
                .reduce((one, other) -> other.isBefore(one) ? one : other);
    }

    private static Money amount(CorrectionTaken correction) {
        return requireNonNull(correction.amount());
    }

    /** True for an amount that reverses the purchase: of one that is rejected, nothing is left to take. */
    private boolean leavesNothing() {
        return !rejected && kept().isZero();
    }

    private Money kept() {
        return Money.max(gross.minus(refunded), Money.ZERO);
    }

    private Money entitled() {
        return CashbackCalculator.entitled(terms, gross, kept());
    }

    private String went(Money after) {
        int direction = after.compareTo(cashback);
        if (direction == 0) {
            return rejected
                    ? "the purchase was rejected, so that no cashback moved."
                    : "the cashback stayed at " + cashback + ".";
        }
        return "the cashback " + (direction > 0 ? "rose" : "fell") + " from " + cashback + " to " + after + ".";
    }
}
