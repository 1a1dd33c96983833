package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.cashback.Rerating.Step;
import com.clicknback.ledger.Account;
import com.clicknback.ledger.Transfer;
import com.clicknback.ledger.TransferKind;
import com.clicknback.money.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class CapAllocationPropertyTest {
    private static final long CAP = 1_000;

    @Property
    void givesAsMuchAsTheCapAllowsAndNotACentLess(
            @ForAll @Size(max = 30) List<@LongRange(min = 1, max = 600) Long> amounts,
            @ForAll @LongRange(min = 0, max = CAP) long used) {
        List<RatedPurchase> purchases = purchases(amounts);

        List<Money> shares = CapAllocation.allocate(purchases, Money.ofMinor(used));

        for (int i = 0; i < shares.size(); i++) {
            assertThat(shares.get(i)).isBetween(Money.ZERO, purchases.get(i).entitled());
        }
        long wanted = amounts.stream().mapToLong(Long::longValue).sum();
        assertThat(sum(shares)).isEqualTo(Math.min(wanted, CAP - used));
    }

    /** In whatever order purchases are credited, refunded, corrected and ended, the same remains. */
    @Property
    void onlyTheFactsCountAndNotTheOrderOfTheirArrival(
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 1, max = 600) Long> amounts, @ForAll Random random) {
        List<RatedPurchase> purchases = purchases(amounts);
        List<RatedPurchase> ends =
                purchases.stream().map(purchase -> changed(purchase, random)).toList();
        List<Money> expected = CapAllocation.allocate(ends, Money.ZERO);
        List<Integer> arrival = order(purchases.size(), random);

        Books books = new Books(purchases.get(0).capKey());
        arrival.forEach(i -> books.credit(purchases.get(i)));
        List<Integer> changes = order(purchases.size(), random);
        changes.forEach(i -> books.change(purchases.get(i), ends.get(i)));

        for (int i = 0; i < purchases.size(); i++) {
            assertThat(books.held(purchases.get(i))).isEqualTo(expected.get(i).minor());
        }
        assertThat(books.drawn()).isEqualTo(sum(expected));
    }

    /** The greatest cap that there may be is one like any other. */
    @Example
    void whatReturnsToTheGreatestCapGoesToThePurchaseThatItHadCut() {
        RatedPurchases purchases = new RatedPurchases();
        RatedPurchase first = purchases.earning(Money.MAX.minor(), Money.MAX.minor());
        RatedPurchase cut = purchases.earning(500, Money.MAX.minor());
        Books books = new Books(first.capKey());
        books.credit(first);
        books.credit(cut);
        assertThat(books.held(cut)).isZero();

        books.change(first, refunded(first, 300));

        assertThat(books.held(cut)).isEqualTo(300);
    }

    private static RatedPurchase refunded(RatedPurchase purchase, long refunded) {
        return new RatedPurchase(
                purchase.id(),
                purchase.userId(),
                purchase.ingestedAt(),
                purchase.capMonth(),
                purchase.terms(),
                purchase.gross(),
                Money.ofMinor(refunded),
                null,
                purchase.balance(),
                purchase.credited());
    }

    /** A flood of one user's purchases is credited in one round, and the event loop does nothing else meanwhile. */
    @Example
    void aNewPurchaseOfACapLooksAtFewOfThoseBeforeIt() {
        List<RatedPurchase> purchases = purchases(Collections.nCopies(2_000, 25L));
        CapGroup group = CapGroup.sharing(List.of(), Money.ZERO);

        purchases.forEach(group::put);

        assertThat(group.looks()).isLessThan(4L * purchases.size());
    }

    /** The transfers and draws so far. */
    private static final class Books {
        private final Rerating rerating;
        private final List<Credit> credits = new ArrayList<>();

        Books(CapKey cap) {
            rerating = new Rerating(Map.of(cap, List.of()), Map.of());
        }

        void credit(RatedPurchase purchase) {
            credits.add(rerating.credit(purchase));
        }

        void change(RatedPurchase before, RatedPurchase after) {
            boolean ends = after.balance() == null;
            rerating.take(new Step(
                    before,
                    after,
                    ends ? TransferKind.CASHBACK_REJECTED : TransferKind.CASHBACK_CORRECTED,
                    ends ? null : UUID.randomUUID()));
        }

        long held(RatedPurchase purchase) {
            long credited = credits.stream()
                    .filter(credit -> credit.purchaseId().equals(purchase.id()))
                    .mapToLong(credit -> credit.amount().minor())
                    .sum();
            return credited
                    + rerating.transfers().stream()
                            .filter(transfer -> purchase.id().equals(transfer.purchaseId()))
                            .mapToLong(Books::net)
                            .sum();
        }

        private static long net(Transfer transfer) {
            long amount = transfer.amount().minor();
            return transfer.source() == Account.OUTSIDE ? amount : -amount;
        }

        long drawn() {
            return rerating.uses().stream()
                    .mapToLong(use -> use.amount().minor())
                    .sum();
        }
    }

    private static RatedPurchase changed(RatedPurchase purchase, Random random) {
        Money gross = Money.ofMinor(1 + random.nextInt(900));
        Money refunded = Money.ofMinor(random.nextInt((int) gross.minor()));
        Account balance = random.nextInt(4) == 0 ? null : Account.PENDING;
        return new RatedPurchase(
                purchase.id(),
                purchase.userId(),
                purchase.ingestedAt(),
                purchase.capMonth(),
                purchase.terms(),
                gross,
                refunded,
                null,
                balance,
                Money.ZERO);
    }

    private static List<Integer> order(int size, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        return order;
    }

    private static long sum(List<Money> amounts) {
        return amounts.stream().mapToLong(Money::minor).sum();
    }

    private static List<RatedPurchase> purchases(List<Long> amounts) {
        RatedPurchases purchases = new RatedPurchases();
        return amounts.stream().map(amount -> purchases.earning(amount, CAP)).toList();
    }
}
