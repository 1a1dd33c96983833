package com.clicknback.cashback;

import static com.clicknback.testing.TestService.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CashbackStore.Groups;
import com.clicknback.cashback.CashbackStore.Neighbours;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.Decisions;
import com.clicknback.testing.Workbench;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(looksAt(user, first)).isEqualTo(CashbackStore.GROUP_MAX);

        decide(Decision.REVERSE, first);

        assertThat(credited(user)).as("one cent each, as far as the cap goes").isEqualTo(1_200);
        assertThat(bench.differences()).isEmpty();
        assertThat(looksAt(user, others.get(0))).isEqualTo(CashbackStore.GROUP_MAX * CashbackStore.GROUP_GROWTH);

        decide(Decision.REVERSE, others.get(1_150));

        assertThat(credited(user)).as("another one").isEqualTo(1_200);
        assertThat(looksAt(user, others.get(1_100))).isEqualTo(CashbackStore.GROUP_MAX);
        assertThat(bench.differences()).isEmpty();
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

    /** The number of purchases that are read when this one changes. */
    private static int looksAt(UUID user, UUID purchase) {
        CapKey key =
                new CapKey(user, bench.sql.value("SELECT offer_id FROM purchases WHERE id = ?", purchase), month());
        Neighbours from = new Neighbours(key, bench.find(purchase).createdAt());
        Groups groups = await(bench.database.inTransaction(tx -> CashbackStore.findCapStates(tx, Set.of(key))
                .compose(caps -> CashbackStore.findGroups(tx, List.of(from), caps, CashbackStore.GROUP_MAX))));
        assertThat(groups.cutShort()).containsExactly(key);
        return requireNonNull(groups.purchases().get(key)).size();
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
