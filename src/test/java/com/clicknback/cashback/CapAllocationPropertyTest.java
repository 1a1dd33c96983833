package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class CapAllocationPropertyTest {
    private static final long CAP = 1_000;
    private static final int KEYS = 4;

    @Property
    void neverPassesACapWhateverTheOrder(
            @ForAll @Size(max = 30) List<@LongRange(min = 0, max = 600) Long> cashbacks,
            @ForAll @LongRange(min = 0, max = CAP) long usedBefore,
            @ForAll Random random) {
        List<UncreditedPurchase> purchases = purchases(cashbacks, random);
        Map<CapKey, Money> used = new HashMap<>();
        purchases.forEach(purchase -> used.put(purchase.capKey(), Money.ofMinor(usedBefore)));
        Collections.shuffle(purchases, random);

        List<Credit> credits = CapAllocation.allocate(purchases, used);

        Map<CapKey, Long> wanted = new HashMap<>();
        Map<CapKey, Long> given = new HashMap<>();
        for (int i = 0; i < purchases.size(); i++) {
            UncreditedPurchase purchase = purchases.get(i);
            Credit credit = credits.get(i);
            assertThat(credit.purchaseId()).isEqualTo(purchase.id());
            assertThat(credit.amount()).isBetween(Money.ZERO, purchase.cashback());
            assertThat(credit.capUsedBefore().minor())
                    .isEqualTo(usedBefore + given.getOrDefault(purchase.capKey(), 0L));
            given.merge(purchase.capKey(), credit.amount().minor(), Long::sum);
            wanted.merge(purchase.capKey(), purchase.cashback().minor(), Long::sum);
        }
        // As much as the cap allows, and not a cent less.
        wanted.forEach((key, sum) -> assertThat(given.get(key)).isEqualTo(Math.min(sum, CAP - usedBefore)));
    }

    @Property
    void oneByOneGivesTheSameAsAllAtOnce(
            @ForAll @Size(max = 20) List<@LongRange(min = 0, max = 600) Long> cashbacks,
            @ForAll @IntRange(min = 0, max = 20) int cut,
            @ForAll Random random) {
        List<UncreditedPurchase> purchases = purchases(cashbacks, random);
        int first = Math.min(cut, purchases.size());
        List<Credit> inTwo = new ArrayList<>(CapAllocation.allocate(purchases.subList(0, first), Map.of()));
        Map<CapKey, Money> used = new HashMap<>();
        inTwo.forEach(credit -> used.merge(credit.capKey(), credit.amount(), Money::plus));
        inTwo.addAll(CapAllocation.allocate(purchases.subList(first, purchases.size()), used));
        assertThat(inTwo).isEqualTo(CapAllocation.allocate(purchases, Map.of()));
    }

    /** Two users with two months each, so that caps must be kept apart. */
    private static List<UncreditedPurchase> purchases(List<Long> cashbacks, Random random) {
        UUID offer = new UUID(0, 7);
        List<UncreditedPurchase> purchases = new ArrayList<>();
        for (long cashback : cashbacks) {
            int key = random.nextInt(KEYS);
            purchases.add(new UncreditedPurchase(
                    UUID.randomUUID(),
                    new UUID(0, key / 2),
                    Money.ofMinor(cashback),
                    LocalDate.of(2026, 1 + key % 2, 1),
                    offer,
                    Money.ofMinor(CAP)));
        }
        return purchases;
    }
}
