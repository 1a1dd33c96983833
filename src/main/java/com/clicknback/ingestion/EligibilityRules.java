package com.clicknback.ingestion;

import com.clicknback.ingestion.IngestionStore.Facts;
import com.clicknback.money.Currency;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks 3 to 7 of section 6.4 of the HTTP contract, in their order. */
final class EligibilityRules {
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);
    private static final Duration AGE_MAX = Duration.ofDays(90);

    private EligibilityRules() {}

    /** The first refusal, or empty when the purchase can be accepted. */
    static Optional<DomainException> refusal(Submission submission, Facts facts, Instant now) {
        if (outOfRange(submission.purchasedAt(), now)) {
            return Optional.of(DomainException.validation(
                    submission.memberPrefix() + "purchased_at",
                    "must be at most 90 days ago and at most 5 minutes ahead"));
        }
        if (Currency.ofCode(submission.currency()).isEmpty()) {
            return refused(ErrorCode.UNSUPPORTED_CURRENCY, "currency", submission.currency(), "Only EUR is accepted.");
        }
        if (!Boolean.TRUE.equals(facts.userActive())) {
            return refused(
                    ErrorCode.USER_NOT_ELIGIBLE,
                    "user_id",
                    submission.userId().toString(),
                    facts.userActive() == null ? "The user does not exist." : "The user is not active.");
        }
        if (!Boolean.TRUE.equals(facts.merchantActive())) {
            return refused(
                    ErrorCode.MERCHANT_NOT_ELIGIBLE,
                    "merchant_id",
                    submission.merchantId().toString(),
                    facts.merchantActive() == null ? "The merchant does not exist." : "The merchant is not active.");
        }
        if (facts.terms() == null) {
            return refused(
                    ErrorCode.OFFER_NOT_AVAILABLE,
                    "merchant_id",
                    submission.merchantId().toString(),
                    "The merchant has no offer in force at the time of the purchase and no default cashback.");
        }
        return Optional.empty();
    }

    private static boolean outOfRange(@Nullable Instant purchasedAt, Instant now) {
        return purchasedAt != null
                && (purchasedAt.isAfter(now.plus(AHEAD_MAX)) || purchasedAt.isBefore(now.minus(AGE_MAX)));
    }

    private static Optional<DomainException> refused(ErrorCode code, String member, String value, String reason) {
        return Optional.of(new DomainException(code, reason, DomainException.details(member, value, "reason", reason)));
    }
}
