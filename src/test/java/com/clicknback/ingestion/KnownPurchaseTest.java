package com.clicknback.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.events.PurchaseKey;
import com.clicknback.money.Money;
import com.clicknback.purchases.PurchaseStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownPurchaseTest {
    private static final UUID PARTNER = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();
    private static final UUID MERCHANT = UUID.randomUUID();
    private static final Instant THEN = Instant.parse("2026-04-22T10:00:00Z");
    private static final Money TEN = Money.ofMinor(1_000);

    @Test
    void aRepeatDiffersInNothing() {
        assertThat(differing(THEN, submission(USER, MERCHANT, TEN, "EUR", THEN)))
                .isEmpty();
    }

    @Test
    void currenciesAreTheSameInAnyCase() {
        assertThat(differing(THEN, submission(USER, MERCHANT, TEN, "eUr", THEN)))
                .isEmpty();
    }

    @Test
    void eachDifferingMemberIsNamed() {
        UUID other = UUID.randomUUID();
        assertThat(differing(THEN, submission(other, MERCHANT, TEN, "EUR", THEN)))
                .containsExactly("user_id");
        assertThat(differing(THEN, submission(USER, other, TEN, "EUR", THEN))).containsExactly("merchant_id");
        assertThat(differing(THEN, submission(USER, MERCHANT, Money.ofMinor(1_001), "EUR", THEN)))
                .containsExactly("amount");
        assertThat(differing(THEN, submission(USER, MERCHANT, TEN, "USD", THEN)))
                .containsExactly("currency");
        assertThat(differing(THEN, submission(USER, MERCHANT, TEN, "EUR", THEN.plusNanos(1_000))))
                .containsExactly("purchased_at");
        assertThat(differing(THEN, submission(other, other, Money.ofMinor(1), "GBP", THEN.plusSeconds(1))))
                .containsExactly("user_id", "merchant_id", "amount", "currency", "purchased_at");
    }

    @Test
    void aTimeLeftOutEqualsOnlyATimeLeftOut() {
        assertThat(differing(null, submission(USER, MERCHANT, TEN, "EUR", null)))
                .isEmpty();
        assertThat(differing(null, submission(USER, MERCHANT, TEN, "EUR", THEN)))
                .containsExactly("purchased_at");
        assertThat(differing(THEN, submission(USER, MERCHANT, TEN, "EUR", null)))
                .containsExactly("purchased_at");
    }

    /** An item of a batch compares with a later item as it will once it is stored. */
    @Test
    void aSubmissionJustAcceptedIsKnownAsItWasSent() {
        Submission sent = submission(USER, MERCHANT, TEN, "eur", null);
        NewPurchase accepted =
                new NewPurchase(UUID.randomUUID(), sent, CashbackTerms.merchantDefault(50_000), Money.ofMinor(50));
        KnownPurchase known = KnownPurchase.of(accepted, THEN);
        assertThat(known.verdictOn(sent)).isEqualTo(new Verdict.Repeated(known));
        assertThat(known)
                .isEqualTo(new KnownPurchase(
                        accepted.id(),
                        USER,
                        MERCHANT,
                        TEN,
                        "EUR",
                        null,
                        PurchaseStatus.PENDING,
                        Money.ofMinor(50),
                        null,
                        THEN,
                        null,
                        null));
    }

    private static Iterable<String> differing(@Nullable Instant statedPurchasedAt, Submission later) {
        KnownPurchase known = new KnownPurchase(
                UUID.randomUUID(),
                USER,
                MERCHANT,
                TEN,
                "EUR",
                statedPurchasedAt,
                PurchaseStatus.CONFIRMED,
                Money.ofMinor(50),
                THEN,
                THEN,
                null,
                null);
        Verdict verdict = known.verdictOn(later);
        if (verdict instanceof Verdict.Repeated repeated) {
            assertThat(repeated.purchase()).isEqualTo(known);
            return List.of();
        }
        Verdict.Taken taken = (Verdict.Taken) verdict;
        assertThat(taken.purchase()).isEqualTo(known);
        assertThat(taken.differingMembers()).isNotEmpty();
        return taken.differingMembers();
    }

    private static Submission submission(
            UUID user, UUID merchant, Money amount, String currency, @Nullable Instant purchasedAt) {
        return new Submission(new PurchaseKey(PARTNER, "e-1"), user, merchant, amount, currency, purchasedAt, null);
    }
}
