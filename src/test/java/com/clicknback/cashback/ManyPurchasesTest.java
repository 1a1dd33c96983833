package com.clicknback.cashback;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CapGroupStore.Groups;
import com.clicknback.cashback.CapGroupStore.Neighbours;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.ledger.Account;
import com.clicknback.money.Money;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.Decisions;
import com.clicknback.testing.Workbench;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ten thousand purchases of one user under one cap: a change looks at those that it may touch. */
class ManyPurchasesTest {
    private static final int PURCHASES = 10_000;
    private static final int BATCH = 500;

    private static Workbench bench;

    @BeforeAll
    static void openBench() {
        bench = Workbench.open();
    }

    @AfterAll
    static void closeBench() {
        bench.close();
    }

    /** The first purchase takes the cap of 12.00; each of the others earns one cent. */
    @Test
    void aChangeOfAnEarlyOneReachesAsFarAsWhatItGivesBack() {
        UUID user = bench.user();
        UUID merchant = bench.merchantOffering(CashbackType.PERCENT, 100_000, 12_00);
        UUID first = bench.purchase(user, merchant, 120_00);
        bench.credit(user, first);
        List<UUID> others = buy(user, merchant);
        assertThat(looksAt(user, first, 0)).isEqualTo(1 + CapGroupStore.GROUP_MAX);

        decide(Decision.REVERSE, first);

        assertThat(credited(user)).as("one cent each, as far as the cap goes").isEqualTo(1_200);
        assertThat(bench.differences()).isEmpty();
        assertThat(looksAt(user, others.get(0), 0))
                .as("itself, one sum of the 1,199 that keep their cent, and the first ones without a part")
                .isEqualTo(2 + CapGroupStore.GROUP_MAX);
        assertThat(looksAt(user, others.get(0), 3))
                .as("and the three that a rise of three cents may cost theirs")
                .isEqualTo(2 + 3 + CapGroupStore.GROUP_MAX);

        decide(Decision.REVERSE, others.get(1_150));

        assertThat(credited(user)).as("another one").isEqualTo(1_200);
        assertThat(looksAt(user, others.get(1_100), 0))
                .as("with a sum on either side, as its batch came at one time")
                .isEqualTo(3 + CapGroupStore.GROUP_MAX);
        assertThat(bench.differences()).isEmpty();
    }

    /** One cent earns nothing at ten percent. */
    @Test
    void thoseThatEarnNothingArePassedOver() {
        UUID user = bench.user();
        UUID merchant = bench.merchantOffering(CashbackType.PERCENT, 100_000, 12_00);
        UUID first = bench.purchase(user, merchant, 120_00);
        bench.credit(user, first);
        List<UUID> later = new ArrayList<>();
        for (int amount : new int[] {1, 1, 10, 1}) {
            bench.clock.advance(Duration.ofSeconds(1));
            later.add(bench.purchase(user, merchant, amount));
            bench.credit(user, later.get(later.size() - 1));
        }
        assertThat(groups(user, first, 0).purchases().values().iterator().next())
                .extracting(RatedPurchase::id)
                .containsExactlyInAnyOrder(first, later.get(2));

        decide(Decision.REVERSE, first);

        assertThat(credited(user)).isEqualTo(1);
        assertThat(bench.differences()).isEmpty();
    }

    /** Neighbours that keep what they have are summed up, between any of those that change. */
    @Test
    void changesInAnyPlaceLeaveEachItsShare() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        UUID user = bench.user();
        UUID merchant = bench.merchantOffering(CashbackType.PERCENT, 100_000, 3_00);
        List<UUID> waiting = new ArrayList<>();
        List<UUID> live = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            waiting.add(bench.purchase(user, merchant, 50 + random.nextInt(100)));
        }
        Collections.shuffle(waiting, random);
        while (!waiting.isEmpty() || !live.isEmpty()) {
            if (!waiting.isEmpty() && random.nextInt(3) > 0) {
                List<UUID> credited = waiting.subList(0, 1 + random.nextInt(Math.min(5, waiting.size())));
                bench.credit(user, credited.toArray(UUID[]::new));
                live.addAll(credited);
                credited.clear();
            } else if (!live.isEmpty()) {
                UUID ended = live.remove(random.nextInt(live.size()));
                decide(random.nextBoolean() ? Decision.CONFIRM : Decision.REVERSE, ended);
            }
            assertThat(bench.differences()).as("seed %s", seed).isEmpty();
        }
    }

    private static List<UUID> buy(UUID user, UUID merchant) {
        List<UUID> ids = new ArrayList<>();
        for (int from = 0; from < PURCHASES; from += BATCH) {
            bench.clock.advance(Duration.ofSeconds(1));
            List<Submission> batch = IntStream.range(0, BATCH)
                    .mapToObj(i -> bench.submission(null, user, merchant, 10))
                    .toList();
            List<UUID> bought = await(bench.ingestion.ingest(batch)).stream()
                    .map(verdict -> ((Verdict.Accepted) verdict).id())
                    .toList();
            bench.credit(user, bought.toArray(UUID[]::new));
            ids.addAll(bought);
        }
        return ids;
    }

    /** The number of rows that are read when this one changes. Others follow. */
    private static int looksAt(UUID user, UUID purchase, long riseMinor) {
        Groups groups = groups(user, purchase, riseMinor);
        assertThat(groups.cutShort()).hasSize(1);
        return groups.purchases().values().iterator().next().size();
    }

    private static Groups groups(UUID user, UUID purchase, long riseMinor) {
        CashbackTerms terms = new CashbackTerms(
                bench.sql.value("SELECT offer_id FROM purchases WHERE id = ?", purchase),
                CashbackType.PERCENT,
                100_000,
                Money.ofMinor(12_00));
        RatedPurchase changed = new RatedPurchase(
                purchase,
                user,
                bench.find(purchase).createdAt(),
                month(),
                terms,
                Money.ZERO,
                Money.ZERO,
                null,
                Account.PENDING,
                Money.ZERO);
        CapKey key = changed.capKey();
        Neighbours of = new Neighbours(key, List.of(changed), Money.ofMinor(riseMinor));
        return await(bench.database.inTransaction(tx -> CashbackStore.findCapStates(tx, Set.of(key))
                .compose(caps -> CapGroupStore.findGroups(tx, List.of(of), caps, CapGroupStore.GROUP_MAX))));
    }

    private static LocalDate month() {
        return CapMonth.of(bench.clock.instant());
    }

    private static void decide(Decision decision, UUID id) {
        await(bench.decisions.decide(decision, Decisions.withoutReason(List.of(id)), Actor.system("test")));
    }

    private static long credited(UUID user) {
        return bench.sql.count(
                "SELECT count(*) FROM purchases p JOIN cashback_credits c ON c.purchase_id = p.id"
                        + " WHERE p.user_id = ? AND p.status = 'pending' AND coalesce(p.rerated_minor, c.amount_minor) = 1",
                user);
    }
}
