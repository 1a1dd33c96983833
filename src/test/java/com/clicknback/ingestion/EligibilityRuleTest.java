package com.clicknback.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.IngestionStore.Facts;
import com.clicknback.money.Money;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.errors.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EligibilityRuleTest {
    private static final Instant NOW = Instant.parse("2026-04-22T10:00:00Z");
    private static final IngestionRules LATE = new IngestionRules(400, 90, 0);
    private static final UUID USER = UUID.randomUUID();
    private static final UUID MERCHANT = UUID.randomUUID();
    private static final CashbackTerms TERMS = CashbackTerms.merchantDefault(50_000);

    /** Everything is wrong at first; each line mends one thing more, in the order of the checks. */
    @ParameterizedTest(name = "{0} {1}, user {2}, merchant {3}, terms {4}: {5}")
    @CsvSource({
        "P91D, USD, ,      ,      false, VALIDATION_ERROR",
        "P1D,  USD, ,      ,      false, UNSUPPORTED_CURRENCY",
        "P1D,  EUR, ,      ,      false, USER_NOT_ELIGIBLE",
        "P1D,  eur, false, ,      false, USER_NOT_ELIGIBLE",
        "P1D,  EUR, true,  ,      false, MERCHANT_NOT_ELIGIBLE",
        "P1D,  eUr, true,  false, false, MERCHANT_NOT_ELIGIBLE",
        "P1D,  EUR, true,  true,  false, OFFER_NOT_AVAILABLE",
        "P1D,  EUR, true,  true,  true,  ",
        "P91D, EUR, true,  true,  true,  VALIDATION_ERROR",
        "P1D,  USD, true,  true,  true,  UNSUPPORTED_CURRENCY",
        "P1D,  EUR, false, true,  true,  USER_NOT_ELIGIBLE",
        "P1D,  EUR, true,  false, true,  MERCHANT_NOT_ELIGIBLE"
    })
    void theFirstBrokenRuleRefuses(
            Duration age, String currency, Boolean userActive, Boolean merchantActive, boolean terms, ErrorCode code) {
        Facts facts = new Facts(null, userActive, merchantActive, terms ? TERMS : null);
        assertThat(EligibilityRule.refusal(submission(NOW.minus(age), currency), facts, NOW, LATE)
                        .map(DomainException::code)
                        .orElse(null))
                .isEqualTo(code);
    }

    @ParameterizedTest(name = "{0}: accepted {1}")
    @CsvSource({
        "2026-04-22T10:05:00Z,        true",
        "2026-04-22T10:05:00.000001Z, false",
        "2026-01-22T10:00:00Z,        true",
        "2026-01-22T09:59:59.999999Z, false",
        "0000-01-01T00:00:00Z,        false",
        "9999-12-31T23:59:59Z,        false"
    })
    void theTimeOfPurchaseLiesBetweenNinetyDaysAgoAndFiveMinutesAhead(Instant purchasedAt, boolean accepted) {
        Facts facts = new Facts(null, true, true, TERMS);
        assertThat(EligibilityRule.refusal(submission(purchasedAt, "EUR"), facts, NOW, LATE)
                        .isEmpty())
                .isEqualTo(accepted);
    }

    @Test
    void aPartnerHasMoreTimeThanAUser() {
        Facts facts = new Facts(null, true, true, TERMS);
        Submission late = new Submission(
                new PurchaseKey(UUID.randomUUID(), "e-1"),
                USER,
                MERCHANT,
                Money.ofMinor(1),
                "EUR",
                NOW.minus(Duration.ofDays(400)),
                null);
        assertThat(EligibilityRule.refusal(late, facts, NOW, LATE)).isEmpty();
        assertThat(EligibilityRule.refusal(late, facts, NOW.plusNanos(1_000), LATE)
                        .orElseThrow()
                        .details()
                        .toString())
                .contains("at most 400 days ago");
    }

    @Test
    void aTimeLeftOutIsNow() {
        assertThat(EligibilityRule.refusal(submission(null, "EUR"), new Facts(null, true, true, TERMS), NOW, LATE))
                .isEmpty();
    }

    @Test
    void refusalsCarryWhatTheyAreAbout() {
        Submission usd = submission(NOW, "USD");
        assertThat(details(usd, new Facts(null, true, true, TERMS))).containsEntry("currency", "USD");
        Submission eur = submission(NOW, "EUR");
        assertThat(details(eur, new Facts(null, null, true, TERMS))).containsEntry("user_id", USER.toString());
        assertThat(details(eur, new Facts(null, true, null, TERMS))).containsEntry("merchant_id", MERCHANT.toString());
        assertThat(details(eur, new Facts(null, true, true, null))).containsEntry("merchant_id", MERCHANT.toString());
    }

    @Test
    void aViolationNamesTheMember() {
        DomainException refusal = EligibilityRule.refusal(
                        submission(NOW.plusSeconds(3600), "EUR"), new Facts(null, true, true, TERMS), NOW, LATE)
                .orElseThrow();
        assertThat(refusal.details().get("violations"))
                .asInstanceOf(InstanceOfAssertFactories.list(Violation.class))
                .extracting(Violation::field)
                .isEqualTo(List.of("purchased_at"));
    }

    private static Map<String, Object> details(Submission submission, Facts facts) {
        DomainException refusal =
                EligibilityRule.refusal(submission, facts, NOW, LATE).orElseThrow();
        assertThat(refusal.details().get("reason")).asString().isNotBlank();
        return new HashMap<>(refusal.details());
    }

    private static Submission submission(@Nullable Instant purchasedAt, String currency) {
        return new Submission(
                new PurchaseKey(null, "e-1"), USER, MERCHANT, Money.ofMinor(10_000), currency, purchasedAt, null);
    }
}
