package com.clicknback.ingestion;

import com.clicknback.clicks.Click;
import com.clicknback.clicks.ClickReference;
import com.clicknback.ingestion.IngestionStore.Facts;
import com.clicknback.money.Currency;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that a submission must keep to be accepted, in the order in which they are checked. */
enum EligibilityRule {
    DATED_IN_THE_FUTURE {
        @Override
        @Nullable
        DomainException broken(Submission submission, Facts facts, Instant now, IngestionRules late) {
            Instant purchasedAt = submission.purchasedAt();
            return purchasedAt != null && purchasedAt.isAfter(now.plus(AHEAD_MAX))
                    ? outOfRange(late.days(submission))
                    : null;
        }
    },

    DATED_TOO_LONG_AGO {
        @Override
        @Nullable
        DomainException broken(Submission submission, Facts facts, Instant now, IngestionRules late) {
            Instant purchasedAt = submission.purchasedAt();
            return purchasedAt != null && purchasedAt.isBefore(now.minus(Duration.ofDays(late.days(submission))))
                    ? outOfRange(late.days(submission))
                    : null;
        }
    },

    CURRENCY_NOT_ACCEPTED {
        @Override
        @Nullable
        DomainException broken(Submission submission, Facts facts, Instant now, IngestionRules late) {
            return Currency.ofCode(submission.currency()).isPresent()
                    ? null
                    : refuse(
                            ErrorCode.UNSUPPORTED_CURRENCY, "currency", submission.currency(), "Only EUR is accepted.");
        }
    },

    CLICK_NOT_KNOWN {
        @Override
        @Nullable
        DomainException broken(Submission submission, Facts facts, Instant now, IngestionRules late) {
            String named = submission.clickText();
            return named == null || submission.foundClick() != null ? null : noClick(named);
        }
    },

    CLICK_OF_ANOTHER_USER {
        @Override
        @Nullable
        DomainException broken(Submission submission, Facts facts, Instant now, IngestionRules late) {
            Click click = submission.foundClick();
            return click == null || click.userId().equals(submission.userId())
                    ? null
                    : DomainException.validation("user_id", "must be the user of the click, or absent");
        }
    },

    CLICK_AT_ANOTHER_MERCHANT {
        @Override
        @Nullable
        DomainException broken(Submission submission, Facts facts, Instant now, IngestionRules late) {
            Click click = submission.foundClick();
            return click == null || click.merchantId().equals(submission.merchantId())
                    ? null
                    : DomainException.validation("merchant_id", "must be the merchant of the click, or absent");
        }
    },

    CLICK_EXPIRED {
        @Override
        @Nullable
        DomainException broken(Submission submission, Facts facts, Instant now, IngestionRules late) {
            Click click = submission.foundClick();
            return click == null || !click.isExpiredAt(IngestionStore.purchasedAt(submission, now))
                    ? null
                    : refuse(
                            ErrorCode.CLICK_NOT_ELIGIBLE,
                            "click_id",
                            click.id().text(),
                            "The click had expired at the time of the purchase.");
        }
    },

    USER_NOT_ACTIVE {
        @Override
        @Nullable
        DomainException broken(Submission submission, Facts facts, Instant now, IngestionRules late) {
            if (Boolean.TRUE.equals(facts.userActive())) {
                return null;
            }
            ClickReference click = submission.click();
            return click != null && !click.userStated()
                    ? noClick(click.text()).because(ErrorCode.USER_NOT_ELIGIBLE)
                    : refuse(
                            ErrorCode.USER_NOT_ELIGIBLE,
                            "user_id",
                            submission.userId().toString(),
                            facts.userActive() == null ? "The user does not exist." : "The user is not active.");
        }
    },

    MERCHANT_NOT_ACTIVE {
        @Override
        @Nullable
        DomainException broken(Submission submission, Facts facts, Instant now, IngestionRules late) {
            return Boolean.TRUE.equals(facts.merchantActive())
                    ? null
                    : refuse(
                            ErrorCode.MERCHANT_NOT_ELIGIBLE,
                            "merchant_id",
                            submission.merchantId().toString(),
                            facts.merchantActive() == null
                                    ? "The merchant does not exist."
                                    : "The merchant was not active at the time of the purchase.");
        }
    },

    NO_CASHBACK_OFFERED {
        @Override
        @Nullable
        DomainException broken(Submission submission, Facts facts, Instant now, IngestionRules late) {
            return facts.terms() != null
                    ? null
                    : refuse(
                            ErrorCode.OFFER_NOT_AVAILABLE,
                            "merchant_id",
                            submission.merchantId().toString(),
                            "The merchant has no offer in force at the time of the purchase and no default cashback.");
        }
    };

    private static final Set<EligibilityRule> ALL = EnumSet.allOf(EligibilityRule.class);
    private static final Set<EligibilityRule> OF_PARTNERS_REPORTS = EnumSet.range(DATED_IN_THE_FUTURE, CLICK_EXPIRED);
    private static final Set<EligibilityRule> OF_USERS_REPORTS = EnumSet.range(DATED_IN_THE_FUTURE, USER_NOT_ACTIVE);
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    /** The refusal when the submission breaks the rule, else null. */
    abstract @Nullable DomainException broken(Submission submission, Facts facts, Instant now, IngestionRules late);

    /** The refusal of the first rule that the submission breaks; empty when it can be accepted. */
    static Optional<DomainException> refusal(Submission submission, Facts facts, Instant now, IngestionRules late) {
        return refusal(ALL, submission, facts, now, late);
    }

    /**
     * The same for a second report of a purchase, whose merchant and terms are judged already. A partner's counts also when
     * its user was deactivated meanwhile: it earns nothing, and without it the partner's refunds would not find the purchase.
     */
    static Optional<DomainException> refusalOfReport(
            Submission submission, Facts facts, Instant now, IngestionRules late) {
        return refusal(submission.isByUser() ? OF_USERS_REPORTS : OF_PARTNERS_REPORTS, submission, facts, now, late);
    }

    private static Optional<DomainException> refusal(
            Set<EligibilityRule> rules, Submission submission, Facts facts, Instant now, IngestionRules late) {
        for (EligibilityRule rule : rules) {
            DomainException refusal = rule.broken(submission, facts, now, late);
            if (refusal != null) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    /** The sender learns no more of a user that it did not name than of a click that does not exist. */
    private static DomainException noClick(String id) {
        return refuse(ErrorCode.CLICK_NOT_ELIGIBLE, "click_id", id, "There is no such click that counts.");
    }

    private static DomainException outOfRange(int days) {
        return DomainException.validation(
                "purchased_at", "must be at most " + days + " days ago and at most 5 minutes ahead");
    }

    private static DomainException refuse(ErrorCode code, String member, String value, String reason) {
        return new DomainException(code, reason, DomainException.details(member, value, "reason", reason));
    }
}
