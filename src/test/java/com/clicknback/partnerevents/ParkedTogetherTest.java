package com.clicknback.partnerevents;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CashbackType;
import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.money.Money;
import com.clicknback.partnerevents.ParkedDraw.Bought;
import com.clicknback.partnerevents.ParkedDraw.Told;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.Decisions;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random events of several purchases, most of them of one cap, that are parked and applied to all in one transaction, or in
 * few. They come to the same end as the same events told one by one. {@code -Dparked.seed=… -Dparked.rounds=…} draws others,
 * and more.
 */
class ParkedTogetherTest {
    private static final long FIXED_SEED = 1;
    private static final int ROUNDS = Integer.getInteger("parked.rounds", 15);
    private static final int ROUNDS_OF_ONE_SEED_MAX = 1_000_000;
    private static final int ROUNDS_OF_A_CHECK = 10;
    private static final int ROUNDS_OF_A_BENCH = 50;
    private static final Actor TEST = Actor.system("test");

    private Workbench bench;
    private PartnerEventIntake intake;
    private UUID partner;
    private List<UUID> merchants;
    private Instant begin;

    @BeforeEach
    void openBench() {
        bench = Workbench.open();
        intake = PartnerEventParts.intake(bench, bench.database, parkedEvents(2_000));
        partner = bench.partner();
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    /** One that is always the same, and one of this run alone. */
    static List<Long> seeds() {
        Long chosen = Long.getLong("parked.seed");
        return chosen == null
                ? List.of(FIXED_SEED, ThreadLocalRandom.current().nextLong(2, ROUNDS_OF_ONE_SEED_MAX))
                : List.of(chosen);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eventsThatAreAppliedTogetherComeToTheEndOfThoseToldOneByOne(long seed) {
        System.out.println("To repeat these events: -Dtest=ParkedTogetherTest -Dparked.seed=" + seed);
        List<Telling> told = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            String round = "round %s of seed %s".formatted(i, seed);
            told.addAll(play(new Random(seed * ROUNDS_OF_ONE_SEED_MAX + i), round));
            if ((i + 1) % ROUNDS_OF_A_CHECK == 0 || i + 1 == ROUNDS) {
                requireRight(told, round);
                told.clear();
            }
            if ((i + 1) % ROUNDS_OF_A_BENCH == 0) {
                closeBench();
                openBench();
            }
        }
    }

    /** The books agree now and once all holds are over, when the ends are still the same. */
    private void requireRight(List<Telling> told, String last) {
        assertThat(bench.differences()).as("up to %s", last).isEmpty();
        bench.clock.advance(Duration.ofDays(31));
        await(bench.releases.run());
        assertThat(bench.differences()).as("released up to %s", last).isEmpty();
        for (int i = 0; i < told.size(); i += 2) {
            assertThat(told.get(i).end())
                    .as("released up to %s", last)
                    .isEqualTo(told.get(i + 1).end());
        }
    }

    private List<Telling> play(Random random, String round) {
        begin = bench.clock.instant();
        merchants = List.of(
                bench.merchantOffering(CashbackType.PERCENT, 100_000, 20_00 + random.nextInt(150_00)),
                bench.merchantOffering(CashbackType.FIXED, 70_000, 5_00 + random.nextInt(25_00)),
                bench.merchantHolding(30));
        if (random.nextBoolean()) {
            bench.sql.execute(
                    "UPDATE merchants SET hold_days = 30, terms_since = '-infinity' WHERE id = ?", merchants.get(0));
        }
        ParkedDraw drawn = ParkedDraw.of(random);
        List<Bought> purchases = drawn.purchases();
        int raisedFrom = random.nextInt(3) == 0 ? random.nextInt(purchases.size()) : purchases.size();
        Telling together = new Telling(purchases, raisedFrom);
        Telling oneByOne = new Telling(purchases, raisedFrom);

        together.tellTogether(drawn.events(), random);
        oneByOne.tellOneByOne(drawn.events());
        assertThat(together.end()).as(round).isEqualTo(oneByOne.end());

        for (Decision decision : List.of(Decision.CONFIRM, Decision.REVERSE)) {
            List<Integer> decided = IntStream.range(0, purchases.size())
                    .filter(i -> random.nextInt(3) == 0)
                    .boxed()
                    .toList();
            together.decide(decision, decided);
            decided.forEach(i -> oneByOne.decide(decision, List.of(i)));
            assertThat(together.end())
                    .as("%s after %s of %s", round, decision, decided)
                    .isEqualTo(oneByOne.end());
        }
        return List.of(together, oneByOne);
    }

    private ParkedEvents parkedEvents(int appliedMax) {
        return new ParkedEvents(
                bench.earlyCredits,
                bench.changes,
                bench.ids,
                bench.events,
                bench.metrics,
                PartnerEventParts.outcomes(bench),
                new ParkedIsolation(bench.database, bench.events, bench.clock),
                appliedMax);
    }

    /** One telling, with users of its own. */
    private final class Telling {
        private final List<UUID> users = List.of(bench.user(), bench.user());
        private final String name = UUID.randomUUID().toString();
        private final List<UUID> ids = new ArrayList<>();
        private final List<Bought> purchases;
        private final int raisedFrom;

        Telling(List<Bought> purchases, int raisedFrom) {
            this.purchases = purchases;
            this.raisedFrom = raisedFrom;
        }

        void tellTogether(List<Told> events, Random random) {
            ParkedEvents parked = parkedEvents(random.nextBoolean() ? 2_000 : 5 + random.nextInt(10));
            List<Told> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, random);
            Map<Boolean, List<Told>> late = shuffled.stream().collect(Collectors.partitioningBy(Told::late));
            park(late.get(false));
            for (List<Bought> batch : batches()) {
                int first = ids.size();
                submit(batch);
                List<Integer> credited = IntStream.range(0, ids.size())
                        .filter(i -> i >= first || random.nextInt(4) == 0)
                        .filter(i -> random.nextBoolean())
                        .boxed()
                        .toList();
                if (random.nextBoolean()) {
                    credit(credited);
                }
                if (random.nextBoolean()) {
                    follow(parked);
                }
            }
            follow(parked);
            park(late.get(true));
            follow(parked);
            credit(IntStream.range(0, ids.size()).boxed().toList());
        }

        void tellOneByOne(List<Told> events) {
            batches().forEach(this::submit);
            IntStream.range(0, ids.size()).forEach(i -> credit(List.of(i)));
            events.stream()
                    .sorted(Comparator.comparing(Told::second))
                    .forEach(told -> await(intake.report(event(told))
                            .recover(failure ->
                                    failure instanceof DomainException && !DomainException.isUnavailable(failure)
                                            ? Future.succeededFuture(new PartnerEvents.Reported(null))
                                            : Future.failedFuture(failure))));
        }

        private List<List<Bought>> batches() {
            return purchases.stream().collect(Collectors.groupingBy(Bought::batch)).values().stream()
                    .sorted(Comparator.comparing(batch -> batch.get(0).batch()))
                    .toList();
        }

        private void submit(List<Bought> batch) {
            bench.clock.advance(Duration.ofSeconds(1));
            List<Submission> submissions = new ArrayList<>();
            for (Bought bought : batch) {
                submissions.add(new Submission(
                        key(ids.size() + submissions.size()),
                        users.get(bought.user()),
                        merchants.get(bought.merchant()),
                        Money.ofMinor(bought.amountMinor()),
                        "EUR",
                        begin.minus(Duration.ofDays(bought.daysAgo())),
                        null));
            }
            for (Verdict verdict : await(bench.ingestion.ingest(submissions))) {
                UUID id = ((Verdict.Accepted) verdict).id();
                if (ids.size() >= raisedFrom) {
                    bench.sql.execute(
                            "UPDATE purchases SET monthly_cap_minor = monthly_cap_minor + 2000 WHERE id = ?", id);
                }
                ids.add(id);
            }
        }

        private PurchaseKey key(int purchase) {
            return new PurchaseKey(partner, name + "-" + purchase);
        }

        private PartnerEvent event(Told told) {
            return new PartnerEvent(
                    key(told.purchase()),
                    told.kind(),
                    told.kind() == Kind.REJECTED ? "Cancelled at " + told.second() / 2 + "." : null,
                    told.kind() == Kind.REFUNDED ? "r" + told.second() : null,
                    told.kind() == Kind.CORRECTED ? "k" + told.second() : null,
                    told.amount(),
                    begin.plusSeconds(told.second()),
                    "test");
        }

        private void park(List<Told> events) {
            await(bench.database.inTransaction(tx -> Future.all(events.stream()
                            .map(told ->
                                    PartnerEventStore.record(tx, bench.ids.next(), event(told), bench.clock.instant()))
                            .toList())
                    .mapEmpty()));
        }

        /** As the follower of the event log does, until nothing waits. */
        private void follow(ParkedEvents parked) {
            boolean waits = true;
            while (waits) {
                waits = await(bench.database.inTransaction(tx -> PartnerEventStore.findAwaited(tx, ids, List.of())
                        .compose(awaited -> awaited.isEmpty()
                                ? Future.succeededFuture(false)
                                : parked.credit(tx, awaited, TEST)
                                        .compose(credited -> parked.apply(tx, awaited, null))
                                        .map(true))));
            }
        }

        private void credit(List<Integer> places) {
            for (int user = 0; user < users.size(); user++) {
                int owner = user;
                UUID[] owned = places.stream()
                        .filter(i -> purchases.get(i).user() == owner)
                        .map(ids::get)
                        .toArray(UUID[]::new);
                if (owned.length > 0) {
                    bench.credit(users.get(owner), owned);
                }
            }
        }

        void decide(Decision decision, List<Integer> places) {
            List<UUID> decided = places.stream().map(ids::get).toList();
            if (!decided.isEmpty()) {
                await(bench.decisions.decide(decision, Decisions.withoutReason(decided), TEST));
            }
        }

        List<String> end() {
            List<String> end = new ArrayList<>(bench.sql.<String>column("""
                    SELECT concat_ws(' ', p.status, p.rejection_reason, coalesce(p.corrected_minor, p.amount_minor),
                                     'less', p.refunded_minor,
                                     (SELECT string_agg(r.external_id, ' ' ORDER BY r.external_id) FROM refunds r
                                      WHERE r.purchase_id = p.id AND (p.rejected_at < r.occurred_at) IS NOT TRUE),
                                     'held', p.held,
                                     CASE WHEN p.status IN ('pending', 'confirmed')
                                          THEN coalesce(p.rerated_minor, c.amount_minor) END)
                    FROM purchases p JOIN cashback_credits c ON c.purchase_id = p.id
                    WHERE p.user_id IN (?, ?) ORDER BY p.created_at, p.id
                    """, users.get(0), users.get(1)));
            end.addAll(bench.sql.<String>column("""
                    SELECT format('pending %s available %s', pending_minor, available_minor)
                    FROM wallets WHERE user_id IN (?, ?) ORDER BY user_id
                    """, users.get(0), users.get(1)));
            return end;
        }
    }
}
