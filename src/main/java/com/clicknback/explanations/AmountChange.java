package com.clicknback.explanations;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that could change the cashback of a purchase after its credit, told as a sentence.
 *
 * @param cause how the sentence names it
 * @param refundId the partner's own id of the refund, if that is the cause
 * @param correctionId the partner's own id of the correction, if that is the cause
 * @param purchaseId the other purchase of the same cap, if that is the cause
 */
public record AmountChange(
        Instant occurredAt,
        Cause cause,
        @Nullable String refundId,
        @Nullable String correctionId,
        @Nullable UUID purchaseId,
        Money cashbackBefore,
        Money cashbackAfter,
        String message) {

    /** The kinds of cause. */
    public enum Cause {
        REFUND,
        CORRECTION,
        CAP,
        REINSTATEMENT
    }
}
