package com.clicknback.explanations;

import com.clicknback.cashback.Calculation;
import com.clicknback.cashback.CapDraw;
import com.clicknback.ledger.JournalEntry;
import com.clicknback.money.Money;
import com.clicknback.purchases.Purchase;
import com.clicknback.purchases.PurchaseState.Correction;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reasons for a purchase's amount and state, from facts stored when they arose; only the next step is of today.
 *
 * @param refundedAmount the part of the purchase that its buyer got back
 * @param cap what the credit drew on the offer's cap; null until credited, and without an offer
 * @param credit null until credited
 * @param refunds in order, the earliest {@value #REFUNDS_MAX}
 * @param corrections in order, the earliest {@value #REFUNDS_MAX}
 * @param changes of the cashback after its credit, in order
 * @param hold null where nothing is held, was held or will be
 * @param history every state that the purchase entered, in order; of very many the earliest
 * @param refusedEvents of its partner, by the partner's times, the earliest {@value #REFUSED_MAX}
 * @param order null when no sender named it
 * @param journal of the purchase, in order; of changes of its amount the earliest {@value #REFUNDS_MAX}
 */
public record Explanation(
        Purchase purchase,
        Money refundedAmount,
        Calculation calculation,
        @Nullable CapDraw cap,
        @Nullable Credited credit,
        List<RefundTaken> refunds,
        List<CorrectionTaken> corrections,
        List<AmountChange> changes,
        @Nullable HoldTold hold,
        List<StateChange> history,
        List<JournalEntry> journal,
        List<RefusedEvent> refusedEvents,
        @Nullable Order order,
        NextStep next) {
    static final int REFUNDS_MAX = 1_000;
    static final int REFUSED_MAX = 100;

    /** Few purchases have more than two: a partner's ever older words may overturn one another. */
    static final int DECISIONS_MAX = 99;

    /** The amount credited after the cap, and its time. */
    public record Credited(Money amount, Instant creditedAt) {}

    /**
     * A refund and what it took.
     *
     * @param refundId the partner's own id of the refund
     * @param cashbackAmount by how much the cashback fell; all that was left when the refund completed the purchase
     * @param counts false for one with a later time than that of the partner's rejection
     */
    public record RefundTaken(
            UUID id, String refundId, Money amount, Money cashbackAmount, Instant createdAt, boolean counts) {}

    /**
     * The order of a purchase, as its senders named it.
     *
     * @param firstReportedBy user or partner
     * @param userExternalId the user's own id of it; null until its user has submitted it
     * @param attachedAt the time of the other side's report; null until then
     * @param message what became of the second report, as a sentence; null until then
     */
    public record Order(
            String orderRef,
            String firstReportedBy,
            @Nullable String userExternalId,
            @Nullable Instant attachedAt,
            @Nullable String message) {
        boolean isFirstByUser() {
            return firstReportedBy.equals("user");
        }
    }

    /**
     * An event of the partner that had no effect.
     *
     * @param type as the partner names it
     * @param occurredAt the partner's time
     * @param outcome refused or expired
     * @param code of the refusal; null when it expired
     * @param message the event and why it had no effect, as a sentence
     */
    public record RefusedEvent(
            String type,
            @Nullable String refundId,
            @Nullable String correctionId,
            Instant occurredAt,
            Instant settledAt,
            String outcome,
            @Nullable String code,
            String message) {}

    /**
     * A correction of the amount.
     *
     * @param correctionId the partner's own id of it
     * @param amount null when it leaves the amount as it is
     * @param occurredAt the partner's time; the correction with the latest one stands
     * @param counts false for one with a later time than that of the partner's rejection
     */
    public record CorrectionTaken(
            UUID id,
            String correctionId,
            @Nullable Money amount,
            Instant occurredAt,
            Instant createdAt,
            boolean counts) {

        boolean isBefore(CorrectionTaken other) {
            return new Correction(occurredAt, correctionId)
                            .compareTo(new Correction(other.occurredAt, other.correctionId))
                    < 0;
        }
    }
}
