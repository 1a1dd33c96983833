package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.money.Money;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapAllocationTest {
    private final RatedPurchases purchases = new RatedPurchases();

    @Test
    void cutsToWhatRemainsAndThenToNothing() {
        assertThat(allocate(300, purchases.earning(500, 600), purchases.earning(500, 600)))
                .containsExactly("3.00", "0.00");
    }

    @Test
    void aSmallerPurchaseAfterACutOneGetsNothingFromAFullCap() {
        assertThat(allocate(0, purchases.earning(700, 600), purchases.earning(1, 600)))
                .containsExactly("6.00", "0.00");
    }

    @Test
    void aCapThatWasRaisedLetsLaterPurchasesHaveTheRest() {
        assertThat(allocate(0, purchases.earning(700, 600), purchases.earning(500, 800), purchases.earning(1, 600)))
                .containsExactly("6.00", "2.00", "0.00");
    }

    private static List<String> allocate(long used, RatedPurchase... purchases) {
        return CapAllocation.allocate(List.of(purchases), Money.ofMinor(used)).stream()
                .map(Money::toString)
                .toList();
    }
}
