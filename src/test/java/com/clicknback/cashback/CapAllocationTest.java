package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.money.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CapAllocationTest {
    private static final UUID USER = UUID.randomUUID();
    private static final UUID OFFER = UUID.randomUUID();
    private static final LocalDate APRIL = LocalDate.parse("2026-04-01");
    private static final LocalDate MAY = LocalDate.parse("2026-05-01");

    @Test
    void cutsToWhatRemainsAndThenToNothing() {
        List<Credit> credits = CapAllocation.allocate(
                List.of(capped(USER, OFFER, APRIL, 500, 600), capped(USER, OFFER, APRIL, 500, 600)),
                Map.of(new CapKey(USER, OFFER, APRIL), Money.ofMinor(300)));
        assertThat(credits).extracting(credit -> credit.amount().toString()).containsExactly("3.00", "0.00");
        assertThat(credits)
                .extracting(credit -> credit.capUsedBefore().toString())
                .containsExactly("3.00", "6.00");
    }

    @Test
    void usersOffersAndMonthsHaveCapsOfTheirOwn() {
        UUID other = UUID.randomUUID();
        List<Credit> credits = CapAllocation.allocate(
                List.of(
                        capped(USER, OFFER, APRIL, 500, 600),
                        capped(other, OFFER, APRIL, 500, 600),
                        capped(USER, other, APRIL, 500, 600),
                        capped(USER, OFFER, MAY, 500, 600),
                        capped(USER, OFFER, APRIL, 500, 600)),
                Map.of());
        assertThat(credits)
                .extracting(credit -> credit.amount().toString())
                .containsExactly("5.00", "5.00", "5.00", "5.00", "1.00");
    }

    @Test
    void aSmallerPurchaseAfterACutOneGetsNothingFromAFullCap() {
        List<Credit> credits = CapAllocation.allocate(
                List.of(capped(USER, OFFER, APRIL, 700, 600), capped(USER, OFFER, APRIL, 1, 600)), Map.of());
        assertThat(credits).extracting(credit -> credit.amount().toString()).containsExactly("6.00", "0.00");
    }

    @Test
    void theMerchantsDefaultHasNoCap() {
        UncreditedPurchase purchase = new UncreditedPurchase(UUID.randomUUID(), USER, Money.MAX, APRIL, null, null);
        assertThat(CapAllocation.allocate(List.of(purchase, purchase), Map.of()))
                .containsOnly(new Credit(purchase.id(), USER, Money.MAX, APRIL, null, null))
                .hasSize(2);
    }

    private static UncreditedPurchase capped(UUID user, UUID offer, LocalDate month, long cashback, long cap) {
        return new UncreditedPurchase(
                UUID.randomUUID(), user, Money.ofMinor(cashback), month, offer, Money.ofMinor(cap));
    }
}
