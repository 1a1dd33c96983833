package com.clicknback.partnerevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.cashback.CashbackType;
import com.clicknback.ledger.Account;
import com.clicknback.money.Money;
import com.clicknback.partnerevents.History.Act;
import com.clicknback.partnerevents.History.Step;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.PurchaseStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A thousand random histories of several users, caps, merchants and offers, each told in several orders of arrival to the
 * rules without a database. After each step everybody has what the page about amounts says, worked out here anew.
 */
class RandomHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("histories", 1_000);
    private static final int ORDERS = 3;

    @Test
    void giveEverybodyWhatThePageSaysAndComeToOneEndInEveryOrder() {
        long first = first();
        for (long seed = first; seed < first + HISTORIES; seed++) {
            Random random = new Random(seed);
            History history = History.random(random);
            int reversed = random.nextInt(history.purchases().size());
            Set<List<String>> ends = new LinkedHashSet<>();
            for (int order = 0; order < ORDERS; order++) {
                HistoryTelling telling = new HistoryTelling(history);
                for (Step step : history.shuffled(random)) {
                    telling.take(step);
                    requireRight(telling, seed, step);
                }
                finish(telling, history);
                Step last = new Step(Act.REVERSE, reversed, null, 0);
                telling.take(last);
                requireRight(telling, seed, last);
                ends.add(telling.end());
            }
            assertThat(ends).as("the ends of the orders of seed %s", seed).hasSize(1);
        }
    }

    /**
     * A refund beyond all stated amounts is refused to its sender, unless it waits for its purchase. So the order of arrival
     * decides what is refused, and the rest decides the end.
     */
    @Test
    void comeToOneEndForTheSameRefusedRefunds() {
        long first = first();
        for (long seed = first; seed < first + HISTORIES; seed++) {
            Random random = new Random(seed);
            History history = History.random(random, true);
            Map<List<String>, Set<List<String>>> ends = new HashMap<>();
            for (int order = 0; order < 2 * ORDERS; order++) {
                HistoryTelling telling = new HistoryTelling(history);
                for (Step step : history.shuffled(random)) {
                    telling.take(step);
                    requireRight(telling, seed, step);
                }
                finish(telling, history);
                ends.computeIfAbsent(telling.refusedRefunds(), refused -> new LinkedHashSet<>())
                        .add(telling.end());
            }
            assertThat(ends.values())
                    .as("the ends of the orders of seed %s by what is refused in them", seed)
                    .allSatisfy(end -> assertThat(end).hasSize(1));
        }
    }

    private static long first() {
        Long chosen = Long.getLong("histories.seed");
        long first = chosen == null ? new Random().nextInt(1_000_000) : chosen;
        System.out.println("To repeat these histories: -Dtest=RandomHistoriesTest -Dhistories.seed=" + first);
        return first;
    }

    private static void finish(HistoryTelling telling, History history) {
        for (int i = 0; i < history.purchases().size(); i++) {
            telling.take(new Step(Act.ATTACH, i, null, 0));
            telling.take(new Step(Act.CREDIT, i, null, 0));
        }
        telling.take(new Step(Act.RELEASE, 0, null, 31));
    }

    /** A cap, as the page describes it. */
    private record Cap(UUID user, UUID offer, LocalDate month) {}

    private static void requireRight(HistoryTelling telling, long seed, Step after) {
        Map<Cap, Long> used = new HashMap<>();
        Map<UUID, Long> pending = new HashMap<>();
        Map<UUID, Long> available = new HashMap<>();
        telling.states().values().stream()
                .sorted(Comparator.comparing(PurchaseState::ingestedAt))
                .forEach(state -> {
                    long expected = entitled(state);
                    Money cap = state.terms().monthlyCap();
                    if (cap != null) {
                        LocalDate month = LocalDate.ofInstant(state.purchasedAt(), ZoneOffset.UTC)
                                .withDayOfMonth(1);
                        Cap shared = new Cap(state.userId(), state.terms().offerId(), month);
                        long before = used.getOrDefault(shared, 0L);
                        expected = Math.min(expected, Math.max(cap.minor() - before, 0));
                        used.put(shared, before + expected);
                    }
                    if (state.status() == PurchaseStatus.CONFIRMED) {
                        requireHeldUntilItsEnd(telling, state, seed, after);
                    }
                    boolean waits = state.status() == PurchaseStatus.PENDING
                            || state.hold().active();
                    assertThat(telling.books().balanceOf(state.id(), Account.PENDING))
                            .as("pending of %s, seed %s after %s", state, seed, after)
                            .isEqualTo(waits ? expected : 0);
                    assertThat(telling.books().balanceOf(state.id(), Account.AVAILABLE))
                            .as("available of %s, seed %s after %s", state, seed, after)
                            .isEqualTo(waits ? 0 : expected);
                    (waits ? pending : available).merge(state.userId(), expected, Long::sum);
                });
        telling.states().values().stream().map(PurchaseState::userId).distinct().forEach(user -> {
            assertThat(telling.books().balance(user, Account.PENDING))
                    .as("pending balance, seed %s after %s", seed, after)
                    .isEqualTo(pending.getOrDefault(user, 0L));
            assertThat(telling.books().balance(user, Account.AVAILABLE))
                    .as("available balance, seed %s after %s", seed, after)
                    .isEqualTo(available.getOrDefault(user, 0L));
        });
    }

    private static void requireHeldUntilItsEnd(HistoryTelling telling, PurchaseState state, long seed, Step after) {
        int days = state.terms().holdDays();
        if (days == 0 || telling.daysPassed() < days) {
            assertThat(state.hold().active())
                    .as("hold of %s, seed %s after %s", state, seed, after)
                    .isEqualTo(days > 0);
        }
    }

    /** The formula of the page, in decimals and from the facts alone. */
    private static long entitled(PurchaseState state) {
        if (!HistoryTelling.isLive(state)) {
            return 0;
        }
        BigDecimal gross = state.amount().toDecimal();
        BigDecimal kept = gross.subtract(state.refunded().toDecimal());
        BigDecimal value = BigDecimal.valueOf(state.terms().valueE4(), 4);
        BigDecimal part = state.terms().type() == CashbackType.PERCENT
                ? value.multiply(kept).divide(BigDecimal.valueOf(100), 2, RoundingMode.HALF_EVEN)
                : value.multiply(kept).divide(gross, 2, RoundingMode.HALF_EVEN);
        return part.min(kept).movePointRight(2).longValueExact();
    }
}
