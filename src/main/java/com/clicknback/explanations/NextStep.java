package com.clicknback.explanations;

import com.clicknback.purchases.PurchaseStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The next step of a purchase, in the form of the HTTP contract.
 *
 * @param dueAt of a verification or a release
 * @param attemptsUsed how often the verifier has left the purchase undecided
 * @param attemptsLeft before it is rejected
 * @param featureFlag the flag that holds the purchase or its cashback back
 */
public record NextStep(
        Step step,
        @Nullable Instant dueAt,
        @Nullable Integer attemptsUsed,
        @Nullable Integer attemptsLeft,
        @Nullable String featureFlag,
        String message) {

    /** The kinds of step; NONE where nothing happens by itself, FINAL where nothing can happen any more. */
    public enum Step {
        CREDITING,
        VERIFICATION,
        PARTNER_CONFIRMATION,
        ADMIN_DECISION,
        HELD,
        RELEASE,
        RELEASE_STOPPED,
        NONE,
        FINAL
    }

    /**
     * The state of a pending purchase in the verification job.
     *
     * @param byPartner true when the partner that sent the purchase decides about it
     * @param partnerActive false when that partner is switched off, so that its word is not taken
     */
    record Awaited(Instant dueAt, int attempts, boolean byPartner, boolean partnerActive) {}

    /** For a purchase that is not pending. */
    static NextStep ofDecided(PurchaseStatus status) {
        return status == PurchaseStatus.CONFIRMED
                ? plain(Step.NONE, "Nothing by itself: the cashback stays unless the purchase is refunded or reversed.")
                : plain(Step.FINAL, "Nothing: the state is final.");
    }

    /** For a pending purchase without a credit. */
    static NextStep crediting() {
        return plain(Step.CREDITING, "The cashback is credited, usually within a second, and drawn on the cap if any.");
    }

    static NextStep partnerConfirmation() {
        return plain(Step.PARTNER_CONFIRMATION, "The partner that sent the purchase confirms or rejects it.");
    }

    static NextStep adminDecision() {
        return plain(
                Step.ADMIN_DECISION,
                "An administrator decides: the partner that would confirm or reject the purchase is switched off.");
    }

    static NextStep held(Awaited awaited, int attemptsMax, String featureFlag) {
        return new NextStep(
                Step.HELD,
                null,
                awaited.attempts(),
                left(awaited, attemptsMax),
                featureFlag,
                "Verification waits until the feature flag is on for the user and for the merchant.");
    }

    /** For a confirmed purchase whose cashback is held. */
    static NextStep release(Instant payableAt) {
        return new NextStep(
                Step.RELEASE,
                payableAt,
                null,
                null,
                null,
                "The cashback becomes available at the end of its hold, unless the purchase is refunded or reversed before.");
    }

    /** For a confirmed purchase whose cashback a flag holds. */
    static NextStep releaseStopped(String featureFlag) {
        return new NextStep(
                Step.RELEASE_STOPPED,
                null,
                null,
                null,
                featureFlag,
                "The purchase is confirmed. Its cashback waits until the feature flag is on for the user and for the"
                        + " merchant, or until an administrator releases it.");
    }

    static NextStep verification(Awaited awaited, int attemptsMax) {
        int left = left(awaited, attemptsMax);
        return new NextStep(
                Step.VERIFICATION,
                awaited.dueAt(),
                awaited.attempts(),
                left,
                null,
                left > 1
                        ? "Verification confirms or rejects the purchase, or tries again later."
                        : "Verification confirms or rejects the purchase.");
    }

    /** At least one, even when fewer are allowed than before: a due purchase is asked about. */
    private static int left(Awaited awaited, int attemptsMax) {
        return Math.max(attemptsMax - awaited.attempts(), 1);
    }

    private static NextStep plain(Step step, String message) {
        return new NextStep(step, null, null, null, null, message);
    }
}
